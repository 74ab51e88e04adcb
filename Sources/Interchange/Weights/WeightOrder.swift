import Networks

/// Which tensor of a file goes to which parameter of a network by their order alone.
///
/// Where all names end in a role such as `weight` or `running_mean`, those of one role are put side by side.
package struct WeightOrder: Sendable {
  /// In the order of the network.
  package private(set) var pairs: [WeightPair] = []

  /// Whether the names stood sorted, so that numbers in them gave the order.
  package let wasSorted: Bool

  /// Where a file stops fitting in order.
  package struct Misfit: Error, Sendable {
    package let reason: Reason

    /// Whether the names stood sorted, so that numbers in them gave the order.
    package let wasSorted: Bool

    /// What does not fit.
    package enum Reason: Sendable {
      /// The first pair whose shapes differ.
      case shapes(WeightPair)

      /// The first parameter for which no tensor is left.
      case missing(ParameterSpecification)

      /// The first tensor for which no parameter is left.
      case leftOver(StoredArray)
    }
  }

  /// Puts the tensors of a file beside the parameters of a network; throws the first pair that does not fit.
  ///
  /// A file that was written with its names sorted has lost the order of its layers; there the numbers in the
  /// names count as numbers, so that 10 comes behind 9.
  package init(_ file: some ArrayFile, to network: Network) throws(Misfit) {
    var arrays = WeightMatch.arrays(of: file)
    let isSorted = Self.isSorted(arrays)
    wasSorted = isSorted
    let misfit = { Misfit(reason: $0, wasSorted: isSorted) }
    if isSorted { arrays.sort { NaturalOrder.isLess($0.name, $1.name) } }
    let hasRoles = arrays.allSatisfy { RoleWord.role(of: $0.name) != nil }
    let role = { (array: StoredArray) in hasRoles ? RoleWord.role(of: array.name) : nil }
    var waiting = Dictionary(grouping: arrays, by: role).mapValues { $0[...] }
    for parameter in network.parameters {
      let key = hasRoles ? parameter.key.role : nil
      guard let array = waiting[key]?.popFirst() else { throw misfit(.missing(parameter)) }
      let pair = WeightPair(parameter: parameter, array: array)
      guard pair.fits else { throw misfit(.shapes(pair)) }
      pairs.append(pair)
    }
    let left = Set(waiting.values.joined().map(\.name))
    if let first = arrays.first(where: { left.contains($0.name) }) {
      throw misfit(.leftOver(first))
    }
  }

  /// Whether the names of each element type ascend, as the safetensors library writes them.
  private static func isSorted(_ arrays: [StoredArray]) -> Bool {
    guard arrays.count > 1 else { return false }
    return Dictionary(grouping: arrays, by: \.type).values.allSatisfy { arrays in
      zip(arrays, arrays.dropFirst()).allSatisfy {
        $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
      }
    }
  }
}
