import Networks
import Testing

@testable import Interchange

/// Random networks, written and read again.
@Suite struct OnnxRoundTripTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: 1...UInt64(100)) func networksComeBack(seed: UInt64) throws {
    var random = RandomNetworks(seed: seed)
    let network = try random.network()
    let parameters = random.parameters(of: network)
    let path = folder.path("a.onnx")
    try OnnxWriter.write(network, metadata: ["steps": "3"], to: path) { parameters[$0] }
    let file = try OnnxFile(path: path)
    let text = NetworkScript.lines(of: network).joined(separator: "\n") + "\n"
    #expect(file.metadata == ["network": text, "steps": "3"])
    #expect(try file.parameters(of: network) == parameters)
    let other = try Network(
      input: network.input,
      root: network.root.with(
        children: network.root.children + [
          Block(name: "more", form: .layer(.activation(.relu)))
        ]))
    #expect(try file.parameters(of: other) == nil)

    // What the graph does not say comes back in another form that computes the same: `pad=1` as `same`.
    let (found, values) = try file.network()
    #expect(found.output == network.output)
    #expect(tensors(found, values) == tensors(network, parameters))
    try OnnxWriter.write(found, to: path) { values[$0] }
    let again = try OnnxFile(path: path).network()
    #expect(again.network.isSame(as: found))
    #expect(tensors(again.network, again.parameters) == tensors(found, values))
  }

  @Test func attentionComesBackFromTheText() throws {
    var causal = Attention(heads: 2)
    (causal.isCausal, causal.hasBias) = (true, false)
    var both = Recurrent(.longShortTerm, units: 3)
    both.isBidirectional = true
    let layers: [Layer] = [
      .embedding(Embedding(vocabulary: 5, units: 4)), .positions(Positions()),
      .positions(Positions(.sinusoidal)), .attention(Attention(heads: 4)), .classToken,
      .attention(causal), .recurrent(both), .recurrent(Recurrent(.gatedUnit, units: 2)),
      .globalPooling(.first),
    ]
    for input in [[1, 9], [1, 3, 4]] {
      let network = try Network(
        input: Shape(input),
        root: Block(
          name: "",
          form: .sequential(
            BlockList(layers.enumerated().map { Block(name: "a\($0)", form: .layer($1)) }))))
      var random = RandomNetworks(seed: 1)
      let parameters = random.parameters(of: network)
      let path = folder.path("a.onnx")
      try OnnxWriter.write(network, to: path) { parameters[$0] }
      let file = try OnnxFile(path: path)
      #expect(try file.parameters(of: network) == parameters)
      #expect(throws: FileError.self) { _ = try file.network() }
    }
  }

  @Test func aSharedBodyComesBack() throws {
    var convolution = Convolution(channels: 2, kernel: Extents(3))
    convolution.activation = .relu
    let body = [
      Block(name: "conv1", form: .layer(.convolution(convolution))),
      Block(name: "bn1", form: .layer(.batchNormalization(BatchNormalization()))),
    ]
    let shared = Block(name: "rep1", form: .shared(BlockList(body), passes: 3))
    let network = try Network(
      input: Shape([2, 9]), root: Block(name: "", form: .sequential([shared])))
    var random = RandomNetworks(seed: 1)
    let parameters = random.parameters(of: network)
    let path = folder.path("a.onnx")
    try OnnxWriter.write(network, to: path) { parameters[$0] }
    let file = try OnnxFile(path: path)
    #expect(try file.parameters(of: network) == parameters)

    // By its nodes alone it is a network of three bodies with the same weights.
    let (found, values) = try file.network()
    #expect(found.learnableCount == 3 * network.learnableCount)
    let kernels = found.parameters.filter { $0.shape.count == 3 }.compactMap { values[$0.key] }
    #expect(kernels.count == 3 && Set(kernels.map(\.values)).count == 1)
  }

  private func tensors(_ network: Network, _ store: ParameterStore) -> [NamedTensor?] {
    network.parameters.map { specification in
      store[specification.key].map { NamedTensor(name: specification.path, tensor: $0) }
    }
  }
}
