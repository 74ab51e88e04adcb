import Networks
import Testing

/// Values that are tapped and joined later.
struct TapTests {
  private static let unet =
    "conv 4 3; tap a; maxpool 2; conv 6 3; tap b; maxpool 2; conv 8 3; upsample 2; "
    + "join b concat; conv 6 3; upsample 2; join a concat { conv 2 1 }; conv 3 3"

  @Test func shapesAndPrices() throws {
    let net = try network("1x32", Self.unet)
    let facts = { (path: String) in try #require(net.facts[net.at(path).block.id]) }
    #expect(net.output == Shape([3, 32]))
    #expect(try facts("join1").output == Shape([14, 16]))
    #expect(try facts("join2").output == Shape([8, 32]))
    #expect(try facts("join2").input == Shape([6, 32]))
    #expect(try facts("join2.path").input == Shape([4, 32]))
    #expect(try facts("join2").learnable == 10)
    #expect(try facts("join2").multiplyAdds == 4 * 2 * 32)
    #expect(try facts("tap1").learnable == 0)
    #expect(net.learnableCount == 16 + 78 + 152 + 258 + 10 + 75)
    try expectWellShaped(net)
  }

  @Test("what is seen is what is seen on either way")
  func field() throws {
    let net = try network("1x32", "tap a; conv 2 5 pad=2; conv 2 3; join a concat { conv 1 9 }")
    #expect(net.receptiveField.size == [9])
    let short = try network("1x32", "tap a; conv 2 5 pad=2; conv 2 3; join a concat")
    #expect(short.receptiveField.size == [7])
  }

  @Test("of equal names the newest counts, in the order of execution")
  func newest() throws {
    let net = try network("4x8", "tap a; conv 6 1; tap a; conv 2 1; join a concat")
    #expect(net.output == Shape([8, 8]))
    let copies = try network("2x8", "repeat 3 { tap x; conv 2 3; join x concat; conv 2 1 }")
    #expect(copies.output == Shape([2, 8]))
    let around = try network("2x8", "residual { conv 2 3; tap x }; conv 5 1; join x concat")
    #expect(around.output == Shape([7, 8]))
    let branches = try network("2x8", "parallel { conv 3 1; tap x } { conv 4 1; join x concat }")
    #expect(branches.output == Shape([10, 8]))
    let passes = try network("2x8", "repeat 4 shared=yes { tap x; conv 2 3; join x }; join x")
    #expect(passes.output == Shape([2, 8]))
    #expect(passes.tapLines.map(\.joins.count) == [2])
  }

  @Test("blocks put at the end are inferred as in the whole", arguments: [1, 4, 9, 13])
  func appending(count: Int) throws {
    let blocks = try ScriptReader.blocks(Self.unet)
    var grown = try network("1x32")
    for block in blocks.prefix(count) { grown = try grown.appending([block]) }
    let whole = try grown.with(input: grown.input)
    #expect(grown.output == whole.output)
    #expect(grown.tapLines.map(\.name) == whole.tapLines.map(\.name))
    for (id, facts) in whole.facts { #expect(grown.facts[id] == facts) }
  }

  @Test func script() throws {
    let net = try network("1x32", Self.unet)
    let lines = NetworkScript.lines(of: net)
    #expect(
      lines.suffix(7) == [
        "add join b concat", "add conv 6 3", "add upsample 2", "add join a concat {", "  conv 2 1",
        "}", "add conv 3 3",
      ])
    #expect(try ScriptReader.network(lines).isSame(as: net))
    let other = try net.setting([("tap", "c")], on: [net.at("tap2"), net.at("join1")])
    #expect(!other.isSame(as: net))
  }

  @Test func lines() throws {
    let net = try network("1x32", Self.unet + "; tap c")
    #expect(net.tapLines.map(\.path) == ["tap1", "tap2", "tap3"])
    #expect(net.tapLines.map(\.name) == ["a", "b", "c"])
    #expect(
      net.tapLines.map(\.joins)
        == [[try net.at("join2").block.id], [try net.at("join1").block.id], []])
  }

  @Test("a join without a tap before it", arguments: ["join a", "join a; tap a", "tap b; join a"])
  func missing(text: String) throws {
    let error = try #require(try shapeError("4x8", text))
    #expect(error.path == "join1")
    #expect(error.fault == .tap(name: "a", known: text.hasPrefix("tap b") ? ["b"] : []))
  }

  @Test("an edit that takes away or changes what is joined is refused")
  func edits() throws {
    let net = try network("4x8", "tap a; conv 4 3; relu; join a; gap")
    #expect(throws: EditError.self) { try net.removing(net.run("tap1")) }
    #expect(throws: EditError.self) { try net.setting([("tap", "b")], on: [net.at("tap1")]) }
    #expect(throws: EditError.self) { try net.setting([("channels", "5")], on: [net.at("conv1")]) }
    let both = try net.setting([("tap", "b")], on: [net.at("tap1"), net.at("join1")])
    #expect(both.tapLines.map(\.name) == ["b"])
    let moved = try net.moving(net.run("join1"), to: net.root.id, before: net.at("relu1").block.id)
    #expect(moved.paths == ["tap1", "conv1", "join1", "join1.path", "relu1", "gap1"])
    let copy = try net.setting([("join", "mul")], on: [net.at("join1")])
    #expect(copy.output == net.output)
  }

  @Test("layers on the way of a tap, with their prices")
  func repairs() throws {
    let offers = { (text: String) in
      try #require(try shapeError("4x8", text)).offers.map { offer in
        NetworkScript.line(of: offer.repaired) + " \(offer.addedParameters)"
      }
    }
    #expect(
      try offers("tap a; conv 8 3; join a") == [
        "join a { subsample 8 } 0", "join a { conv 8 1 bias=no; bn } 48",
      ])
    #expect(
      try offers("tap a; conv 4 3 stride=2; join a concat") == ["join a concat { avgpool } 0"])
    #expect(
      try offers("conv 4 3 stride=4; tap a; upsample 2; join a mul") == [
        "join a mul { upsample 2 } 0"
      ])
    #expect(
      try offers("tap a; conv 6 1; join a { relu }") == [
        "join a { relu; subsample 6 } 0", "join a { relu; conv 6 1 bias=no; bn } 36",
      ])
    #expect(try offers("tap a; gap; join a") == [])
    let error = try #require(try shapeError("4x8", "tap a; gap; join a"))
    #expect(
      error.fault
        == .join(tap: "a", join: .add, tapped: Shape([4, 8]), input: Shape([4])))
  }

  @Test("channels are widened through a tap to all that reads it")
  func widening() throws {
    var random = RandomSource(seed: 1)
    let net = try network(
      "4x20", "conv 6 3; tap a; conv 3 1; join a concat; conv 2 1; gap; dense 2")
    #expect(
      try Widening(net, net.at("conv1"), to: 9, using: &random).readers == ["conv2", "conv3"])
    let sum = try network("4x20", "conv 6 3; tap a; conv 6 1; join a; gap; dense 2")
    #expect(throws: SurgeryFault.join(path: "join1", kind: .join)) {
      try Widening(sum, sum.at("conv2"), to: 9, using: &random)
    }
    let alike = try network("4x20", "conv 6 3; tap a; relu; join a; gap; dense 2")
    #expect(try Widening(alike, alike.at("conv1"), to: 9, using: &random).readers == ["dense1"])
  }

  @Test("blocks that hold a tap are left out only where nothing misses it")
  func bypassing() throws {
    let net = try network("4x8", "seq { conv 4 3; tap a }; conv 4 3; join a")
    #expect(throws: (any Error).self) { try net.bypassing(net.at("seq1").block.id) }
    let free = try network("4x8", "seq { conv 4 3; tap a }; conv 4 3")
    #expect(try free.bypassing(free.at("seq1").block.id).output == Shape([4, 8]))
  }
}
