/// An array of 32-bit floats in row-major order, as it is stored in files and between plans.
package struct Tensor: Equatable, Sendable {
  /// Extents, outermost first, such as `[outputChannels, inputChannels / groups, kernel]`.
  package let shape: [Int]

  /// The values, as many as the product of `shape`.
  package var values: [Float]

  /// Joins a shape and its values, which must agree in number.
  package init(shape: [Int], values: [Float]) {
    precondition(shape.reduce(1, *) == values.count, "a tensor's shape and values agree")
    self.shape = shape
    self.values = values
  }

  /// A tensor with the same value everywhere.
  package init(shape: [Int], filledWith value: Float = 0) {
    self.shape = shape
    values = Array(repeating: value, count: shape.reduce(1, *))
  }

  /// The number of values.
  package var count: Int { values.count }
}
