import Networks
import Testing

@testable import Interchange

/// Random networks, written and read again.
@Suite struct OnnxRoundTripTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The text of a network without what a graph does not say: freezing, what biases and factors start at, and
  /// by which statistics training normalizes.
  private func form(_ network: Network) -> String {
    NetworkScript.lines(of: network).joined(separator: "\n")
      .replacing(#/ frozen=yes| statistics=running| bias=-?[0-9.]+/#, with: "")
      .replacing(#/(scale|prelu) -?[0-9.]+/#) { "\($0.output.1)" }
  }

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

    let (found, values) = try file.network()
    #expect(form(found) == form(network))
    let tensors = { (network: Network, store: ParameterStore) in
      network.parameters.map { NamedTensor(name: $0.path, tensor: store[$0.key] ?? Tensor(shape: [0], values: [])) }
    }
    #expect(tensors(found, values) == tensors(network, parameters))
  }
}
