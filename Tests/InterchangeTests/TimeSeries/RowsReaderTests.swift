import Networks
import Testing

@testable import Interchange

@Suite struct RowsReaderTests {
  private func table(_ text: String, fill: Float? = nil) throws -> SeriesTable {
    try RowsReader.read(LineReader(bytes: Array(text.utf8), path: "A.tsv"), fill: fill)
  }

  @Test(arguments: [
    "2\t1.5\t-2\n-1\t3\t4\n", "2,1.5,-2\r\n-1, 3 ,4\r\n",
    "   2.0000000e+00  1.5e+00 -2.0\n\n  -1.0e+00   3.0   4.0  \n",
  ])
  func labelFirstThenValues(text: String) throws {
    let table = try table(text)
    #expect(try table.tensor(length: 2) == Tensor(shape: [2, 1, 2], values: [1.5, -2, 3, 4]))
    guard case .classes(let indices, let names) = table.targets.alone else {
      Issue.record("classes were expected")
      return
    }
    #expect(indices == [1, 0])
    #expect(names == ["-1", "2"])
  }

  @Test func paddingOfTheArchiveIsFilled() throws {
    let table = try table("1\t5\t6\tNaN\n2\t7\tNaN\tNaN\n", fill: 0)
    #expect(try table.tensor(length: 3).values == [5, 6, 0, 7, 0, 0])
  }

  private static let broken: [(String, String)] = [
    (
      " \n\n",
      """
      A.tsv: expected at least one row of data, found none
        next: check that the file was copied whole
      """
    ),
    (
      "1\t2\tx\n",
      """
      A.tsv:1:5: expected a number in value 2, found 'x'
        next: correct the line
      """
    ),
    (
      "1\t2\t\n",
      """
      A.tsv:1:5: expected a number in value 2, found nothing
        next: data ucr A.tsv fill=0, or complete the row
      """
    ),
    (
      "1\t\t3\n",
      """
      A.tsv:1:3: expected a number in value 1, found nothing
        next: data ucr A.tsv fill=0, or complete the row
      """
    ),
    (
      "\t2\t3\n",
      """
      A.tsv:1:1: expected a label, found nothing
        next: complete the row or remove it
      """
    ),
    (
      "1\n",
      """
      A.tsv:1: expected values in dimension 1, found none
        next: complete the line or remove it
      """
    ),
  ]

  @Test(arguments: broken) func brokenFile(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try table(text) }
    #expect(error?.description == message)
  }
}
