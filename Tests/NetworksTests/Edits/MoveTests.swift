import Networks
import Testing

/// Blocks at another place.
struct MoveTests {
  private let net: Network

  init() throws {
    net = try network(
      "4x16", "conv 4 3; relu; seq { tanh; relu }; residual { conv 4 3; bn }; repeat 2 { elu }")
  }

  private func moved(_ range: String, to parent: String?, before anchor: String?) throws -> Network
  {
    try net.moving(
      net.run(range), to: parent.map { try net.id($0) } ?? net.root.id,
      before: anchor.map { try net.id($0) })
  }

  @Test(
    "within a chain, before a block or to the end",
    arguments: [
      ("relu1", "conv1", ["relu1", "conv1", "seq1", "res1", "rep1"]),
      ("conv1..relu1", "rep1", ["seq1", "res1", "conv1", "relu1", "rep1"]),
      ("conv1", nil, ["relu1", "seq1", "res1", "rep1", "conv1"]),
      ("seq1..rep1", "conv1", ["seq1", "res1", "rep1", "conv1", "relu1"]),
      ("conv1", "relu1", ["conv1", "relu1", "seq1", "res1", "rep1"]),
      ("conv1", "conv1", ["conv1", "relu1", "seq1", "res1", "rep1"]),
      ("conv1..seq1", "relu1", ["conv1", "relu1", "seq1", "res1", "rep1"]),
    ] as [(String, String?, [String])])
  func within(range: String, anchor: String?, names: [String]) throws {
    let result = try moved(range, to: nil, before: anchor)
    #expect(result.root.children.map(\.name) == names)
    #expect(result.identities == net.identities)
    try expectWellShaped(result)
  }

  @Test("into another chain: identities go along, names that are taken there give way")
  func between() throws {
    let result = try moved("relu1", to: "seq1", before: "seq1.tanh1")
    #expect(result.children(of: try net.id("seq1")).map(\.name) == ["relu2", "tanh1", "relu1"])
    #expect(try result.id("seq1.relu2") == net.id("relu1"))
    #expect(try result.id("seq1.relu1") == net.id("seq1.relu1"))
    #expect(result.ids == net.ids)
    let out = try moved("seq1.relu1", to: nil, before: "conv1")
    #expect(out.root.children.map(\.name) == ["relu2", "conv1", "relu1", "seq1", "res1", "rep1"])
    let deep = try moved("conv1", to: "res1.body", before: nil)
    #expect(
      deep.children(of: try net.id("res1.body")).map(\.name) == ["conv1", "bn1", "conv2"])
    for result in [result, out, deep] { try expectWellShaped(result) }
  }

  @Test(
    "places that are fixed",
    arguments: [
      ("conv1", "res1", "res1"), ("conv1", "rep1", "rep1"), ("conv1", "relu1", "relu1"),
      ("conv1", "res1.shortcut", "res1.shortcut"), ("rep1.1", "seq1", "rep1"),
      ("res1.body", "seq1", "res1"), ("seq1", "seq1", "seq1"), ("conv1..seq1", "seq1", "seq1"),
    ])
  func fixed(range: String, parent: String, path: String) throws {
    let (run, id) = (try net.run(range), try net.id(parent))
    expectRefused(.fixedPart(path: path), of: net) { net throws(EditError) in
      try net.moving(run, to: id, before: nil)
    }
  }

  @Test("an anchor that is elsewhere")
  func anchor() throws {
    let (run, seq, bn) = (try net.run("conv1"), try net.id("seq1"), try net.id("res1.bn1"))
    let nothing = PathFault.nothing(path: "res1.body.bn1", known: net.paths)
    expectRefused(.path(nothing), of: net) { net throws(EditError) in
      try net.moving(run, to: seq, before: bn)
    }
  }

  @Test("shapes that disagree at the new place")
  func shapes() throws {
    let net = try network("4x16", "conv 6 3; gap")
    let (run, conv) = (try net.run("gap1"), try net.id("conv1"))
    let expected = ShapeError(
      path: "conv1", block: conv,
      fault: .rank(kind: "conv", wanted: [1, 2], input: Shape([4])))
    expectRefused(.shape(expected), of: net) { net throws(EditError) in
      try net.moving(run, to: net.root.id, before: conv)
    }
  }
}
