import Networks
import Testing

/// Freezing and unfreezing blocks.
struct FreezeTests {
  private let net: Network

  init() throws {
    net = try network(
      "4x16",
      "conv 4 3; relu; residual { conv 8 3; bn }; repeat 2 { conv 8 3; elu }; seq { dense 4; dense 3 }"
    )
  }

  /// The paths of the blocks that are marked themselves.
  private func marks(_ network: Network) -> [String] {
    var result: [String] = []
    network.walk { block, path in if block.isFrozen { result.append(path) } }
    return result
  }

  private func frozen(_ path: String, of network: Network? = nil) throws -> FreezingResult {
    let network = network ?? net
    return try network.freezing(network.blocks(inRange: path))
  }

  @Test(
    "what is marked, and how many parameters stand still",
    arguments: [
      ("conv1", ["conv1"], 52), ("conv1..res1", ["conv1", "res1"], 52 + 168),
      ("res1.body", ["res1.body.conv1", "res1.body.bn1"], 120), ("res1", ["res1"], 168),
      ("rep1.*", ["rep1.1.conv1", "rep1.2.conv1"], 400),
      ("seq1.dense*", ["seq1.dense1", "seq1.dense2"], 531),
      ("*", ["conv1", "res1", "rep1", "seq1"], 1_151), ("rep1.1", ["rep1.1.conv1"], 200),
    ] as [(String, [String], Int)])
  func freezes(path: String, marked: [String], parameters: Int) throws {
    let result = try frozen(path)
    #expect(marks(result.network) == marked)
    #expect(result.parameters == parameters)
    #expect(result.network.frozenCount == parameters)
    #expect(result.network.trainableCount == net.learnableCount - parameters)
    #expect(result.network.learnableCount == net.learnableCount)
    #expect(result.network.ids == net.ids)
    #expect(
      result.network.parameters.filter(\.isFrozen).reduce(0) { $0 + $1.count } == parameters)
    #expect(result.network.parameters.allSatisfy { !$0.isFrozen || $0.isLearnable })
    let back = try result.network.unfreezing(result.network.blocks(inRange: "*"))
    #expect(marks(back.network).isEmpty)
    #expect(back.parameters == parameters)
  }

  @Test("copies of a repeat that differ are a group of their own")
  func copies() throws {
    let result = try frozen("rep1.1").network
    #expect(try result.at("rep1").block.kind == .sequential)
    #expect(try frozen("rep1.*").network.at("rep1").block.kind == .repeated)
  }

  @Test("what is frozen already, or has nothing to learn, is told apart")
  func unchanged() throws {
    let first = try frozen("conv1").network
    let again = try frozen("conv1..res1", of: first)
    #expect(again.unchanged.map(\.path) == ["conv1"])
    #expect(again.empty.map(\.path) == ["relu1"])
    #expect(again.changed.map(\.path) == ["res1"])
    #expect(again.parameters == 168)
    let inside = try frozen("res1.conv1", of: again.network)
    #expect(inside.changed.isEmpty && inside.unchanged.count == 1)
    #expect(try net.unfreezing([net.at("conv1")]).unchanged.count == 1)
  }

  @Test("shortcuts that follow from the shapes, and parts of what is frozen whole, are refused")
  func refusals() throws {
    expectRefused(.fixedPart(path: "res1.shortcut"), of: net) { net throws(EditError) in
      try net.freezing(net.blocks(matching: "res1.shortcut"))
    }
    let whole = try frozen("res1").network
    expectRefused(
      .frozenWith(path: "res1.body.conv1", container: "res1"), of: whole
    ) { net throws(EditError) in try net.unfreezing(net.blocks(matching: "res1.conv1")) }
  }

  @Test("edits keep it: moves, wraps, other arguments, and unwrapping")
  func edits() throws {
    let held = try frozen("res1").network
    let (wrapped, _) = try held.wrapping(held.run("res1"), in: Arguments(.sequential))
    #expect(marks(wrapped) == ["seq2.res1"])
    #expect(try marks(held.setting([("shortcut", "C")], on: [held.at("res1")])) == ["res1"])
    #expect(try marks(held.unwrapping(held.at("res1"))) == ["conv2", "bn1"])
    #expect(try held.at("res1").block.copied().isFrozen)
  }

  @Test("a script says it, as a key that every kind takes")
  func script() throws {
    let held = try frozen("*").network
    #expect(
      held.script == """
        input 4x16
        add conv 4 3 frozen=yes
        add relu
        add residual frozen=yes {
          conv 8 3
          bn
        }
        add repeat 2 frozen=yes {
          conv 8 3
          elu
        }
        add seq frozen=yes {
          dense 4
          dense 3
        }
        """)
    #expect(try ScriptReader.network(NetworkScript.lines(of: held)).isSame(as: held))
    #expect(!held.isSame(as: net))
  }

  @Test("statistics of normalizations inside what is named; a projection goes with its body")
  func statistics() throws {
    let net = try network(
      "4x16", "bn; residual { conv 8 3; bn }; repeat 2 { residual { bn; relu } }")
    func running(_ network: Network) -> [String] {
      var result: [String] = []
      network.walk { block, path in
        guard case .layer(.batchNormalization(let normalization)) = block.form,
          normalization.usesRunningStatistics
        else { return }
        result.append(path)
      }
      return result
    }
    func changed(_ path: String, of network: Network, running: Bool = true) throws -> (
      network: Network, changed: Int
    ) {
      let ids = Set(try network.blocks(inRange: path).map(\.block.id))
      return try network.normalizing(ids, byRunningStatistics: running)
    }
    let body = try changed("res1", of: net)
    #expect(running(body.network) == ["res1.body.bn1", "res1.shortcut.bn1"])
    #expect(body.changed == 2)
    #expect(body.network.ids == net.ids)
    #expect(try changed("res1", of: body.network).changed == 0)
    #expect(
      try running(ScriptReader.network(NetworkScript.lines(of: body.network)))
        == running(body.network))
    let all = try changed("*", of: body.network)
    #expect(all.changed == 3)
    let back = try changed("*", of: all.network, running: false)
    #expect(back.changed == 5)
    #expect(back.network.root == net.root)
  }
}
