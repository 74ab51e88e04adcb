import Networks

/// Where each parameter lies in a model's slabs.
///
/// Learnable parameters have a place in the slabs of weights, gradients and optimizer state; running
/// statistics have one in a slab of their own. Each starts on a cache line.
struct ParameterLayout {
  /// A parameter and its place in floats.
  struct Entry {
    let specification: ParameterSpecification
    let offset: Int
  }

  private(set) var entries: [Entry] = []
  private var places: [ParameterKey: Int] = [:]

  /// Floats of the learnable slabs and of the slab of running statistics.
  private(set) var learnableCount = 0
  private(set) var runningCount = 0

  init(_ specifications: [ParameterSpecification]) {
    entries.reserveCapacity(specifications.count)
    for specification in specifications {
      let size = BufferPlan.padded(specification.count)
      places[specification.key] = entries.count
      if specification.isLearnable {
        entries.append(Entry(specification: specification, offset: learnableCount))
        learnableCount += size
      } else {
        entries.append(Entry(specification: specification, offset: runningCount))
        runningCount += size
      }
    }
  }

  /// Values of the largest parameter.
  var largest: Int { entries.reduce(0) { max($0, $1.specification.count) } }

  /// Floats of copies of all parameters and of so many slabs of optimizer state.
  func floatsCopied(stateSlabs: Int) -> Int {
    learnableCount * (1 + stateSlabs) + runningCount
  }

  /// The place of a parameter, or nothing where the network has none such.
  func entry(_ key: ParameterKey) -> Entry? { places[key].map { entries[$0] } }
}
