import Testing

@testable import Networks

/// Patterns without dots that fit blocks inside containers only.
struct DeeperPatternTests {
  struct Case: Sendable {
    let typed: String
    let paths: [String]
    let count: Int
    let first: String
    let pattern: String
  }

  static let cases = [
    Case(
      typed: "conv*", paths: ["res1", "res1.body", "res1.body.conv1", "res1.body.conv2"],
      count: 2, first: "res1.body.conv1", pattern: "res1.body.conv*"),
    Case(
      typed: "*1", paths: ["stem", "stem.bn1", "tail.bn1"], count: 2, first: "stem.bn1",
      pattern: "*.*1"),
    Case(
      typed: "conv*",
      paths: ["a.conv1", "rep1.1.conv1", "rep1.2.conv1", "rep2.1.conv1"], count: 4,
      first: "a.conv1", pattern: "rep*.*.conv*"),
    Case(
      typed: "conv*",
      paths: ["res1.body", "res1.body.conv1", "res1.shortcut", "res1.shortcut.conv1"], count: 1,
      first: "res1.body.conv1", pattern: "res1.body.conv*"),
  ]

  @Test("a pattern with dots reaches what lies deeper", arguments: cases)
  func reaches(this: Case) throws {
    let deeper = try #require(DeeperPattern(this.typed, among: this.paths))
    #expect(deeper.count == this.count)
    #expect(deeper.first == this.first)
    #expect(deeper.pattern == this.pattern)
  }

  @Test(
    "nothing is found for dots, names in full and what fits nowhere",
    arguments: ["res1.conv*", "conv1", "dense*"])
  func nothing(typed: String) {
    #expect(DeeperPattern(typed, among: ["res1.body", "res1.body.conv1"]) == nil)
  }
}
