import Networks

/// Which tensor of a file goes to which parameter of a network by name, and what finds no place.
///
/// Names are those of this program or of other frameworks, whichever most tensors have. Those that count
/// batches are left out. Nothing is read but names and shapes.
package struct WeightMatch: Sendable {
  /// A parameter without a tensor.
  package struct Missing: Sendable {
    package let parameter: ParameterSpecification

    /// What its tensor would be called, or nothing where it has no place among the names.
    package let name: String?
  }

  package let naming: WeightNaming

  /// What all names of the file begin with and was left off.
  package let prefix: String

  /// In the order of the network.
  package private(set) var found: [WeightPair] = []

  /// Pairs of one name with different shapes.
  package private(set) var differing: [WeightPair] = []
  package private(set) var missing: [Missing] = []

  /// Tensors that no parameter is for, in the order of the file.
  package private(set) var leftOver: [StoredArray] = []

  /// Whether every parameter has its tensor and every tensor its parameter.
  package var isWhole: Bool { differing.isEmpty && missing.isEmpty && leftOver.isEmpty }

  /// Compares a file with a network under each naming and keeps the one that explains most of the file.
  package init(_ file: some ArrayFile, to network: Network) {
    let arrays = Self.arrays(of: file)
    let places = LayerPlaces(network).places
    let parameters = network.parameters
    let unwrapped = NamedArrays.withoutWrappers(arrays)
    let others = [
      WeightMatch(.own, unwrapped, parameters, places),
      WeightMatch(.pytorch, unwrapped, parameters, places),
      WeightMatch(.gluon, unwrapped, parameters, places),
      WeightMatch(.gluonPrefix, .withoutFirstWord(arrays), parameters, places),
    ]
    self = others.reduce(WeightMatch(.own, NamedArrays(arrays), parameters, places)) {
      best, other in
      other.explained > best.explained ? other : best
    }
  }

  /// What the names of tensors begin with that a network needs to learn on, not to compute.
  package static let resumePrefix = "resume/"

  /// The tensors of a file that may belong to a parameter.
  static func arrays(of file: some ArrayFile) -> [StoredArray] {
    file.arrays.filter {
      !RoleWord.countsBatches($0.name) && !$0.name.hasPrefix(resumePrefix)
    }
  }

  /// Pairs of one name; those of one shape count for more.
  private var explained: Int { 2 * found.count + differing.count }

  private init(
    _ naming: WeightNaming, _ arrays: NamedArrays, _ parameters: [ParameterSpecification],
    _ places: [BlockID: LayerPlace]
  ) {
    self.naming = naming
    prefix = arrays.prefix
    var open = Dictionary(
      arrays.named.map { ($0.name, $0.array) }, uniquingKeysWith: { first, _ in first })
    for parameter in parameters {
      let names = naming.names(of: parameter, at: places[parameter.key.block])
      if let name = names.first(where: { open[$0] != nil }), let array = open[name] {
        open[name] = nil
        let pair = WeightPair(parameter: parameter, array: array)
        if pair.fits { found.append(pair) } else { differing.append(pair) }
      } else {
        missing.append(Missing(parameter: parameter, name: names.first.map { prefix + $0 }))
      }
    }
    leftOver = arrays.named.filter { open[$0.name] != nil }.map(\.array)
  }
}
