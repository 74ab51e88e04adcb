import Testing

@testable import Interchange

/// Pictures of tables of counts.
struct MatrixPictureTests {
  @Test("short names stand over the columns, long ones upright")
  func pictures() throws {
    try RecordedPicture.check(
      MatrixPicture(
        title: "main on test", note: "28 of 33 examples right", names: ["0", "1", "<&>"],
        counts: [[9, 1, 0], [2, 10, 0], [0, 2, 9]]
      ).svg, "matrix.svg")
    try RecordedPicture.check(
      MatrixPicture(
        title: "main on train", note: "1,234 of 1,240 examples right",
        names: ["healthy tissue", "a name that is far too long to be shown"],
        counts: [[1000, 6], [0, 234]]
      ).svg, "matrix-names.svg")
  }

  @Test("nothing, and a class without examples, are drawn too")
  func edges() {
    let empty = MatrixPicture(title: "t", note: "n", names: [], counts: [])
    #expect(empty.svg.hasSuffix("</svg>\n"))
    let none = MatrixPicture(title: "t", note: "n", names: ["a"], counts: [[0]])
    #expect(none.svg.contains("fill=\"#ffffff\""))
  }
}
