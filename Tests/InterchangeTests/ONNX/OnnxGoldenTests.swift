import Networks
import Testing

@testable import Interchange

/// Files that PyTorch has exported, made by `Tests/Goldens/make_onnx.py`.
@Suite struct OnnxGoldenTests {
  private static let goldens = #filePath.replacing(
    "InterchangeTests/ONNX/OnnxGoldenTests.swift", with: "Goldens/ONNX/")

  @Test(arguments: ["resnet", "series", "branches", "moves"])
  func networkOfTheFile(name: String) throws {
    let file = try OnnxFile(path: Self.goldens + name + ".onnx")
    let (network, parameters) = try file.network()
    #expect(
      NetworkScript.lines(of: network).joined(separator: "\n") + "\n" == file.metadata["found"])
    let tensors = Dictionary(uniqueKeysWithValues: file.graph.initializer.map { ($0.name, $0) })
    for specification in network.parameters {
      // Factors are constants of the graph without a name.
      guard let message = tensors[specification.path] else { continue }
      let expected = try OnnxTensor(message, named: specification.path).floats()
      #expect(parameters[specification.key]?.values == expected, "\(specification.path)")
    }
    #expect(network.parameters.allSatisfy { parameters[$0.key]?.shape == $0.shape })
    #expect(network.parameters.filter { tensors[$0.path] != nil }.count > 8)
  }

  @Test func foldedNormalizationsAreBiases() throws {
    let file = try OnnxFile(path: Self.goldens + "folded.onnx")
    let (network, parameters) = try file.network()
    #expect(
      NetworkScript.lines(of: network).joined(separator: "\n") + "\n" == file.metadata["found"])
    #expect(network.parameters.allSatisfy { parameters[$0.key]?.shape == $0.shape })
  }
}
