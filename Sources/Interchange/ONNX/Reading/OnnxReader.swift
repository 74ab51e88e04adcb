import Networks

/// Turns the nodes of a graph into steps that layers and joins compute, one after another.
struct OnnxReader {
  let graph: OnnxGraph
  var steps: [OnnxStep]
  var values: [String: OnnxValue]

  /// Extents and axes that nodes compute, -1 for that of the batch.
  var numbers: [String: OnnxNumbers] = [:]

  /// The joins of channels by what they join.
  var concatenations: [[Int]: Int] = [:]

  /// Values whose channels were put last.
  var channelsLast: [String: OnnxValue] = [:]

  /// The values of tensors, made once for all nodes that take them; those of transposed matrices too.
  private var floats: [String: [Float]] = [:]
  private var transposed: [String: [Float]] = [:]

  /// The node that is read.
  var index = 0

  /// Begins with the input of a graph.
  init(_ graph: OnnxGraph) {
    self.graph = graph
    steps = [OnnxStep(form: .input, inputs: [], shape: graph.shape, name: "", node: nil)]
    values = [graph.input: OnnxValue(step: 0)]
  }

  var node: Onnx_NodeProto { graph.nodes[index] }
  var place: OnnxProblem.Place { graph.place(index) }

  /// Reads all nodes that the output needs; answers the step that gives the output.
  ///
  /// - Throws: The first node that is not covered.
  mutating func read() throws(OnnxProblem) -> Int {
    for next in graph.needed {
      if Interruption.isRequested() { break }
      index = next
      if graph.constants[node.output.first ?? ""] != nil { continue }
      try readNode()
    }
    // Extents of 1 at the end are left out: the values are the same.
    guard let output = values[graph.output] else {
      throw .undefined(value: graph.output, place: nil)
    }
    return output.step
  }

  private mutating func readNode() throws(OnnxProblem) {
    if !node.domain.isEmpty && node.domain != "ai.onnx" { throw uncovered(.operation) }
    if try readNumbers() { return }
    switch node.opType {
    case "Conv": try readConvolution()
    case "ConvTranspose": try readTransposedConvolution()
    case "DepthToSpace": try readDepthToSpace()
    case "Gemm": try readGemm()
    case "MatMul": try readMatrix()
    case "BatchNormalization": try readNormalization()
    case "MaxPool": try readPooling(.maximum)
    case "AveragePool": try readPooling(.average)
    case "GlobalAveragePool": try readGlobalPooling(.average)
    case "GlobalMaxPool": try readGlobalPooling(.maximum)
    case "ReduceMean": try readReduction(.average)
    case "ReduceMax": try readReduction(.maximum)
    case "Gather": try readPosition()
    case "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Cast": try readView()
    case "Slice": try readSlice()
    case "Pad": try readPad()
    case "Resize": try readResize()
    case "Dropout": try readDropout()
    case "Identity": try readIdentity()
    case "PRelu": try readParametricRelu()
    case "Add": try readAdd()
    case "Sum", "Concat": try readJoin()
    case "Mul": try readMul()
    case "Sub": try readSub()
    case "Div": try readDiv()
    case "Erf": try readErf()
    case "LayerNormalization": try readLayerNormalization()
    case "InstanceNormalization": try readInstanceNormalization()
    case "LRN": try readLocalResponse()
    case "Transpose": try readTranspose()
    case "Clip": try readClip()
    case "Split": try readSplit()
    case "Sqrt": try readRoot()
    default: try readActivation()
    }
  }

  /// Reads `Identity`; one stands for a network without blocks.
  private mutating func readIdentity() throws(OnnxProblem) {
    let value = try value(0)
    if graph.isOwn, graph.nodes.count == 1, node.name == OnnxGraphBuilder.emptyName {
      return give(value)
    }
    try add(.identity, to: value)
  }

  /// That the node is not covered.
  func uncovered(_ reason: OnnxProblem.Uncovered) -> OnnxProblem {
    .uncovered(place, reason, readSoFar: [])
  }

  /// The attributes of the node, of which all must be known.
  func attributes(_ known: String...) throws(OnnxProblem) -> OnnxAttributes {
    try OnnxAttributes(node, at: place, known: known)
  }

  /// Whether the node has an input, counted from 0.
  func hasInput(_ number: Int) -> Bool { number < node.input.count && !node.input[number].isEmpty }

  /// An input that is a value.
  func value(_ number: Int) throws(OnnxProblem) -> OnnxValue {
    guard hasInput(number), let value = values[node.input[number]] else {
      throw uncovered(.operation)
    }
    return value
  }

  /// An input that is a constant, or nothing.
  func constant(_ number: Int) -> OnnxTensor? {
    hasInput(number) ? graph.constants[node.input[number]] : nil
  }

  /// An input that must be a constant.
  func tensor(_ number: Int) throws(OnnxProblem) -> OnnxTensor {
    guard let tensor = constant(number) else { throw uncovered(.constant(input: number + 1)) }
    return tensor
  }

  /// The values of a tensor, which nodes share.
  mutating func values(of tensor: OnnxTensor) throws(OnnxProblem) -> [Float] {
    if let known = floats[tensor.name] { return known }
    let values = try tensor.floats()
    floats[tensor.name] = values
    return values
  }

  /// The values of a matrix, columns for rows.
  mutating func transposedValues(of matrix: OnnxTensor) throws(OnnxProblem) -> [Float] {
    if let known = transposed[matrix.name] { return known }
    let stored = try matrix.floats()
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    var result: [Float] = []
    result.reserveCapacity(stored.count)
    for column in 0..<columns {
      for row in 0..<rows { result.append(stored[row * columns + column]) }
    }
    transposed[matrix.name] = result
    return result
  }

  /// The integers of an attribute, or of an input in newer versions of the operator; nothing where neither is there.
  func integers(_ attributes: OnnxAttributes, _ name: String, or input: Int) throws(OnnxProblem)
    -> [Int]?
  {
    if let values = attributes.integers(name) { return values }
    return hasInput(input) ? try computed(input).values : nil
  }

  /// The shape of one example of a value.
  func shape(_ value: OnnxValue) -> Shape { steps[value.step].shape }

  /// The number of extents of a value in the graph, that of the batch included.
  func rank(_ value: OnnxValue) -> Int { 1 + shape(value).extents.count + value.ones }

  /// An axis counted from the first, where it may be counted from the last.
  func axis(_ axis: Int, rank: Int) -> Int { axis < 0 ? axis + rank : axis }

  /// Gives the node's first output a value.
  mutating func give(_ value: OnnxValue) {
    if let name = node.output.first { values[name] = value }
  }

  /// Adds a step for the node.
  @discardableResult
  mutating func add(
    _ form: OnnxStep.Form, of inputs: [Int], shape: Shape, ones: Int = 0
  ) -> Int {
    steps.append(
      OnnxStep(form: form, inputs: inputs, shape: shape, name: node.name, node: index))
    give(OnnxValue(step: steps.count - 1, ones: ones))
    return steps.count - 1
  }

  /// Adds a layer for the node, which must take its input and have parameters of the right shapes.
  ///
  /// - Parameter ones: how many extents of 1 follow those of its output; those of its input where not said.
  mutating func add(
    _ layer: Layer, _ tensors: [ParameterRole: Tensor] = [:], to value: OnnxValue,
    ones: Int? = nil
  ) throws(OnnxProblem) {
    let input = shape(value)
    let block = Block(name: "x", form: .layer(layer))
    guard
      let network = try? Network(
        input: input, root: Block(name: "", form: .sequential([block])))
    else {
      throw uncovered(.misfit(layer: NetworkScript.line(of: block), input: input))
    }
    for specification in network.parameters
    where tensors[specification.key.role]?.shape != specification.shape {
      throw uncovered(.constant(input: 2))
    }
    add(
      .layer(layer, tensors), of: [value.step], shape: network.output, ones: ones ?? value.ones)
  }
}
