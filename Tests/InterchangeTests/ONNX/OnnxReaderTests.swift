import Networks
import Testing

@testable import Interchange

/// Graphs of other programs.
@Suite struct OnnxReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ model: Onnx_ModelProto) throws -> OnnxFile {
    try OnnxFile(path: try folder.write(OnnxModels.bytes(model), to: "x.onnx"))
  }

  /// The network of a graph as commands without `add`, or what is wrong with it.
  private func found(
    _ nodes: [Onnx_NodeProto], _ tensors: [Onnx_TensorProto] = [], input: Shape = Shape([2, 4])
  ) throws -> String {
    let file = try file(OnnxModels.model(nodes, tensors, input: input))
    var text = ""
    let problem = errorText(in: folder) {
      text = NetworkScript.lines(of: try file.network().network).dropFirst().joined(separator: "; ")
    }
    return problem == "no error" ? text : problem
  }

  @Test func activationsOfSeveralNodes() throws {
    #expect(
      try found([OnnxModels.node("Sigmoid", "x", "s"), OnnxModels.node("Mul", "s x", "y")])
        == "add silu")
    #expect(
      try found([
        OnnxModels.node("Softplus", "x", "s"), OnnxModels.node("Tanh", "s", "t"),
        OnnxModels.node("Mul", "x t", "y"),
      ]) == "add mish")
    let numbers: [Onnx_TensorProto] = [
      .floats("root", [1.4142135], shape: []), .floats("one", [1], shape: []),
      .floats("half", [0.5], shape: []),
    ]
    #expect(
      try found(
        [
          OnnxModels.node("Div", "x root", "d"), OnnxModels.node("Erf", "d", "e"),
          OnnxModels.node("Add", "e one", "p"), OnnxModels.node("Mul", "x p", "m"),
          OnnxModels.node("Mul", "m half", "y"),
        ], numbers) == "add gelu")
    #expect(
      try found(
        [
          OnnxModels.node("Div", "x root", "d"), OnnxModels.node("Erf", "d", "e"),
          OnnxModels.node("Add", "e one", "p"), OnnxModels.node("Mul", "x half", "h"),
          OnnxModels.node("Mul", "h p", "y"),
        ], numbers) == "add gelu")
  }

  @Test func joins() throws {
    let relu = OnnxModels.node("Relu", "x", "a")
    let tanh = OnnxModels.node("Tanh", "x", "b")
    #expect(
      try found([relu, OnnxModels.node("Add", "x a", "y")]) == "add residual {;   relu; }")
    #expect(
      try found([
        relu, tanh, OnnxModels.node("Add", "a b", "s"), OnnxModels.node("Add", "s x", "y"),
      ])
        == "add parallel join=add {;   relu; } {;   tanh; } {; }")
    #expect(
      try found([
        relu, tanh, OnnxModels.node("Add", "a b", "s"), OnnxModels.node("Relu", "s", "y"),
      ]) == "add residual act=relu {;   relu; } {;   tanh; }")
    let one = Onnx_TensorProto.floats("one", [1], shape: [])
    #expect(
      try found(
        [
          relu, OnnxModels.node("Sigmoid", "x", "t"), OnnxModels.node("Mul", "a t", "p"),
          OnnxModels.node("Sub", "one t", "r"), OnnxModels.node("Mul", "x r", "c"),
          OnnxModels.node("Add", "c p", "y"),
        ], [one]) == "add parallel join=highway {;   relu; } {;   sigmoid; }")
    // Each layer of a dense block is joined with all that came before.
    #expect(
      try found([
        relu, OnnxModels.node("Concat", "x a", "c", .integer("axis", 1)),
        OnnxModels.node("Tanh", "c", "t"),
        OnnxModels.node("Concat", "x a t", "y", .integer("axis", 1)),
      ]) == "add parallel {; } {;   relu; }; add parallel {; } {;   tanh; }")
  }

  @Test func notCovered() throws {
    let relu = OnnxModels.node("Relu", "x", "r")
    func refused(_ node: Onnx_NodeProto, _ tensors: [Onnx_TensorProto] = []) throws -> String {
      try found([relu, node], tensors)
    }
    let upTo = "(node 2); up to it: input 2x4; add relu\n  next: help add"
    #expect(
      try refused(OnnxModels.node("LSTM", "r", "y"))
        == "x.onnx: expected an operator that a layer covers, found LSTM at LSTM 'ny' \(upTo)")
    #expect(
      try refused(OnnxModels.node("Gelu", "r", "y", OnnxModels.text("approximate", "tanh")))
        == "x.onnx: expected attributes that a layer covers, found approximate tanh at Gelu 'ny' \(upTo)"
    )
    #expect(
      try refused(OnnxModels.node("Elu", "r", "y", .float("alpha", 200)))
        == "x.onnx: expected attributes that a layer covers, found alpha 200.0 at Elu 'ny' \(upTo)")
    #expect(
      try refused(OnnxModels.node("Softmax", "r", "y"))
        == "x.onnx: expected attributes that a layer covers, found axis unset at Softmax 'ny' \(upTo)"
    )
    #expect(
      try refused(OnnxModels.node("Conv", "r r", "y"))
        == "x.onnx: expected a constant that a layer covers, found another 2nd input at Conv 'ny' \(upTo)"
    )
    #expect(
      try refused(
        OnnxModels.node("Conv", "r w", "y"), [.floats("w", [1, 1, 1, 1, 1, 1], shape: [1, 1, 6])])
        == "x.onnx: expected a layer that takes its input, found conv 1 6 pad=0 bias=no after 2×4 at Conv 'ny' "
        + upTo)
    #expect(
      try found([
        OnnxModels.node("GlobalAveragePool", "x", "g"), OnnxModels.node("Add", "g x", "y"),
      ])
        == "x.onnx: expected shapes that a join takes, found 2 and 2×4 at Add 'ny' (node 2); up to it: "
        + "input 2x4; add gap\n  next: help add")
  }

  /// A constant that makes more extents, or holds for rows rather than columns, is no factor or bias.
  @Test func constantsOfOtherShapes() throws {
    func refused(_ node: Onnx_NodeProto, _ tensors: Onnx_TensorProto...) throws -> String {
      try found([node], tensors, input: Shape([2]))
    }
    let place = { (operation: String) in
      "at \(operation) 'ny' (node 1); up to it: input 2\n  next: help add"
    }
    let second = "x.onnx: expected a constant that a layer covers, found another 2nd input "
    let third = "x.onnx: expected a constant that a layer covers, found another 3rd input "
    let wide = Onnx_TensorProto.floats("w", [2], shape: [1, 1, 1])
    #expect(try refused(OnnxModels.node("Mul", "x w", "y"), wide) == second + place("Mul"))
    #expect(try refused(OnnxModels.node("Div", "x w", "y"), wide) == second + place("Div"))
    #expect(try refused(OnnxModels.node("PRelu", "x w", "y"), wide) == second + place("PRelu"))
    #expect(try refused(OnnxModels.node("Add", "x w", "y"), wide) == second + place("Add"))
    #expect(
      try refused(
        OnnxModels.node("Gemm", "x w b", "y"), .floats("w", [1, 2, 3, 4], shape: [2, 2]),
        .floats("b", [1, 2], shape: [2, 1])) == third + place("Gemm"))
  }

  /// Features times the same features behind extents of 1 are not theirs one by one.
  @Test func factorsOfOtherExtents() throws {
    #expect(
      try found(
        [
          OnnxModels.node("Sigmoid", "x", "s"), OnnxModels.node("Unsqueeze", "s a", "u"),
          OnnxModels.node("Mul", "x u", "y"),
        ], [.integers("a", [2], shape: [1])], input: Shape([2]))
        == "x.onnx: expected shapes that a join takes, found 2 and 2 at Mul 'ny' (node 3); up to it: "
        + "input 2\n  next: help add")
  }

  @Test func normalizations() throws {
    func numbers(_ name: String, _ shape: [Int], _ value: Float = 0.5) -> Onnx_TensorProto {
      .floats(name, Array(repeating: value, count: shape.reduce(1, *)), shape: shape)
    }
    #expect(
      try found(
        [
          OnnxModels.node(
            "LayerNormalization", "x w b", "y", .integer("axis", 1), .float("epsilon", 0.5))
        ],
        [numbers("w", [2, 4]), numbers("b", [2, 4])]) == "add ln over=all eps=0.5")
    #expect(
      try found(
        [
          OnnxModels.node("Transpose", "x", "t", .integers("perm", [0, 2, 1])),
          OnnxModels.node("LayerNormalization", "t w b", "n"),
          OnnxModels.node("Transpose", "n", "y", .integers("perm", [0, 2, 1])),
        ], [numbers("w", [2]), numbers("b", [2])]) == "add ln")
    #expect(
      try found(
        [OnnxModels.node("InstanceNormalization", "x w b", "y")],
        [numbers("w", [2]), numbers("b", [2])]) == "add instnorm affine=yes")
    #expect(
      try found(
        [
          OnnxModels.node("Reshape", "x g", "s"),
          OnnxModels.node("InstanceNormalization", "s o z", "n"),
          OnnxModels.node("Reshape", "n r", "c"), OnnxModels.node("Mul", "c w", "m"),
          OnnxModels.node("Add", "m b", "y"),
        ],
        [
          .integers("g", [0, 1, -1], shape: [3]), .integers("r", [0, 2, 4], shape: [3]),
          numbers("o", [1], 1), numbers("z", [1], 0), numbers("w", [2, 1]), numbers("b", [2, 1]),
        ]) == "add gn 1")
    #expect(
      try found(
        [
          OnnxModels.node("Mul", "x x", "q"),
          OnnxModels.node("ReduceMean", "q a", "m", .integer("keepdims", 1)),
          OnnxModels.node("Add", "m e", "s"),
          OnnxModels.node("Sqrt", "s", "r"), OnnxModels.node("Div", "x r", "d"),
          OnnxModels.node("Mul", "d w", "y"),
        ],
        [
          .integers("a", [1], shape: [1]), .floats("e", [0.5], shape: []), numbers("w", [2, 1]),
        ]) == "add rmsnorm eps=0.5")
    #expect(
      try found([OnnxModels.node("Mul", "x w", "y")], [numbers("w", [2, 1])]) == "add layerscale 1")
    #expect(
      try found(
        [OnnxModels.node("LRN", "x", "y", .integer("size", 3))], input: Shape([2, 4, 4]))
        == "add lrn 3")
    #expect(
      try found(
        [OnnxModels.node("Clip", "x a b", "y")],
        [
          .floats("a", [0], shape: []), .floats("b", [6], shape: []),
        ]) == "add relu6")
    var split = OnnxModels.node("Split", "x", "a", .integer("axis", 1))
    split.output = ["a", "b"]
    #expect(
      try found([split, OnnxModels.node("Sigmoid", "b", "s"), OnnxModels.node("Mul", "a s", "y")])
        == "add glu")
  }

  @Test func normalizationsThatAreNotCovered() throws {
    let place = { (operation: String) in
      "at \(operation) 'ny' (node 1); up to it: input 2x4\n  next: help add"
    }
    #expect(
      try found([OnnxModels.node("LRN", "x", "y", .integer("size", 4))])
        == "x.onnx: expected attributes that a layer covers, found size 4 " + place("LRN"))
    #expect(
      try found(
        [OnnxModels.node("Clip", "x a", "y")], [.floats("a", [1], shape: [])])
        == "x.onnx: expected a constant that a layer covers, found another 2nd input "
        + place("Clip"))
    #expect(
      try found([OnnxModels.node("Sqrt", "x", "y")])
        == "x.onnx: expected an operator that a layer covers, found Sqrt " + place("Sqrt"))
  }

  /// Two joins that both use what lies between them belong to no tree.
  @Test func sharedBranches() throws {
    let nodes = [
      OnnxModels.node("Relu", "x", "a"), OnnxModels.node("Tanh", "x", "b"),
      OnnxModels.node("Mul", "a b", "m"), OnnxModels.node("Sum", "b x", "s"),
      OnnxModels.node("Concat", "m s", "y", .integer("axis", 1)),
    ]
    #expect(
      try found(nodes)
        == "x.onnx: expected branches that share nothing, found one more use of a value at Tanh 'nb' "
        + "(node 2); up to it: input 2x4\n  next: help add")
  }
}
