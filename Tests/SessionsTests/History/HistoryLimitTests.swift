import Engine
import Networks
import Testing
import Training

@testable import Sessions

/// What history keeps: so many commands, so many bytes.
struct HistoryLimitTests {
  /// A state with weights of its own, so many bytes of them.
  private func state(bytes: Int) throws -> SessionState {
    var state = SessionState(environment: Library.environment)
    let layer = Networks.Block(name: "dense1", form: .layer(.dense(Dense(units: 1))))
    let network = try Network(
      input: Shape([1]), root: Networks.Block(name: "", form: .sequential([layer])))
    var known = NetworkState(network: network)
    known.weights.parameters[ParameterKey(block: layer.id, role: .weight)] = Tensor(
      shape: [bytes / 4], filledWith: 0)
    state.current = known
    return state
  }

  @Test("the oldest states go when weights grow beyond the bytes allowed")
  func bytes() throws {
    var history = History(byteLimit: 100_000)
    let states = try (0..<5).map { _ in try state(bytes: 30_000) }
    for (index, state) in states.enumerated() { history.record(state, before: "command \(index)") }
    #expect(history.bytes <= 100_000)
    var present = try state(bytes: 4)
    var undone: [String] = []
    while let entry = history.undo(from: present) {
      undone.append(entry.command)
      present = entry.state
    }
    #expect(undone == ["command 4", "command 3", "command 2"])
    #expect(present.revision == states[2].revision)
  }

  @Test("the last command can be undone whatever it costs")
  func lastOne() throws {
    var history = History(byteLimit: 1_000)
    history.record(try state(bytes: 4), before: "small")
    history.record(try state(bytes: 80_000), before: "large")
    #expect(history.undo(from: try state(bytes: 4))?.command == "large")
    #expect(history.undo(from: try state(bytes: 4)) == nil)
  }

  @Test("what states share is counted once, and given back")
  func sharing() throws {
    var history = History()
    let shared = try state(bytes: 40_000)
    for index in 0..<10 { history.record(shared, before: "\(index)") }
    let bytes = history.bytes
    #expect((40_000..<45_000).contains(bytes))
    for _ in 0..<10 { _ = history.undo(from: shared) }
    #expect(history.bytes == bytes)
    history.record(try state(bytes: 4), before: "other")
    #expect(history.bytes < 5_000)
  }

  @Test("data count with what belongs to each example")
  func data() throws {
    var state = try state(bytes: 4)
    let rows = Tensor(shape: [100, 1], filledWith: 0)
    for (targets, bytes) in [
      (Examples.Targets.none, 400), (.values(Tensor(shape: [100, 500], filledWith: 0)), 200_400),
      (.classes(Array(repeating: 0, count: 100), names: ["a"]), 800),
      (
        .maps(ClassMaps(labels: Array(repeating: 0, count: 3_000), extents: [30], names: ["a"])),
        12_400
      ),
    ] {
      state.data = nil
      var without = History()
      without.record(state, before: "data")
      state.data = Dataset(
        name: "made", description: "", train: Examples(inputs: rows, targets: targets))
      var history = History()
      history.record(state, before: "train")
      #expect(history.bytes - without.bytes == bytes)
    }
  }

  @Test("where a run can go on is counted once, also where the network was edited since")
  func resumptions() throws {
    var state = try state(bytes: 4)
    var without = History()
    without.record(state, before: "train")
    var known = try #require(state.current)
    var point = RunPoint()
    point.raw = (known.weights.parameters, OptimizerState())
    point.raw?.parameters[ParameterKey(block: BlockID(), role: .bias)] = Tensor(
      shape: [2_000], filledWith: 0)
    known.resumption = Resumption(
      point: point,
      origin: RunOrigin(
        names: [], command: "train", dataCommands: [], fingerprint: Fingerprint("")),
      stamp: -1, version: 0)
    state.current = known
    #expect(known.presentResumption == nil)
    var history = History()
    for index in 0..<10 { history.record(state, before: "\(index)") }
    #expect(history.bytes - without.bytes == 8_000 + MemoryLayout<Resumption>.size)
  }

  @Test("a network takes little in each of the states")
  func size() {
    #expect(MemoryLayout<NetworkState>.size <= 600)
    #expect(MemoryLayout<SessionState>.size <= 700)
  }

  @Test("at most 2500 commands")
  func commands() throws {
    var history = History()
    let state = try state(bytes: 4)
    for index in 0..<2600 { history.record(state, before: "\(index)") }
    var undone = 0
    while history.undo(from: state) != nil { undone += 1 }
    #expect(undone == 2500)
  }
}
