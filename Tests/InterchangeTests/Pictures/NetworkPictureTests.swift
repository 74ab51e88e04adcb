import Networks
import Testing

@testable import Interchange

/// Pictures of networks as SVG and as graphs, in both directions.
struct NetworkPictureTests {
  private func check(_ diagram: NetworkDiagram, _ name: String) throws {
    for direction in PictureDirection.allCases {
      let name = direction == .down ? name : "\(name)-\(direction.rawValue)"
      try RecordedPicture.check(NetworkPicture(diagram, direction: direction).svg, name + ".svg")
      try RecordedPicture.check(NetworkGraph(diagram, direction: direction).dot, name + ".dot")
    }
  }

  @Test func drawsSkipsRepeatsAndBranches() throws {
    try check(NetworkDiagram(try PictureFixture.plain(), title: "a < \"b\" & c\\"), "network")
  }

  @Test func drawsGates() throws {
    try check(NetworkDiagram(try PictureFixture.gates(), title: "gates"), "gates")
  }

  @Test func drawsTaps() throws {
    try check(NetworkDiagram(try PictureFixture.taps(), title: "taps"), "taps")
  }

  @Test func drawsCopiesThatDiffer() throws {
    try check(NetworkDiagram(try PictureFixture.stages(), title: "stages"), "stages")
  }

  @Test func drawsAnEmptyNetwork() throws {
    try check(NetworkDiagram(try PictureFixture.network([]), title: "main"), "empty")
  }

  @Test("a part has its own ends")
  func drawsAPart() throws {
    let network = try PictureFixture.plain()
    let part = try network.block(at: "res1").block.id
    try check(NetworkDiagram(network, of: part, title: "res1 of main"), "part")
  }

  @Test("what is folded is a box, in branches and copies too, but not the part itself")
  func drawsFoldedContainers() throws {
    let network = try PictureFixture.stages()
    let folded = try PictureFixture.blocks(
      "stem", "stage1.rep1", "rep1.2", "rep1.1.res1", of: network)
    try check(NetworkDiagram(network, title: "folded", folded: folded), "folded")
    let plain = try PictureFixture.plain()
    let inside = try PictureFixture.blocks("par1", "par1.2", "res1.shortcut", of: plain)
    let part = try plain.block(at: "par1").block.id
    try check(
      NetworkDiagram(plain, of: part, title: "par1 of main", folded: inside), "folded-part")
    let shortcut = try plain.block(at: "res1").block.id
    try check(
      NetworkDiagram(plain, of: shortcut, title: "res1 of main", folded: inside),
      "folded-shortcut")
  }

  @Test("a block that is not there leaves the whole network")
  func drawsTheWholeForAnotherNetworksPart() throws {
    let network = try PictureFixture.network([])
    let other = NetworkDiagram(network, of: BlockID(), title: "main")
    #expect(NetworkGraph(other).dot == NetworkGraph(NetworkDiagram(network, title: "main")).dot)
  }
}
