import Networks
import Testing

/// Shortcuts are resolved anew when shapes change; their blocks keep identities where they can.
struct ShortcutIdentityTests {
  private func ids(_ net: Network, _ path: String) throws -> [BlockID] {
    try net.block(at: path).block.children.map(\.id)
  }

  @Test("other channels and strides keep the projection's blocks")
  func projection() throws {
    let net = try network("1x64", "residual { conv 10 3 stride=2; bn }")
    let before = try ids(net, "res1.shortcut")
    let wider = try net.setting([("channels", "20")], on: [net.at("res1.conv1")])
    let slower = try wider.setting([("stride", "4")], on: [wider.at("res1.conv1")])
    #expect(try ids(slower, "res1.shortcut") == before)
    #expect(
      try NetworkScript.line(of: slower.at("res1.shortcut.conv1").block)
        == "conv 20 1 stride=4 bias=no")
    try expectWellShaped(slower)
  }

  @Test("from one kind to another: what both have is kept, the rest is new")
  func kinds() throws {
    let net = try network("4x64", "residual { conv 10 3 stride=2 }")
    let residual = try net.at("res1")
    let conv = try net.id("res1.shortcut.conv1")
    let pooled = try net.setting([("shortcut", "pool")], on: [residual])
    #expect(try pooled.id("res1.shortcut.conv1") == conv)
    #expect(
      try pooled.at("res1.shortcut").block.children.map(\.name) == ["avgpool1", "conv1", "bn1"])
    let zeros = try pooled.setting([("shortcut", "A")], on: [pooled.at("res1")])
    #expect(try zeros.at("res1.shortcut").block.children.map(\.name) == ["subsample1"])
    #expect(zeros.learnableCount == 4 * 10 * 3 + 10)
  }

  @Test("shapes that come to agree drop the projection; the body's blocks stay")
  func dropped() throws {
    let net = try network("4x64", "residual { conv 10 3 stride=2; bn }")
    let body = try ids(net, "res1.body")
    let same = try net.setting(
      [("channels", "4"), ("stride", "1")], on: [net.at("res1.conv1")])
    #expect(try ids(same, "res1.shortcut") == [])
    #expect(try ids(same, "res1.body") == body)
    #expect(try same.id("res1.shortcut") == net.id("res1.shortcut"))
  }

  @Test("another input resolves all shortcuts again")
  func otherInput() throws {
    let net = try network("1x64", "residual { conv 4 3 }; residual { conv 4 3 }")
    let first = try ids(net, "res1.shortcut")
    let wide = try net.with(input: Shape([4, 32]))
    #expect(try ids(wide, "res1.shortcut") == [])
    let image = try net.with(input: Shape([1, 16, 16]))
    #expect(try ids(image, "res1.shortcut") == first)
    #expect(image.output == Shape([4, 16, 16]))
    #expect(net.ids.isSuperset(of: wide.ids))
  }

  @Test("given layers become resolved ones by shortcut=, and keep identities of a kind")
  func fromGiven() throws {
    let net = try network("1x64", "residual { conv 4 3 } { conv 4 1; bn; relu }")
    let conv = try net.id("res1.shortcut.conv1")
    let auto = try net.setting([("shortcut", "auto")], on: [net.at("res1")])
    #expect(try auto.id("res1.shortcut.conv1") == conv)
    #expect(
      try auto.at("res1.shortcut").block.children.map { NetworkScript.line(of: $0) }
        == ["conv 4 1 bias=no", "bn"])
    let other = try net.setting([("scale", "0.5")], on: [net.at("res1")])
    #expect(try ids(other, "res1.shortcut") == ids(net, "res1.shortcut"))
  }

  @Test("copies of a repeat may differ in their shortcuts and stay copies")
  func copies() throws {
    let text = "repeat 3 { residual { conv 8 3; bn } }"
    let net = try network("4x16", text)
    #expect(try net.at("rep1").block.kind == .repeated)
    #expect(try ids(net, "rep1.1.res1.shortcut").count == 2)
    #expect(try ids(net, "rep1.2.res1.shortcut").isEmpty)
    let longer = try net.adding("gap")
    #expect(try longer.at("rep1").block.kind == .repeated)
    #expect(
      longer.script
        == "input 4x16\nadd repeat 3 {\n  residual {\n    conv 8 3\n    bn\n  }\n}\nadd gap")
    try expectWellShaped(longer)
  }
}
