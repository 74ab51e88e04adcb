import Networks
import Testing

@testable import Interchange

/// Transposed convolutions and nodes that give single values other places, in graphs of other programs and ours.
@Suite struct OnnxRearrangingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The network of a graph as commands without `add`, or what is wrong with it.
  private func found(
    _ nodes: [Onnx_NodeProto], _ tensors: [Onnx_TensorProto] = [], input: Shape = Shape([4, 6])
  ) throws -> String {
    let path = try folder.write(
      OnnxModels.bytes(OnnxModels.model(nodes, tensors, input: input)), to: "x.onnx")
    let file = try OnnxFile(path: path)
    var text = ""
    let problem = errorText(in: folder) {
      text = NetworkScript.lines(of: try file.network().network).dropFirst().joined(separator: "; ")
    }
    return problem == "no error" ? text : problem
  }

  private func sizes(_ name: String, _ values: [Int]) -> Onnx_TensorProto {
    .integers(name, values, shape: [values.count])
  }

  private func weight(_ shape: [Int]) -> Onnx_TensorProto {
    .floats("w", Array(repeating: 0.5, count: shape.reduce(1, *)), shape: shape)
  }

  @Test func transposedConvolutions() throws {
    let bias = Onnx_TensorProto.floats("b", [1, 2, 3], shape: [3])
    #expect(
      try found([OnnxModels.node("ConvTranspose", "x w", "y")], [weight([4, 3, 3])])
        == "add deconv 3 3 pad=0 bias=no")
    #expect(
      try found(
        [
          OnnxModels.node(
            "ConvTranspose", "x w b", "y", .integers("strides", [2]), .integers("pads", [1, 1]),
            .integers("output_padding", [1]))
        ], [weight([4, 3, 3]), bias]) == "add deconv 3 3 stride=2")
    #expect(
      try found(
        [
          OnnxModels.node(
            "ConvTranspose", "x w b", "y", .integers("strides", [2]), .integers("pads", [2, 0]),
            .integers("dilations", [3]), .integers("output_padding", [2]),
            .integers("kernel_shape", [3])),
          OnnxModels.node("Relu", "y", "z"),
        ], [weight([4, 3, 3]), bias])
        == "add deconv 3 3 stride=2 pad=2:0 outpad=2 dilation=3")
    #expect(
      try found(
        [OnnxModels.node("ConvTranspose", "x w", "y", .integer("group", 2))],
        [weight([4, 3, 2, 3])], input: Shape([4, 5, 5]))
        == "add deconv 6 2x3 pad=0 groups=2 bias=no"
    )
    // A bias that is added afterwards is the layer's.
    #expect(
      try found(
        [
          OnnxModels.node("ConvTranspose", "x w", "c"), OnnxModels.node("Add", "c b", "y"),
        ], [weight([4, 3, 1]), .floats("b", [1, 2, 3], shape: [3, 1])]) == "add deconv 3 1")
  }

  @Test func shuffles() throws {
    #expect(
      try found(
        [
          OnnxModels.node(
            "DepthToSpace", "x", "y", .integer("blocksize", 2), OnnxModels.text("mode", "CRD"))
        ], input: Shape([8, 3, 3])) == "add pixelshuffle 2")
    #expect(
      try found(
        [
          OnnxModels.node("Reshape", "x s", "r"),
          OnnxModels.node("Transpose", "r", "t", .integers("perm", [0, 1, 3, 2])),
          OnnxModels.node("Reshape", "t q", "y"),
        ], [sizes("s", [0, 2, 2, 6]), sizes("q", [0, 2, -1])]) == "add pixelshuffle 2")
    #expect(
      try found(
        [
          OnnxModels.node("Reshape", "x s", "r"),
          OnnxModels.node("Transpose", "r", "t", .integers("perm", [0, 2, 1, 3, 4])),
          OnnxModels.node("Reshape", "t q", "y"),
        ], [sizes("s", [-1, 2, 4, 3, 3]), sizes("q", [-1, 8, 3, 3])], input: Shape([8, 3, 3]))
        == "add channelshuffle 2")
  }

  @Test func movesOfOneNode() throws {
    #expect(
      try found([OnnxModels.node("Transpose", "x", "y", .integers("perm", [0, 2, 1]))])
        == "add permute")
    #expect(
      try found(
        [OnnxModels.node("Transpose", "x", "y", .integers("perm", [0, 1, 3, 2]))],
        input: Shape([2, 3, 4])) == "add permute 1 3 2")
    #expect(
      try found([OnnxModels.node("Reshape", "x s", "y")], [sizes("s", [0, 2, 3, -1])])
        == "add reshape 2x3x4")
    let ends = { (from: Int, to: Int, axis: Int) in
      [self.sizes("f", [from]), self.sizes("t", [to]), self.sizes("a", [axis])]
    }
    let slice = OnnxModels.node("Slice", "x f t a", "y")
    #expect(try found([slice], ends(1, Int.max, 1)) == "add slice 1:4")
    #expect(try found([slice], ends(-2, Int.max, 2)) == "add slice 4:6 over=positions")
    #expect(try found([slice], ends(0, 2, 1)) == "add slice 0:2")
    #expect(
      try found(
        [slice], [sizes("f", [1, 0]), sizes("t", [-1, 2]), sizes("a", [2, 3])],
        input: Shape([2, 5, 5])) == "add slice 1:4x0:2 over=positions")
  }

  @Test func notCovered() throws {
    let place = { (operation: String, input: String) in
      "at \(operation) 'ny' (node 1); up to it: input \(input)\n  next: help add"
    }
    #expect(
      try found(
        [OnnxModels.node("DepthToSpace", "x", "y", .integer("blocksize", 2))],
        input: Shape([8, 3, 3]))
        == "x.onnx: expected attributes that a layer covers, found mode unset "
        + place("DepthToSpace", "8x3x3"))
    #expect(
      try found(
        [OnnxModels.node("ConvTranspose", "x w", "y", .integers("output_shape", [9]))],
        [weight([4, 3, 3])])
        == "x.onnx: expected attributes that a layer covers, found output_shape [9] "
        + place("ConvTranspose", "4x6"))
    #expect(
      try found(
        [OnnxModels.node("ConvTranspose", "x w", "y", .integers("output_padding", [-1]))],
        [weight([4, 3, 3])])
        == "x.onnx: expected attributes that a layer covers, found output_padding [-1] "
        + place("ConvTranspose", "4x6"))
    #expect(
      try found([OnnxModels.node("Transpose", "x", "y", .integers("perm", [1, 0, 2]))])
        == "x.onnx: expected attributes that a layer covers, found perm [1,0,2] "
        + place("Transpose", "4x6"))
    #expect(
      try found([OnnxModels.node("Reshape", "x s", "y")], [sizes("s", [0, 5, 5])])
        == "x.onnx: expected a layer that takes its input, found reshape 5x5 after 4×6 "
        + place("Reshape", "4x6"))
  }

  @Test func ourNodes() throws {
    let text = """
      deconv 4 3 stride=2; pixelshuffle 2; channelshuffle 2; permute; slice 1:5; reshape 2x_
      """
    let blocks = try Self.blocks(text)
    let network = try Network(
      input: Shape([2, 5]), root: Block(name: "", form: .sequential(BlockList(blocks))))
    let graph = OnnxGraphBuilder(network).graph
    #expect(
      graph.node.map { "\($0.opType) \($0.name)" } == [
        "ConvTranspose deconv1", "Reshape pixelshuffle1.apart", "Transpose pixelshuffle1.turned",
        "Reshape pixelshuffle1", "Reshape channelshuffle1.apart",
        "Transpose channelshuffle1.turned", "Reshape channelshuffle1", "Transpose permute1",
        "Slice slice1", "Reshape reshape1",
      ])
    let numbers = Dictionary(
      uniqueKeysWithValues: try graph.initializer.map {
        ($0.name, try OnnxTensor($0, named: $0.name).integers())
      })
    #expect(numbers["pixelshuffle1.factors"] == [0, 2, 2, 10])
    #expect(numbers["channelshuffle1.shape"] == [0, 2, 20])
    #expect(numbers["slice1.starts"] == [1, 0] && numbers["slice1.ends"] == [5, 2])
    #expect(numbers["reshape1.shape"] == [0, 2, 4])
    let attributes = graph.node[0].attribute.map { "\($0.name) \($0.ints)" }
    #expect(
      attributes == [
        "dilations [1]", "group []", "kernel_shape [3]", "output_padding [0]", "pads [1, 0]",
        "strides [2]",
      ])
  }

  private static func blocks(_ text: String) throws -> [Block] {
    var names: [String: Int] = [:]
    return try text.split(separator: ";").map { line in
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      let kind = try #require(Kind(word: words[0]))
      var arguments = Arguments(kind)
      let positional = kind.row.parameters.filter(\.isPositional).map(\.name)
      for (place, word) in words.dropFirst().filter({ !$0.contains("=") }).enumerated() {
        try arguments.set([(key: positional[place], text: word)])
      }
      for word in words where word.contains("=") {
        let parts = word.split(separator: "=").map(String.init)
        try arguments.set([(key: parts[0], text: parts[1])])
      }
      names[words[0], default: 0] += 1
      let layer = try #require(Layer(arguments))
      return Block(name: "\(words[0])\(names[words[0]] ?? 1)", form: .layer(layer))
    }
  }
}
