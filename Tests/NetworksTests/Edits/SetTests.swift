import Networks
import Testing

/// Other values for the keys of blocks.
struct SetTests {
  private let net: Network

  init() throws {
    net = try network(
      "4x16",
      "conv 4 3; relu; residual { conv 8 3; bn }; repeat 2 { conv 8 3; elu }; parallel { relu } { elu }"
    )
  }

  @Test(
    "keys of layers and containers, positional ones by name",
    arguments: [
      ("conv1", "kernel", "5", "conv 4 5"), ("conv1", "pad", "1", "conv 4 3 pad=1"),
      ("conv1", "act", "relu", "conv 4 3 act=relu"), ("conv1", "bias", "no", "conv 4 3 bias=no"),
      ("conv1", "bias", "yes", "conv 4 3"), ("conv1", "bias", "-2", "conv 4 3 bias=-2"),
      ("res1", "act", "relu", "residual act=relu { conv 8 3; bn }"),
      ("res1", "scale", "0.5", "residual scale=0.5 { conv 8 3; bn }"),
      ("res1", "shortcut", "A", "residual shortcut=A { conv 8 3; bn }"),
      ("res1.bn1", "eps", "0.001", "bn eps=0.001"),
      ("rep1", "copies", "5", "repeat 5 { conv 8 3; elu }"),
      ("rep1", "copies", "1", "repeat 1 { conv 8 3; elu }"),
      ("par1", "join", "add", "parallel join=add { relu } { elu }"),
    ])
  func set(path: String, key: String, text: String, line: String) throws {
    let target = try net.at(path)
    let result = try net.setting([(key, text)], on: [target])
    let changed = try result.at(path).block
    #expect(NetworkScript.line(of: changed) == line)
    #expect(changed.id == target.block.id)
    try expectWellShaped(result)
  }

  @Test("several keys of several blocks at once; the others stay")
  func several() throws {
    let result = try net.setting(
      [("kernel", "5"), ("bias", "no")], on: net.blocks(matching: "rep1.*.conv1"))
    #expect(try result.at("rep1").block.kind == .repeated)
    #expect(
      try NetworkScript.line(of: result.at("rep1").block) == "repeat 2 { conv 8 5 bias=no; elu }")
    #expect(result.identities == net.identities)
    try expectWellShaped(result)
  }

  @Test("copies: more are made of the first, fewer drop the last")
  func copies() throws {
    let more = try net.setting([("copies", "4")], on: [net.at("rep1")])
    #expect(try more.id("rep1.2") == net.id("rep1.2"))
    #expect(more.learnableCount == net.learnableCount + 2 * (8 * 8 * 3 + 8))
    let fewer = try more.setting([("copies", "1")], on: [more.at("rep1")])
    #expect(try fewer.id("rep1.1") == net.id("rep1.1"))
    for result in [more, fewer] { try expectWellShaped(result) }
  }

  @Test("one copy set on its own makes a group of the repeat")
  func unlike() throws {
    let result = try net.setting([("kernel", "5")], on: [net.at("rep1.2.conv1")])
    #expect(try result.at("rep1").block.kind == .sequential)
    #expect(result.identities == net.identities)
    try expectWellShaped(result)
  }

  @Test("nothing to set changes nothing")
  func nothing() throws {
    #expect(try net.setting([], on: net.blocks(matching: "*")).root == net.root)
    #expect(try net.setting([("kernel", "5")], on: []).root == net.root)
  }

  @Test("keys and values that do not suit")
  func refusedArguments() throws {
    let conv = try net.at("conv1")
    let faults: [(key: String, text: String, fault: ArgumentFault)] = [
      ("size", "3", .unknownKey(kind: .convolution, key: "size")),
      (
        "kernel", "0",
        .value(kind: .convolution, parameter: "kernel", text: "0", type: .extents)
      ),
      ("bias", "2e9", .value(kind: .convolution, parameter: "bias", text: "2e9", type: .bias)),
    ]
    for (key, text, fault) in faults {
      expectRefused(.argument(fault, path: "conv1"), of: net) { net throws(EditError) in
        try net.setting([(key, text)], on: [conv])
      }
    }
    let twice = ArgumentFault.repeated(kind: .convolution, key: "kernel")
    expectRefused(.argument(twice, path: "conv1"), of: net) { net throws(EditError) in
      try net.setting([("kernel", "3"), ("kernel", "5")], on: [conv])
    }
    let relu = try net.at("relu1")
    let unknown = ArgumentFault.unknownKey(kind: .function(.relu), key: "kernel")
    expectRefused(.argument(unknown, path: "relu1"), of: net) { net throws(EditError) in
      try net.setting([("kernel", "5")], on: [conv, relu])
    }
  }

  @Test("blocks that follow from the shapes")
  func followsFromShapes() throws {
    let conv = try net.at("res1.shortcut.conv1")
    expectRefused(.fixedPart(path: "res1.shortcut.conv1"), of: net) { net throws(EditError) in
      try net.setting([("bias", "yes")], on: [conv])
    }
    let given = try network("4x16", "residual { conv 8 3 } { conv 8 1 }")
    let result = try given.setting([("bias", "no")], on: [given.at("res1.shortcut.conv1")])
    #expect(result.learnableCount == given.learnableCount - 8)
  }

  @Test("a block of another network")
  func strange() throws {
    let strange = try network("4x16", "conv 4 3").at("conv1")
    expectRefused(.path(.nothing(path: "conv1", known: net.paths)), of: net) {
      net throws(EditError) in try net.setting([("kernel", "5")], on: [strange])
    }
  }

  @Test("shapes that disagree, with offers at the sum")
  func shapes() throws {
    let result = editError { () throws(EditError) in
      try net.setting([("shortcut", "identity")], on: net.blocks(matching: "res1"))
    }
    guard case .shape(let error) = result else {
      Issue.record("an identity of other channels was taken")
      return
    }
    #expect(error.path == "res1")
    #expect(error.offers.map(\.repair) == [.shortcut(.projection), .shortcut(.zeroPadded)])
  }
}
