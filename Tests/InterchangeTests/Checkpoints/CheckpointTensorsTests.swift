import Testing

@testable import Interchange

/// Which tensors of a checkpoint are the model's, and what they are called.
@Suite struct CheckpointTensorsTests {
  /// What a checkpoint holds.
  private indirect enum Content {
    case tensor
    case number
    case dictionary([(String, Content)])

    var pickle: [UInt8] {
      switch self {
      case .tensor: Pickle.tensor(count: 1, shape: [1], strides: [1])
      case .number: Pickle.number(3)
      case .dictionary(let entries):
        Pickle.raw("}(") + entries.flatMap { Pickle.text($0.0) + $0.1.pickle } + Pickle.raw("u")
      }
    }
  }

  private static let weights = Content.dictionary([("w", .tensor), ("b", .tensor)])

  private static let cases: [(Content, names: [String], wrapper: String, leftOut: [String])] = [
    (weights, ["w", "b"], "", []),
    (.dictionary([("state_dict", weights), ("epoch", .number)]), ["w", "b"], "state_dict", []),
    (
      .dictionary([
        ("optimizer", .dictionary([("m", .tensor)])), ("model", weights), ("ema", weights),
      ]),
      ["w", "b"], "model", ["optimizer", "ema"]
    ),
    (
      .dictionary([("model", .dictionary([("state_dict", weights)]))]),
      ["w", "b"], "model.state_dict", []
    ),
    // Parts of a model, two models, and a model beside a tensor: all are taken, with their keys.
    (.dictionary([("fc", weights)]), ["fc.w", "fc.b"], "", []),
    (
      .dictionary([("model", weights), ("net", .dictionary([("w", .tensor)]))]),
      ["model.w", "model.b", "net.w"], "", []
    ),
    (
      .dictionary([("model", weights), ("scale", .tensor)]), ["model.w", "model.b", "scale"], "", []
    ),
    // What is called like a model but holds no tensors.
    (
      .dictionary([("model", .dictionary([("depth", .number)])), ("state_dict", weights)]),
      ["w", "b"], "state_dict", []
    ),
    (.dictionary([("model", .tensor)]), ["model"], "", []),
  ]

  @Test(arguments: 0..<cases.count) func namesAndWrappers(index: Int) throws {
    let (content, names, wrapper, leftOut) = Self.cases[index]
    let pickle = Pickle.start + content.pickle + Pickle.raw(".")
    let tensors = try CheckpointTensors(
      PickleMachine.contents(of: pickle), length: pickle.count, alone: "x")
    #expect(tensors.named.map(\.name) == names)
    #expect(tensors.wrapper == wrapper)
    #expect(tensors.leftOut == leftOut)
  }
}
