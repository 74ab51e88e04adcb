import Networks

/// A graph in which each value is given once, before it is used, so that it has no cycle.
struct OnnxGraph {
  let nodes: [Onnx_NodeProto]
  let version: Int

  /// The batch that goes in, and the shape of one example.
  let input: String
  let shape: Shape

  /// The value that comes out.
  let output: String

  /// The values of tensors, and of nodes that give constants.
  private(set) var constants: [String: OnnxTensor]

  /// The nodes that the output needs, in order.
  private(set) var needed: [Int] = []

  /// How many inputs of these nodes a value is.
  private(set) var uses: [String: Int] = [:]

  /// Whether it was written here, so that its nodes are named by paths.
  let isOwn: Bool

  /// Checks a graph.
  init(_ graph: Onnx_GraphProto, version: Int, isOwn: Bool) throws(OnnxProblem) {
    nodes = graph.node
    self.isOwn = isOwn
    self.version = version
    var constants: [String: OnnxTensor] = [:]
    for message in graph.initializer {
      let tensor = try OnnxTensor(message, named: message.name)
      guard constants.updateValue(tensor, forKey: message.name) == nil else {
        throw .repeated(value: message.name)
      }
    }
    let inputs = graph.input.filter { constants[$0.name] == nil }
    self.constants = constants
    guard inputs.count == 1 else { throw .ends(.inputs, names: inputs.map(\.name)) }
    guard graph.output.count == 1 else { throw .ends(.outputs, names: graph.output.map(\.name)) }
    input = inputs[0].name
    shape = try Self.shape(of: inputs[0])
    output = graph.output[0].name
    let givers = try checked()
    try findNeeded(givers)
  }

  /// The place of a node in words.
  func place(_ index: Int) -> OnnxProblem.Place {
    OnnxProblem.Place(
      operation: nodes[index].opType, name: nodes[index].name, ordinal: index + 1)
  }

  /// The shape of one example of a batch.
  private static func shape(of input: Onnx_ValueInfoProto) throws(OnnxProblem) -> Shape {
    let type = input.type.tensorType.elemType
    if type != Onnx_TensorProto.Code.float { throw .tensor(name: input.name, .type(type)) }
    let dimensions = input.type.tensorType.shape.dim
    let extents = dimensions.dropFirst().compactMap { Int(exactly: $0.dimValue) }
    guard (2...Shape.maximumRank + 1).contains(dimensions.count),
      extents.allSatisfy({ (1...NetworkLimits.extent).contains($0) }),
      case let shape = Shape(extents), (try? Network(input: shape)) != nil
    else {
      throw .inputShape(
        name: input.name,
        extents: dimensions.map { $0.hasDimValue ? "\($0.dimValue)" : $0.dimParam })
    }
    return shape
  }

  /// Checks that values are given once and before they are used; answers which node gives each.
  private mutating func checked() throws(OnnxProblem) -> [String: Int] {
    var givers: [String: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for value in node.input
      where !value.isEmpty && value != input && constants[value] == nil && givers[value] == nil {
        throw .undefined(value: value, place: place(index))
      }
      for value in node.output where !value.isEmpty {
        if value == input || constants[value] != nil || givers[value] != nil {
          throw .repeated(value: value)
        }
        givers[value] = index
      }
      if let first = node.output.first, let tensor = try constant(of: node, named: first) {
        constants[first] = tensor
      }
    }
    if output != input, givers[output] == nil { throw .undefined(value: output, place: nil) }
    return givers
  }

  /// The constant that a node gives, if it does.
  private func constant(of node: Onnx_NodeProto, named name: String) throws(OnnxProblem)
    -> OnnxTensor?
  {
    if node.opType == "Identity", let source = node.input.first { return constants[source] }
    guard node.opType == "Constant", let attribute = node.attribute.first else { return nil }
    switch attribute.name {
    case "value": return try OnnxTensor(attribute.t, named: name)
    case "value_float":
      return try OnnxTensor(.floats(name, [attribute.f], shape: []), named: name)
    case "value_floats":
      return try OnnxTensor(
        .floats(name, attribute.floats, shape: [attribute.floats.count]), named: name)
    case "value_int":
      return try OnnxTensor(.integers(name, [Int(attribute.i)], shape: []), named: name)
    case "value_ints":
      return try OnnxTensor(
        .integers(name, attribute.ints.map { Int($0) }, shape: [attribute.ints.count]),
        named: name)
    default: return nil
    }
  }

  private mutating func findNeeded(_ givers: [String: Int]) throws(OnnxProblem) {
    var isNeeded = Array(repeating: false, count: nodes.count)
    var waiting = [output]
    while let value = waiting.popLast() {
      guard constants[value] == nil, let giver = givers[value], !isNeeded[giver] else { continue }
      isNeeded[giver] = true
      for input in nodes[giver].input where !input.isEmpty {
        uses[input, default: 0] += 1
        waiting.append(input)
      }
    }
    needed = isNeeded.indices.filter { isNeeded[$0] }
  }
}
