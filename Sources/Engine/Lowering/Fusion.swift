import Networks

/// Merges operations that one sweep over memory can do: normalization, sum and ReLU.
///
/// Merged values are never materialized, so plans that show every block's output do without fusion.
struct Fusion {
  private var graph: Graph
  private var producers: [Int?]
  private var uses: [Int]
  private var isGone: [Bool]

  /// The graph after all merges.
  static func fuse(_ graph: Graph) -> Graph {
    var fusion = Fusion(graph)
    for index in graph.nodes.indices { fusion.absorbOperands(of: index) }
    fusion.graph.nodes = zip(fusion.graph.nodes, fusion.isGone).filter { !$0.1 }.map(\.0)
    let known = Set(fusion.graph.nodes.map(\.output) + [0])
    fusion.graph.blockOutputs = fusion.graph.blockOutputs.filter { known.contains($0.value) }
    fusion.graph.keepWhatLeavesCheckpoints(isFused: true)
    return fusion.graph
  }

  private init(_ graph: Graph) {
    self.graph = graph
    producers = Array(repeating: nil, count: graph.counts.count)
    uses = graph.uses
    isGone = Array(repeating: false, count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated() { producers[node.output] = index }
  }

  /// The operation that makes a value, where nothing else reads the value.
  private func soleProducer(_ value: ValueID) -> Int? {
    uses[value] == 1 ? producers[value] : nil
  }

  private mutating func absorbOperands(of index: Int) {
    switch graph.nodes[index].operation {
    case .sum(let factor, false, _) where factor == 1: absorbNormalizations(index)
    case .activation(.relu, _): absorbIntoRelu(index)
    default: break
    }
  }

  /// sum(bn(a), bn(b)), sum(bn(a), b) and sum(a, bn(b)) become one normalization, unless a is b: then their
  /// gradients would share memory.
  private mutating func absorbNormalizations(_ index: Int) {
    let node = graph.nodes[index]
    let first = bareNormalization(node.inputs[0])
    let second = node.inputs[0] == node.inputs[1] ? nil : bareNormalization(node.inputs[1])
    if let first, let second {
      var operation = first.operation
      operation.terms += second.operation.terms
      replace(
        index, operation, inputs: [first.input, second.input], gone: [first.index, second.index])
    } else if let only = first ?? second {
      var operation = only.operation
      operation.hasPlainOperand = true
      let plain = first == nil ? node.inputs[0] : node.inputs[1]
      if plain == only.input { return }
      replace(index, operation, inputs: [only.input, plain], gone: [only.index])
    }
  }

  private func bareNormalization(_ value: ValueID)
    -> (index: Int, operation: NormalizationOperation, input: ValueID)?
  {
    guard let index = soleProducer(value),
      case .normalization(let operation) = graph.nodes[index].operation,
      operation.terms.count == 1, !operation.hasPlainOperand, !operation.relu
    else { return nil }
    return (index, operation, graph.nodes[index].inputs[0])
  }

  /// relu(normalization) and relu(sum) become one operation.
  private mutating func absorbIntoRelu(_ index: Int) {
    guard let producer = soleProducer(graph.nodes[index].inputs[0]) else { return }
    let inner = graph.nodes[producer]
    switch inner.operation {
    case .normalization(var operation) where !operation.relu:
      operation.relu = true
      graph.nodes[index].operation = .normalization(operation)
    case .sum(let factor, false, let count):
      graph.nodes[index].operation = .sum(factor: factor, relu: true, count: count)
    default: return
    }
    graph.nodes[index].inputs = inner.inputs
    isGone[producer] = true
  }

  private mutating func replace(
    _ index: Int, _ operation: NormalizationOperation, inputs: [ValueID], gone: [Int]
  ) {
    graph.nodes[index].operation = .normalization(operation)
    graph.nodes[index].inputs = inputs
    for index in gone { isGone[index] = true }
  }
}
