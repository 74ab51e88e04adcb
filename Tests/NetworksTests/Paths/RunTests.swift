import Networks
import Testing

/// Ranges of neighbours.
struct RunTests {
  private let net: Network

  init() throws {
    net = try network(
      "4x16", "conv 4 3; bn; relu; residual { conv 4 3; bn; relu }; repeat 3 { elu }; seq { tanh }")
  }

  @Test(
    "single blocks and ranges",
    arguments: [
      ("bn1", 1..<2, ["bn1"]), ("conv1..relu1", 0..<3, ["conv1", "bn1", "relu1"]),
      ("conv1..conv1", 0..<1, ["conv1"]),
      ("relu1..seq1", 2..<6, ["relu1", "res1", "rep1", "seq1"]),
      ("res1.body.conv1..relu1", 0..<3, ["res1.body.conv1", "res1.body.bn1", "res1.body.relu1"]),
      ("res1.conv1..bn1", 0..<2, ["res1.body.conv1", "res1.body.bn1"]),
      ("res1.conv1..res1.bn1", 0..<2, ["res1.body.conv1", "res1.body.bn1"]),
      ("res1.bn1..res1.body.relu1", 1..<3, ["res1.body.bn1", "res1.body.relu1"]),
      ("rep1.2..3", 1..<3, ["rep1.2", "rep1.3"]),
      (
        "rep1.1..rep1.3", 0..<3,
        ["rep1.1", "rep1.2", "rep1.3"]
      ),
      ("se*", 5..<6, ["seq1"]), ("c*..b*", 0..<2, ["conv1", "bn1"]),
    ])
  func run(text: String, indices: Range<Int>, paths: [String]) throws {
    let run = try net.run(text)
    #expect(run.indices == indices)
    #expect(run.blocks.map(\.path) == paths)
    #expect(run.blocks.map(\.index) == Array(indices))
    #expect(run.blocks.map(\.block.id) == net.children(of: run.parent)[indices].map(\.id))
  }

  @Test("ends that are missing, ambiguous, or no neighbours in this order")
  func faults() throws {
    let known = net.paths
    let expected: [(text: String, fault: PathFault)] = [
      ("conv9", .nothing(path: "conv9", known: known)),
      ("conv9..relu1", .nothing(path: "conv9", known: known)),
      ("conv1..relu9", .nothing(path: "relu9", known: known)),
      ("res1.conv1..relu9", .nothing(path: "res1.body.relu9", known: known)),
      ("..relu1", .nothing(path: "", known: known)), ("conv1..", .nothing(path: "", known: known)),
      ("..", .nothing(path: "", known: known)), ("", .nothing(path: "", known: known)),
      ("conv1...relu1", .nothing(path: ".relu1", known: known)),
      ("r*", .several(path: "r*", count: 3)), ("conv1..r*", .several(path: "r*", count: 3)),
      ("relu1..conv1", .notNeighbours(from: "relu1", to: "conv1")),
      ("conv1..res1.body.bn1", .notNeighbours(from: "conv1", to: "res1.body.bn1")),
      ("rep1.1.elu1..rep1.2.elu1", .notNeighbours(from: "rep1.1.elu1", to: "rep1.2.elu1")),
    ]
    for (text, fault) in expected {
      let found = #expect(throws: PathFault.self, "\(text)") { try net.run(text) }
      #expect(found == fault, "\(text)")
    }
  }
}
