import Networks
import Testing

/// Paths with wildcards, and without the segment `body`.
struct PathPatternTests {
  private let net: Network

  init() throws {
    net = try network(
      "4x16",
      """
      conv 4 3; conv 4 3; conv 4 3 name=conv10; relu
      residual { conv 4 3; residual { bn; conv 4 3 name=body } }
      repeat 2 { conv 4 3; bn }
      parallel { relu } { seq { tanh } }
      """)
  }

  @Test("the paths of many blocks are those of each, in the order asked for")
  func manyPaths() throws {
    var ids: [BlockID] = []
    net.walk { block, _ in ids.append(block.id) }
    ids = ids.reversed() + [net.root.id] + ids.prefix(3)
    #expect(net.paths(of: ids) == ids.compactMap { net.path(of: $0) })
    #expect(net.paths(of: [ids[0]]) == [try #require(net.path(of: ids[0]))])
    #expect(try network("4x16", "relu").paths(of: ids) == [])
  }

  @Test(
    "what a path matches, in the order of the tree",
    arguments: [
      ("conv1", ["conv1"]), ("conv*", ["conv1", "conv2", "conv10"]),
      ("conv1*", ["conv1", "conv10"]),
      ("*1", ["conv1", "relu1", "res1", "rep1", "par1"]), ("c*v*0", ["conv10"]),
      ("*", ["conv1", "conv2", "conv10", "relu1", "res1", "rep1", "par1"]),
      ("**", ["conv1", "conv2", "conv10", "relu1", "res1", "rep1", "par1"]),
      ("conv1**", ["conv1", "conv10"]), ("*conv1*", ["conv1", "conv10"]),
      ("rep1.*", ["rep1.1", "rep1.2"]), ("rep1.*.conv1", ["rep1.1.conv1", "rep1.2.conv1"]),
      ("rep*.2.*", ["rep1.2.conv1", "rep1.2.bn1"]), ("res1.*", ["res1.body", "res1.shortcut"]),
      ("res1.body", ["res1.body"]), ("res1.body.conv1", ["res1.body.conv1"]),
      ("par1.2.seq1.tanh1", ["par1.2.seq1.tanh1"]), ("*.*.tanh1", []),
      ("*.*.*.tanh1", ["par1.2.seq1.tanh1"]),
      ("", []), (".", []), ("conv1.", []), (".conv1", []), ("conv", []), ("Conv1", []),
      ("conv1.conv1", []), ("nothing", []), ("*x*", []), ("rep1.3", []),
    ])
  func matches(path: String, found: [String]) {
    #expect(net.blocks(matching: path).map(\.path) == found)
  }

  @Test(
    "body may be left out, also more than once and with wildcards",
    arguments: [
      ("res1.conv1", ["res1.body.conv1"]), ("res1.c*", ["res1.body.conv1"]),
      ("res*.conv*", ["res1.body.conv1"]), ("*.conv1", ["res1.body.conv1"]),
      ("res1.res1.bn1", ["res1.body.res1.body.bn1"]),
      ("res1.body.res1.bn1", ["res1.body.res1.body.bn1"]),
      ("res1.res1.body", ["res1.body.res1.body"]),
      ("res1.res1.body.body", ["res1.body.res1.body.body"]), ("res1.relu1", []),
      ("res1.shortcut.conv1", []), ("rep1.conv1", []),
    ])
  func shorthand(path: String, found: [String]) {
    #expect(net.blocks(matching: path).map(\.path) == found)
  }

  @Test("every path finds its own block and place")
  func own() throws {
    for path in net.paths {
      let located = try net.at(path)
      #expect(located.path == path)
      #expect(net.path(of: located.block.id) == path)
      #expect(net.block(located.block.id) == located.block)
      #expect(net.children(of: located.parent)[located.index].id == located.block.id)
    }
    #expect(net.path(of: BlockID()) == nil)
    #expect(net.block(BlockID()) == nil)
    #expect(net.children(of: BlockID()).isEmpty)
    #expect(net.block(net.root.id) == net.root)
  }

  @Test("one block is asked for: none, or too many")
  func one() throws {
    let none = #expect(throws: PathFault.self) { try net.block(at: "conv7") }
    #expect(none == .nothing(path: "conv7", known: net.paths))
    let many = #expect(throws: PathFault.self) { try net.block(at: "conv*") }
    #expect(many == .several(path: "conv*", count: 3))
    let noMatch = #expect(throws: PathFault.self) { try net.someBlocks(matching: "x*") }
    #expect(noMatch == .nothing(path: "x*", known: net.paths))
    #expect(try net.someBlocks(matching: "conv*").count == 3)
  }

  @Test("a long pattern of stars against a long name takes no long time")
  func stars() throws {
    let name = String(repeating: "a", count: 64)
    let long = try network("4", "relu name=\(name)")
    let pattern = String(repeating: "*a", count: 60)
    #expect(long.blocks(matching: pattern).count == 1)
    #expect(long.blocks(matching: pattern + "b").isEmpty)
  }

  @Test("paths are listed in the order of the tree, shortcuts after bodies")
  func order() throws {
    let net = try network("4x16", "residual { conv 8 3 }; repeat 2 { relu }; parallel { } { bn }")
    #expect(
      net.paths == [
        "res1", "res1.body", "res1.body.conv1", "res1.shortcut", "res1.shortcut.conv1",
        "res1.shortcut.bn1", "rep1", "rep1.1", "rep1.1.relu1", "rep1.2", "rep1.2.relu1", "par1",
        "par1.1", "par1.2", "par1.2.bn1",
      ])
  }
}
