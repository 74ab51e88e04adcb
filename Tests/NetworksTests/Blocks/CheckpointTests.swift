import Networks
import Testing

/// `checkpoint=yes`: what holds blocks, and has the values inside computed again.
struct CheckpointTests {
  private static let containers = [
    "seq checkpoint=yes { conv 4 3 }", "residual act=relu checkpoint=yes { conv 4 3 }",
    "residual checkpoint=yes { conv 8 3 } { conv 8 1 }",
    "parallel join=add checkpoint=yes { conv 4 3 } { identity }",
    "repeat 3 checkpoint=yes { conv 4 3 }", "repeat 3 shared=yes checkpoint=yes { conv 4 3 }",
    "highway bias=-1 checkpoint=yes { conv 4 3 }", "se reduction=2 checkpoint=yes",
    "tap a; join a checkpoint=yes { conv 4 1 }",
  ]

  @Test(
    "it stands in scripts as it was typed, and nothing else of the network is another",
    arguments: containers)
  func script(text: String) throws {
    let net = try network("4x30", text)
    let plain = try network("4x30", text.replacing(" checkpoint=yes", with: ""))
    #expect(net.output == plain.output)
    #expect(net.learnableCount == plain.learnableCount)
    #expect(net.multiplyAdds == plain.multiplyAdds)
    let lines = NetworkScript.lines(of: net)
    #expect(lines.joined(separator: "\n").contains(" checkpoint=yes"))
    #expect(
      lines.map { $0.replacing(" checkpoint=yes", with: "") } == NetworkScript.lines(of: plain))
    let marked = net.root.children.last { $0.isCheckpointed }
    #expect(marked?.arguments["checkpoint"] == .flag(true))
    let unmarked = try #require(marked)
    #expect(!unmarked.isSame(as: plain.root.children[net.root.children.count - 1]))
    #expect(unmarked.copied().isCheckpointed)
    try expectWellShaped(net)
  }

  @Test("what wraps may have it, and a group of blocks and a gate is one")
  func wrapping() throws {
    let grouped = try network("4x30", "se reduction=2 checkpoint=yes { conv 4 3 }")
    #expect(
      NetworkScript.lines(of: grouped).dropFirst() == [
        "add seq checkpoint=yes {", "  conv 4 3", "  se reduction=2", "}",
      ])
    let turned = try network("4x30", "rezero checkpoint=yes { conv 4 3 }")
    #expect(
      NetworkScript.lines(of: turned).dropFirst() == [
        "add residual checkpoint=yes {", "  conv 4 3", "  scale 0", "}",
      ])
  }

  @Test("it is set and taken back on blocks that are there, identities kept")
  func setting() throws {
    let net = try network("4x30", "residual { conv 4 3 }; repeat 2 { conv 4 3; bn }")
    let targets = try ["res1", "rep1"].map { try net.at($0) }
    let marked = try net.setting([(key: "checkpoint", text: "yes")], on: targets)
    #expect(marked.root.children.map(\.isCheckpointed) == [true, true])
    #expect(marked.root.children.map(\.id) == net.root.children.map(\.id))
    #expect(marked.parameters.map(\.key) == net.parameters.map(\.key))
    let more = try marked.setting([(key: "copies", text: "4")], on: [try marked.at("rep1")])
    #expect(more.root.children[1].isCheckpointed && more.root.children[1].children.count == 4)
    let one = try more.setting([(key: "shared", text: "yes")], on: [try more.at("rep1")])
    #expect(one.root.children[1].isCheckpointed)
    let back = try marked.setting(
      [(key: "checkpoint", text: "no")],
      on: try ["res1", "rep1"].map { try marked.at($0) })
    #expect(back.root == net.root)
  }

  @Test("parts with a fixed place and layers have none of their own")
  func refusals() throws {
    let net = try network("4x30", "residual { conv 4 3 }; repeat 2 { conv 4 3 }")
    for path in ["res1.body", "rep1.2"] {
      let container = String(path.prefix(4))
      #expect(throws: EditError.checkpointOfPart(path: path, container: container)) {
        _ = try net.setting([(key: "checkpoint", text: "yes")], on: [try net.at(path)])
      }
      let part = try net.at(path)
      let same = try net.setting([(key: "checkpoint", text: "no")], on: [part])
      #expect(same.root == net.root)
    }
    #expect(
      throws: EditError.argument(
        .unknownKey(kind: .convolution, key: "checkpoint"), path: "res1.body.conv1")
    ) {
      _ = try net.setting(
        [(key: "checkpoint", text: "yes")], on: [try net.at("res1.body.conv1")])
    }
  }
}
