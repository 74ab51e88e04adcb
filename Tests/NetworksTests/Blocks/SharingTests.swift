import Networks
import Testing

/// Repeats whose passes share one body.
struct SharingTests {
  private static let bodies = [
    "conv 4 3", "conv 4 3; bn; relu", "residual act=relu { conv 4 3; bn; relu; conv 4 5; bn }",
    "parallel join=add { conv 4 3 dilation=2 } { conv 4 1 }",
    "conv 4 3; repeat 2 shared=yes { conv 4 3 }", "highway { conv 4 3 }", "se reduction=2", "",
  ]

  @Test("all but what is learned is that of separate copies", arguments: bodies, 1...3)
  func facts(body: String, passes: Int) throws {
    let shared = try network("4x30", "repeat \(passes) shared=yes { \(body) }")
    let separate = try network("4x30", "repeat \(passes) { \(body) }")
    let once = try network("4x30", body)
    #expect(shared.output == separate.output)
    #expect(shared.receptiveField == separate.receptiveField)
    #expect(shared.multiplyAdds == separate.multiplyAdds)
    #expect(shared.learnableCount == once.learnableCount)
    #expect(shared.runningCount == once.runningCount)
    #expect(shared.parameters.map(\.shape) == once.parameters.map(\.shape))
    try expectWellShaped(shared)
  }

  @Test("blocks inside have paths without an ordinal, and the facts of the first pass")
  func paths() throws {
    let net = try network("4x30", "repeat 3 shared=yes { conv 4 3; bn }")
    #expect(net.paths == ["rep1", "rep1.conv1", "rep1.bn1"])
    #expect(net.facts[try net.at("rep1.conv1").block.id]?.receptiveField.size == [3])
    #expect(net.receptiveField.size == [7])
    #expect(
      NetworkScript.lines(of: net).dropFirst() == [
        "add repeat 3 shared=yes {", "  conv 4 3", "  bn", "}",
      ])
  }

  @Test("a body must keep the shape of its input, unless there is one pass")
  func shapes() throws {
    let error = try #require(try shapeError("4x20", "repeat 2 shared=yes { conv 8 3 stride=2 }"))
    #expect(error.path == "rep1")
    #expect(error.fault == .pass(input: Shape([4, 20]), output: Shape([8, 10])))
    #expect(
      error.offers.map(\.summary) == [
        "channels=4 stride=1 on rep1.conv1: 4x20, -52", "shared=no on rep1: 8x5, +200",
      ])
    let once = try network("4x20", "repeat 1 shared=yes { conv 8 3 stride=2 }")
    #expect(once.output == Shape([8, 10]))
    #expect(try shapeError("4x20", "repeat 2 shared=yes { gap }")?.offers.isEmpty == true)
  }

  @Test("passes count against the limit of blocks")
  func limits() throws {
    let expected = ShapeFault.tooLarge(quantity: .blocks, limit: NetworkLimits.blocks)
    let inner = "repeat 9999 shared=yes { identity }"
    #expect(try fault("4", "repeat 9999 shared=yes { \(inner) }") == expected)
    #expect(try fault("4", Array(repeating: inner, count: 25).joined(separator: "; ")) == expected)
    #expect(try fault("4", inner) == nil)
    let net = try network("4", "repeat 2 shared=yes { }")
    #expect(throws: EditError.self) {
      try net.setting([("copies", "1000000000")], on: [net.at("rep1")])
    }
    var grown = try network("4")
    for index in 1...20 {
      grown = try grown.appending(
        ScriptReader.blocks("repeat 9999 shared=yes name=r\(index) { identity }"))
    }
    #expect(grown.facts[grown.root.id]?.executed == 1 + 20 * 10_000)
    #expect(throws: EditError.self) {
      try grown.appending([Block(name: "more", form: .layer(.identity))])
    }
  }

  @Test("shared=no keeps the identities in the first copy, shared=yes takes the first copy")
  func switching() throws {
    let net = try network("4x20", "repeat 3 shared=yes { conv 4 3; bn }")
    let conv = try net.at("rep1.conv1").block.id
    let separate = try net.setting([("shared", "no")], on: [net.at("rep1")])
    #expect(try separate.at("rep1.1.conv1").block.id == conv)
    #expect(separate.learnableCount == 3 * net.learnableCount)
    let again = try separate.setting([("shared", "yes")], on: [separate.at("rep1")])
    #expect(try again.at("rep1.conv1").block.id == conv)
    #expect(again.isSame(as: net))
    let five = try net.setting([("copies", "5")], on: [net.at("rep1")])
    #expect(five.learnableCount == net.learnableCount)
    #expect(five.multiplyAdds * 3 == net.multiplyAdds * 5)
    #expect(!five.isSame(as: net))
  }

  @Test("the one body is edited, frozen, wrapped and unwrapped as a group is")
  func edits() throws {
    let net = try network("4x20", "repeat 3 shared=yes { conv 4 3; relu }")
    let frozen = try net.freezing([net.at("rep1")]).network
    #expect(frozen.frozenCount == 52 && frozen.learnableCount == 52)
    let wrapped = try net.wrapping(net.run("rep1.conv1..relu1"), in: Arguments(.residual))
    #expect(wrapped.network.paths.contains("rep1.res1.body.conv1"))
    try expectWellShaped(wrapped.network)
    let inserted = try net.inserting(
      ScriptReader.blocks("conv 4 1 name=new"), in: net.at("rep1").block.id, at: 1)
    #expect(inserted.learnableCount == 72)
    #expect(try net.unwrapping(net.at("rep1")).paths == ["conv1", "relu1"])
    #expect(throws: EditError.self) {
      try net.setting([("channels", "6")], on: [net.at("rep1.conv1")])
    }
  }

  @Test("channels are widened inside of a body, not through it")
  func widening() throws {
    let net = try network("4x20", "repeat 3 shared=yes { conv 6 3; relu; conv 4 3 }; gap; dense 2")
    var random = RandomSource(seed: 1)
    let inside = try Widening(net, net.at("rep1.conv1"), to: 9, using: &random)
    #expect(inside.readers == ["rep1.conv2"])
    #expect(throws: SurgeryFault.passes(path: "rep1")) {
      try Widening(net, net.at("rep1.conv2"), to: 9, using: &random)
    }
    let before = try network("4x20", "conv 4 1; repeat 3 shared=yes { relu; bn }; gap; dense 2")
    #expect(try Widening(before, before.at("conv1"), to: 9, using: &random).readers == ["dense1"])
    let read = try network("4x20", "conv 4 1; repeat 3 shared=yes { conv 4 1 }; gap; dense 2")
    #expect(throws: SurgeryFault.passes(path: "rep1")) {
      try Widening(read, read.at("conv1"), to: 9, using: &random)
    }
  }

  @Test("a normalization by each pass's own statistics is no identity")
  func deepening() throws {
    let net = try network("4x20", "repeat 2 shared=yes { conv 4 3; bn; relu; conv 4 3; relu }")
    #expect(throws: SurgeryFault.statistics(path: "rep1.bn1")) {
      try Deepening(net, net.at("rep1.conv1"))
    }
    #expect(try Deepening(net, net.at("rep1.conv2")).inserted.map(\.name) == ["conv3", "relu3"])
    let once = try network("4x20", "repeat 1 shared=yes { conv 4 3; bn; relu }")
    #expect(try Deepening(once, once.at("rep1.conv1")).inserted.count == 3)
    let fixed = try network("4x20", "repeat 2 shared=yes { conv 4 3; bn statistics=running; relu }")
    #expect(try Deepening(fixed, fixed.at("rep1.conv1")).inserted.count == 3)
  }

  @Test("marks of passes differ, and the first has none")
  func marks() {
    let outer = PassMark().passes(2)
    #expect(outer.map(\.text) == ["", "#2"])
    #expect(outer.flatMap { $0.passes(2) }.map(\.text) == ["", "#1.2", "#2.1", "#2.2"])
  }
}
