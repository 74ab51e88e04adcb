import Interchange
import Networks
import Testing
import Training

@testable import Sessions

/// Every parameter of a network has one name in the code, and every name one parameter.
struct ParameterNameTests {
  @Test("all parameters of networks drawn at random are in the code once", arguments: 1...60)
  func lawOfNames(seed: UInt64) throws {
    var nets = RandomNets(seed: seed, hasDropout: true)
    let session = Session()
    let input = seed.isMultiple(of: 2) ? "3x17" : "2x9x8"
    session.run(Source("input \(input); \(nets.text())", from: .file("x")), on: SilentConsole())
    let network = try #require(session.state.current?.network)
    for framework in CodeFile.Framework.allCases {
      // Only PyTorch has all that is drawn.
      guard let file = try? ExportedCode.file(of: session, for: framework) else {
        #expect(framework != .pytorch)
        continue
      }
      let tensors = file.tensors { key in
        network.parameters.first { $0.key == key }.map {
          Tensor(shape: $0.shape, values: Array(repeating: 0, count: $0.count))
        }
      }
      #expect(Set(tensors.map(\.name)).count == tensors.count)
      let constants = framework == .gluon ? tensors.count - network.parameters.count : 0
      #expect(tensors.count >= network.parameters.count && constants >= 0)
    }
  }

  @Test("names follow the modules of the code")
  func names() throws {
    let commands = """
      input 3x8x8; conv 4 4; basicblock 8 stride=2; se reduction=2; parallel { conv 2 1 } { prelu }
      highway { conv 10 3 }; bn scale=no; scale; gap; dense 2
      """.replacing(";", with: "\n").split(separator: "\n").map { line in
        line.contains("input") ? String(line) : "add \(line)"
      }.joined(separator: "\n")
    let session = Session()
    session.answer(commands)
    let network = try #require(session.state.current?.network)
    func names(_ framework: CodeFile.Framework) throws -> [String] {
      try ExportedCode.file(of: session, for: framework).tensors { key in
        network.parameters.first { $0.key == key }.map {
          Tensor(shape: $0.shape, values: Array(repeating: 0, count: $0.count))
        }
      }.map(\.name)
    }
    let torch = try names(.pytorch)
    #expect(
      torch.filter { $0.hasSuffix("weight") } == [
        "1.weight", "2.body.0.weight", "2.body.1.weight", "2.body.3.weight", "2.body.4.weight",
        "2.shortcut.0.weight", "2.shortcut.1.weight", "3.gate.0.weight", "3.gate.2.weight",
        "4.branches.0.0.weight", "4.branches.1.0.weight", "5.body.0.weight", "5.gate.0.weight",
        "6.weight", "7.weight", "10.weight",
      ])
    #expect(
      try names(.gluon).filter { !$0.contains("running") && !$0.hasSuffix("bias") } == [
        "1.weight", "2.body.0.weight", "2.body.1.gamma", "2.body.1.beta", "2.body.3.weight",
        "2.body.4.gamma", "2.body.4.beta", "2.shortcut.0.weight", "2.shortcut.1.gamma",
        "2.shortcut.1.beta", "3.gate.0.weight", "3.gate.1.weight", "4.branches.0.0.weight",
        "4.branches.1.0.alpha", "5.body.0.weight", "5.gate.0.weight", "6.beta", "6.gamma",
        "7.weight", "10.weight",
      ])
    #expect(
      try names(.keras).filter { !$0.contains("moving") && !$0.hasSuffix("bias") } == [
        "0.kernel", "1.body.1.kernel", "1.body.2.gamma", "1.body.2.beta", "1.body.4.kernel",
        "1.body.5.gamma", "1.body.5.beta", "1.shortcut.0.kernel", "1.shortcut.1.gamma",
        "1.shortcut.1.beta", "2.gate.0.kernel", "2.gate.1.kernel", "3.branches.0.0.kernel",
        "3.branches.1.0.alpha", "4.body.0.kernel", "4.gate.0.kernel", "5.beta", "6.weight",
        "8.kernel",
      ])
    #expect(
      try names(.jax).filter { $0.hasSuffix("kernel") || $0.hasSuffix("slope") } == [
        "layers.0.kernel", "layers.1.body.layers.0.kernel", "layers.1.body.layers.3.kernel",
        "layers.1.shortcut.layers.0.kernel", "layers.2.gate.layers.0.kernel",
        "layers.2.gate.layers.2.kernel", "layers.3.branches.0.layers.0.kernel",
        "layers.3.branches.1.layers.0.negative_slope", "layers.4.body.layers.0.kernel",
        "layers.4.gate.layers.0.kernel", "layers.8.kernel",
      ])
  }
}
