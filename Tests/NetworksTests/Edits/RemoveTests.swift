import Networks
import Testing

/// Blocks taken away.
struct RemoveTests {
  @Test(
    "single blocks and runs",
    arguments: [
      ("conv 4 3; bn; relu; conv 4 3; relu", "bn1", ["conv1", "relu1", "conv2", "relu2"]),
      ("conv 4 3; bn; relu; conv 4 3; relu", "bn1..conv2", ["conv1", "relu2"]),
      ("conv 4 3; bn; relu", "conv1..relu1", []),
      ("seq { relu; tanh }", "seq1.relu1", ["seq1", "seq1.tanh1"]),
      ("seq { relu; tanh }", "seq1.relu1..tanh1", ["seq1"]),
      (
        "residual { relu; tanh }", "res1.relu1",
        ["res1", "res1.body", "res1.body.tanh1", "res1.shortcut"]
      ),
      (
        "residual { relu } { bn }", "res1.shortcut.bn1",
        ["res1", "res1.body", "res1.body.relu1", "res1.shortcut"]
      ),
    ])
  func remove(text: String, range: String, paths: [String]) throws {
    let net = try network("4x16", text)
    let less = try net.removing(net.run(range))
    #expect(less.paths == paths)
    #expect(less.ids.isSubset(of: net.ids))
    try expectWellShaped(less)
  }

  @Test("copies and branches close ranks")
  func renumbered() throws {
    let net = try network("4x16", "repeat 3 { conv 4 3 }; parallel { relu } { tanh } { elu }")
    let copies = try net.removing(net.run("rep1.1..2"))
    #expect(copies.paths.prefix(3) == ["rep1", "rep1.1", "rep1.1.conv1"])
    #expect(try copies.id("rep1.1") == net.id("rep1.3"))
    #expect(copies.script.contains("repeat 1 {"))
    let branches = try net.removing(net.run("par1.2"))
    #expect(try branches.at("par1.2.elu1").block.kind == .function(.elu))
    #expect(branches.output == Shape([8, 16]))
    try expectWellShaped(copies)
    try expectWellShaped(branches)
  }

  @Test("copies that come to differ become a group")
  func unlike() throws {
    let net = try network("4x16", "repeat 3 { conv 4 3; relu }")
    let less = try net.removing(net.run("rep1.2.relu1"))
    let group = try less.at("rep1").block
    #expect(group.kind == .sequential)
    #expect(try group.id == net.id("rep1"))
    #expect(group.children.map(\.name) == ["1", "2", "3"])
    #expect(
      less.script == """
        input 4x16
        add seq name=rep1 {
          seq name=1 {
            conv 4 3
            relu
          }
          seq name=2 {
            conv 4 3
          }
          seq name=3 {
            conv 4 3
            relu
          }
        }
        """)
    try expectWellShaped(less)
  }

  @Test(
    "places that are fixed",
    arguments: [
      "res1.body", "res1.shortcut", "res1.shortcut.conv1", "res1.shortcut.conv1..bn1", "rep1.1..2",
      "par1.1..2",
    ])
  func fixed(range: String) throws {
    let net = try network(
      "4x16", "residual { conv 8 3 }; repeat 2 { relu }; parallel { relu } { tanh }")
    let run = try net.run(range)
    let path = try #require(run.blocks.first).path
    expectRefused(.fixedPart(path: path), of: net) { net throws(EditError) in
      try net.removing(run)
    }
  }

  @Test("a run of an older network is no run of a newer one")
  func stale() throws {
    let net = try network("4x16", "conv 4 3; relu; tanh")
    let run = try net.run("relu1..tanh1")
    let less = try net.removing(run)
    expectRefused(.path(.nothing(path: "relu1", known: ["conv1"])), of: less) {
      net throws(EditError) in try net.removing(run)
    }
    let changed = try less.adding("elu; elu")
    expectRefused(.path(.nothing(path: "relu1", known: changed.paths)), of: changed) {
      net throws(EditError) in try net.removing(run)
    }
  }

  @Test("what follows must still fit")
  func shapes() throws {
    let net = try network("4x16", "flatten; dense 3")
    let less = try net.removing(net.run("flatten1"))
    #expect(less.learnableCount == net.learnableCount)
    let pooled = try network("4x16", "conv 8 3; conv 6 3 groups=2; gap")
    let narrower = try network("3x16", "conv 8 3; conv 6 3 groups=2")
    #expect(try pooled.removing(pooled.run("conv1")).output == Shape([6]))
    let run = try narrower.run("conv1")
    let expected = ShapeError(
      path: "conv2", block: try narrower.id("conv2"),
      fault: .groups(groups: 2, inputChannels: 3, outputChannels: 6))
    expectRefused(.shape(expected), of: narrower) { net throws(EditError) in
      try net.removing(run)
    }
  }
}
