import Networks

/// The operators of ONNX that compute a network, one after another.
///
/// A node that gives what a block gives has the block's path for its name; further nodes of the block have a word
/// behind it, such as `conv1.act`. Each node gives one value, which has its name.
struct OnnxGraphBuilder {
  /// The version of the operators.
  static let version = 20

  /// The name of the node of a network without blocks.
  static let emptyName = "nothing"

  let network: Network
  private(set) var nodes: [Onnx_NodeProto] = []

  /// Tells the passes of shared bodies apart in the names of nodes.
  var pass = PassMark()

  /// The values that were tapped so far.
  var taps = TapScope<String>()

  /// What operators take beside values and parameters, such as axes.
  private(set) var constants: [Onnx_TensorProto] = []

  /// Parameters that have other extents in the file than in the network.
  private(set) var extents: [String: [Int]] = [:]

  /// Lays out all blocks of a network.
  init(_ network: Network) {
    self.network = network
    let taken = Self.topLevelNames(of: network)
    let input = Self.free("input", beside: taken)
    let last = add(network.root, path: "", input)
    output = Self.free("output", beside: taken.union([input]))
    self.input = input
    if last == input {
      nodes.append(Self.node("Identity", Self.emptyName, [input], output: output))
    } else {
      nodes[nodes.count - 1].output = [output]
    }
  }

  /// The names of the graph's input and output values.
  private(set) var input = ""
  private(set) var output = ""

  /// The graph without parameters.
  var graph: Onnx_GraphProto {
    var graph = Onnx_GraphProto()
    graph.name = "network"
    graph.node = nodes
    graph.initializer = constants
    graph.input = [.batch(input, of: network.input)]
    graph.output = [.batch(output, of: network.output)]
    return graph
  }

  /// The extents that a parameter has in the file.
  func extents(of specification: ParameterSpecification) -> [Int] {
    extents[specification.path] ?? specification.shape
  }

  private static func topLevelNames(of network: Network) -> Set<String> {
    Set(network.root.children.lazy.map(\.name))
  }

  private static func free(_ name: String, beside taken: Set<String>) -> String {
    taken.contains(name) ? free(name + "_", beside: taken) : name
  }

  private static func node(
    _ operation: String, _ name: String, _ inputs: [String], output: String
  ) -> Onnx_NodeProto {
    var node = Onnx_NodeProto()
    node.opType = operation
    node.name = name
    node.input = inputs
    node.output = [output]
    return node
  }

  /// Adds a node and answers the value that it gives: the first of several, or the one at a place.
  mutating func add(
    _ operation: String, _ name: String, _ inputs: [String],
    _ attributes: [Onnx_AttributeProto] = [], output place: Int = 0
  ) -> String {
    var node = Self.node(operation, name + pass.text, inputs, output: name + pass.text)
    node.output = Array(repeating: "", count: place) + node.output
    node.attribute = attributes.sorted { $0.name < $1.name }
    nodes.append(node)
    return name + pass.text
  }

  /// Adds integers, which all passes of a shared body take; answers their name.
  mutating func constant(_ name: String, _ values: [Int]) -> String {
    if pass.isFirst { constants.append(.integers(name, values, shape: [values.count])) }
    return name
  }

  /// Adds one integer without extents; answers its name.
  mutating func constant(_ name: String, _ value: Int) -> String {
    if pass.isFirst { constants.append(.integers(name, [value], shape: [])) }
    return name
  }

  /// Adds the same float in a shape; answers its name.
  mutating func constant(_ name: String, _ value: Double, shape: [Int] = []) -> String {
    if !pass.isFirst { return name }
    let count = shape.reduce(1, *)
    constants.append(
      .floats(name, Array(repeating: Float(value), count: count), shape: shape))
    return name
  }

  /// Adds floats, in a row or in a shape; answers their name.
  mutating func constant(_ name: String, _ values: [Float], shape: [Int]? = nil) -> String {
    if pass.isFirst {
      constants.append(.floats(name, values, shape: shape ?? [values.count]))
    }
    return name
  }

  /// Notes that a parameter has a 1 behind its channels for each spatial dimension.
  mutating func spread(_ parameter: String, channels: Int, rank: Int) {
    extents[parameter] = [channels] + Array(repeating: 1, count: rank)
  }
}
