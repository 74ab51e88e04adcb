/// One number for every spatial dimension, or one for each: `3` or `3x5`.
package struct Extents: Hashable, Sendable {
  /// One value, or as many as there are spatial dimensions.
  package let values: [Int]

  /// The same value in every dimension.
  package init(_ value: Int) { values = [value] }

  /// A value for each dimension; equal values fold into one.
  package init(_ values: [Int]) {
    let isUniform = values.count > 1 && values.allSatisfy { $0 == values[0] }
    self.values = isUniform ? [values[0]] : values
  }

  /// The values as they were typed, so that `3x3` keeps insisting on two dimensions.
  init(typed values: [Int]) { self.values = values }

  /// The values for so many dimensions, or nothing where their numbers disagree.
  package func resolved(rank: Int) -> [Int]? {
    if values.count == 1 { return Array(repeating: values[0], count: rank) }
    return values.count == rank ? values : nil
  }
}

extension Extents: CustomStringConvertible {
  /// As it is typed: `3` or `3x5`.
  package var description: String { values.map(String.init).joined(separator: "x") }
}
