import Networks
import Testing

@testable import Interchange

@Suite struct OnnxWriterTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A node a line: its name, operator and inputs.
  private func lines(_ blocks: [Block], input: Shape) throws -> [String] {
    let network = try Network(
      input: input, root: Block(name: "", form: .sequential(BlockList(blocks))))
    return OnnxGraphBuilder(network).nodes.map { node in
      "\(node.name) = \(node.opType)(\(node.input.joined(separator: ", ")))"
    }
  }

  private func layer(_ name: String, _ layer: Layer) -> Block {
    Block(name: name, form: .layer(layer))
  }

  @Test func passesOfASharedBodyHaveNodesOfTheirOwnAndTheSameTensors() throws {
    let inner = Block(
      name: "rep1", form: .shared([layer("scale1", .scale(Scale()))], passes: 2))
    let outer = Block(
      name: "rep1",
      form: .shared([layer("dropout1", .dropout(Dropout(rate: 0.5))), inner], passes: 2))
    #expect(
      try lines([outer], input: Shape([2, 9])) == [
        "rep1.dropout1 = Dropout(input, rep1.dropout1.ratio)",
        "rep1.rep1.scale1 = Mul(rep1.dropout1, rep1.rep1.scale1.weight)",
        "rep1.rep1.scale1#1.2 = Mul(rep1.rep1.scale1, rep1.rep1.scale1.weight)",
        "rep1.dropout1#2 = Dropout(rep1.rep1.scale1#1.2, rep1.dropout1.ratio)",
        "rep1.rep1.scale1#2.1 = Mul(rep1.dropout1#2, rep1.rep1.scale1.weight)",
        "rep1.rep1.scale1#2.2 = Mul(rep1.rep1.scale1#2.1, rep1.rep1.scale1.weight)",
      ])
    let network = try Network(
      input: Shape([2, 9]), root: Block(name: "", form: .sequential([outer])))
    let graph = OnnxGraphBuilder(network).graph
    #expect(graph.initializer.map(\.name) == ["rep1.dropout1.ratio"])
    #expect(graph.node.last?.output == ["output"])
  }

  @Test func nodesAreNamedByPaths() throws {
    var convolution = Convolution(channels: 4, kernel: Extents(3))
    convolution.stride = Extents(2)
    convolution.activation = Activation(.silu)
    var normalization = BatchNormalization()
    normalization.hasScale = false
    let residual = Residual(
      body: [
        layer("conv1", .convolution(convolution)), layer("bn1", .batchNormalization(normalization)),
      ],
      kind: .zeroPadded, activation: .relu, scale: 0.5)
    #expect(
      try lines(
        [
          Block(name: "res1", form: .residual(residual)),
          Block(
            name: "se1",
            form: .parallel(Parallel(gate: .squeezeExcite(SqueezeExcite(reduction: 2))))),
          layer("last", .globalPooling(.last)),
          Block(name: "hw", form: .parallel(Parallel(gate: .highway(bias: -2), body: []))),
          layer("output", .dense(Dense(units: 2))),
        ], input: Shape([2, 9])) == [
          "res1.body.conv1 = Conv(input, res1.body.conv1.weight, res1.body.conv1.bias)",
          "res1.body.conv1.act.sigmoid = Sigmoid(res1.body.conv1)",
          "res1.body.conv1.act = Mul(res1.body.conv1, res1.body.conv1.act.sigmoid)",
          "res1.body.bn1 = BatchNormalization(res1.body.conv1.act, res1.body.bn1.ones, "
            + "res1.body.bn1.bias, res1.body.bn1.running_mean, res1.body.bn1.running_var)",
          "res1.shortcut.subsample1.slice = Slice(input, res1.shortcut.subsample1.starts, "
            + "res1.shortcut.subsample1.ends, res1.shortcut.subsample1.axes, "
            + "res1.shortcut.subsample1.steps)",
          "res1.shortcut.subsample1 = Pad(res1.shortcut.subsample1.slice, "
            + "res1.shortcut.subsample1.pads)",
          "res1.scale = Mul(res1.body.bn1, res1.factor)",
          "res1 = Add(res1.scale, res1.shortcut.subsample1)",
          "res1.act = Relu(res1)",
          "se1.gate.gap1 = ReduceMean(res1.act, se1.gate.gap1.axes)",
          "se1.gate.dense1 = Gemm(se1.gate.gap1, se1.gate.dense1.weight, se1.gate.dense1.bias)",
          "se1.gate.dense1.act = Relu(se1.gate.dense1)",
          "se1.gate.dense2 = Gemm(se1.gate.dense1.act, se1.gate.dense2.weight, se1.gate.dense2.bias)",
          "se1.gate.dense2.act = Sigmoid(se1.gate.dense2)",
          "se1.spread2 = Unsqueeze(se1.gate.dense2.act, se1.axes)",
          "se1 = Mul(res1.act, se1.spread2)",
          "last = Gather(se1, last.place)",
          "hw.gate.dense1 = Gemm(last, hw.gate.dense1.weight, hw.gate.dense1.bias)",
          "hw.gate.dense1.act = Sigmoid(hw.gate.dense1)",
          "hw.passed = Mul(hw.gate.dense1.act, last)",
          "hw.rest = Sub(hw.one, hw.gate.dense1.act)",
          "hw.carried = Mul(hw.rest, last)",
          "hw = Add(hw.passed, hw.carried)",
          "output = Gemm(hw, output.weight, output.bias)",
        ])
    #expect(try lines([], input: Shape([2])) == ["nothing = Identity(input)"])
  }

  @Test func missingValuesAreNamed() throws {
    let network = try Network(
      input: Shape([2]),
      root: Block(name: "", form: .sequential([layer("dense1", .dense(Dense(units: 3)))])))
    let path = folder.path("a.onnx")
    #expect(
      errorText(in: folder) { try OnnxWriter.write(network, to: path) { _ in nil } }
        == "a.onnx: expected values for 'dense1.weight', found none\n  next: net")
    #expect(try folder.names == [])
    let problem = OnnxProblem.tooLarge(size: 3_000_000_000, limit: OnnxWriter.limit)
    #expect(
      FileError(path: "a.onnx", problem: .onnx(problem)).description
        == "a.onnx: expected at most 2,147,483,647 bytes of ONNX, found 3,000,000,000\n"
        + "  next: save it as .safetensors")
  }
}
