import Testing

@testable import Sessions

/// Tables that are wider than there is room, and lists of words.
struct BlockTableTests {
  private func table() -> TextTable {
    var table = TextTable([
      ("block", .leading), ("kind", .leading), ("norm", .trailing), ("", .leading),
    ])
    table.append(["stage1.12.res1.body.conv1", "conv 16 3 stride=2", "0.25", "████"])
    table.append(["fc", "dense 10", "1.5", "██"])
    return table
  }

  @Test(
    "names are cut on their left, then kinds, and figures stay",
    arguments: [
      (
        57,
        """
        block                      kind                norm
        stage1.12.res1.body.conv1  conv 16 3 stride=2  0.25  ████
        fc                         dense 10             1.5  ██
        """
      ),
      (
        50,
        """
        block               kind                norm
        …2.res1.body.conv1  conv 16 3 stride=2  0.25  ████
        fc                  dense 10             1.5  ██
        """
      ),
      (
        40,
        """
        block           kind          norm
        …s1.body.conv1  conv 16 3 s…  0.25  ████
        fc              dense 10       1.5  ██
        """
      ),
    ])
  func cutting(columns: Int, text: String) {
    let lines = table().blockLines(columns: columns, .unicode)
    #expect(lines.map(\.text).joined(separator: "\n") == text)
    #expect(lines.allSatisfy { DisplayWidth.columns(of: $0.text) <= columns })
    #expect(lines.allSatisfy { $0.isSetInColumns })
  }

  @Test(arguments: [(0, ""), (1, "…"), (4, "…nv1"), (5, "conv1"), (9, "conv1")])
  func left(columns: Int, text: String) {
    #expect(DisplayWidth.truncateLeft("conv1", to: columns) == text)
  }

  @Test(arguments: [
    ([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"),
  ])
  func lists(words: [String], text: String) {
    #expect(Numbers.list(words) == text)
  }

  @Test func whatGoesOnInTheBackground() {
    let session = Session()
    session.answer("input 1x8")
    #expect(
      Complaint(session.answer("tree &").text).message
        == "only train, step and resume go on in the background, found & after tree")
  }
}
