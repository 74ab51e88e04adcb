import Engine
import Language
import Networks
import Testing
import Training

@testable import Sessions

/// What `undo` takes for a change of the state; no command has to say that it has made one.
struct RevisionTests {
  /// A session with data and a network that has learned.
  private func session() -> Session {
    let session = Session()
    session.answer("data moons count=64; add dense 4; add relu; add dense 2; train 1")
    return session
  }

  @Test("every part of a state is compared, or left aside on purpose")
  func parts() throws {
    let state = session().state
    let compared: Set = [
      "networks", "networkNames", "currentName", "dataStamp", "recipe", "defaults", "unread",
      "checkpoints",
    ]
    let labels = Mirror(reflecting: state).children.compactMap(\.label)
    #expect(
      Set(labels).subtracting([
        "environment", "data", "dataCommands", "fingerprint", "revision", "shown",
      ])
        == compared)
    let known = try #require(state.current)
    let parts = Mirror(reflecting: known).children.compactMap(\.label)
    #expect(
      Set(parts).subtracting([
        "network", "lastEpoch", "stepsPerSecond", "sharedResumption", "gradients", "times",
      ])
        == ["stamp", "weights", "run", "drawings", "normalization", "classNames"])
  }

  private static let changes: [(String, @Sendable (inout SessionState) -> Void)] = [
    ("a network", { $0.networks["other"] = $0.current }),
    ("a network taken away", { $0.networks["main"] = nil }),
    ("its name", { $0.networkNames.append("other") }),
    ("the current network", { $0.currentName = "other" }),
    ("data", { $0.data = nil }),
    ("the recipe", { $0.recipe.seed += 1 }),
    ("checkpoints", { $0.checkpoints = CheckpointSetting(file: "x.safetensors") }),
    ("defaults", { $0.defaults[.dense] = ["bias": "no"] }),
    ("what a check has not read", { $0.unread[""] = "x.csv" }),
    (
      "blocks",
      { $0.current = $0.current.map { NetworkState(network: $0.network, weights: $0.weights) } }
    ),
    ("weights", { $0.current?.weights.touch() }),
    ("names of classes", { $0.current?.classNames = ["a", "b"] }),
    ("a run", { $0.current?.run = 7 }),
    (
      "values drawn in a run",
      { $0.current?.drawings = [ParameterKey(block: BlockID(), role: .weight): 1] }
    ),
    (
      "normalization",
      { $0.current?.normalization = Normalization(scope: .all, mean: [0], deviation: [1]) }
    ),
  ]

  @Test("a change of any part is one", arguments: changes.indices)
  func change(index: Int) {
    let before = session().state
    var state = before
    Self.changes[index].1(&state)
    #expect(state.differs(from: before), "\(Self.changes[index].0)")
    #expect(before.differs(from: state), "\(Self.changes[index].0)")
    #expect(!state.differs(from: state))
  }

  @Test("what was only looked at is none")
  func looks() {
    let session = Session()
    session.answer("data moons count=64; add dense 4; add relu; add dense 2")
    let before = session.state
    for command in ["evaluate", "predict first=1", "show dense1", "trace", "tree", "print a"] {
      session.answer(command, from: .prompt)
      #expect(!session.state.differs(from: before), "\(command)")
      #expect(session.state.revision == before.revision, "\(command)")
    }
    #expect(session.answer("undo", from: .prompt).text.hasPrefix("undone: add dense 2"))
  }

  @Test("a setting that is in force already leaves nothing to undo")
  func repeated() {
    let session = session()
    session.answer("batch 16", from: .prompt)
    let before = session.state
    for command in [
      "batch 16", "seed 1", "lr 0.1", "threads auto", "loss auto", "precision float32",
    ] {
      session.answer(command, from: .prompt)
      #expect(session.state.revision == before.revision, "\(command)")
    }
    #expect(session.answer("undo", from: .prompt).text.hasPrefix("undone: batch 16"))
  }
}
