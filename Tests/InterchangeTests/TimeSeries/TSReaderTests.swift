import Networks
import Testing

@testable import Interchange

@Suite struct TSReaderTests {
  private func table(_ text: String, fill: Float? = nil) throws -> SeriesTable {
    try TSReader.read(LineReader(bytes: Array(text.utf8), path: "A.ts"), fill: fill)
  }

  private func classes(_ table: SeriesTable) -> ([Int32], [String])? {
    guard case .classes(let indices, let names) = table.targets.alone else { return nil }
    return (indices, names)
  }

  @Test func univariateWithAllTags() throws {
    let table = try table(
      """
      # A comment, with a : and a ,

      @problemName A
      @timeStamps false
      @missing false
      @univariate true
      @equalLength true
      @seriesLength 3
      @classLabel true 1 2
      @data
      1,2.5,-3e1:2
      # between the cases
      4, 5 ,6:1

      7,8,9:2
      """)
    #expect(
      try table.tensor(length: 3)
        == Tensor(shape: [3, 1, 3], values: [1, 2.5, -30, 4, 5, 6, 7, 8, 9]))
    let (indices, names) = try #require(classes(table))
    #expect(indices == [1, 0, 1])
    #expect(names == ["1", "2"])
  }

  @Test func multivariateWithWordsForLabels() throws {
    let table = try table(
      """
      @dimensions 2
      @classLabel true walk run
      @DATA
      1,2,3:4,5,6:run
      7,8,9:10,11,12: walk
      """)
    #expect(table.dimensions == 2)
    #expect(
      try table.tensor(length: 3)
        == Tensor(shape: [2, 2, 3], values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]))
    let (indices, names) = try #require(classes(table))
    #expect(indices == [0, 1])
    #expect(names == ["run", "walk"])
  }

  @Test(arguments: ["@data 2\r\n", "", "@univariate true\n@data\n"])
  func tagsMayLackOrHaveMore(head: String) throws {
    let table = try table(head + "1,2:-1\r\n3,4:1\r\n")
    #expect(try table.tensor(length: 2).values == [1, 2, 3, 4])
    let (indices, names) = try #require(classes(table))
    #expect(indices == [0, 1])
    #expect(names == ["-1", "1"])
  }

  @Test func declaredClassesCountThoughNoCaseHasThem() throws {
    let (indices, names) = try #require(
      classes(try table("@classLabel true 10 9 2\n@data\n1:9\n2:2.0\n")))
    #expect(indices == [1, 0])
    #expect(names == ["2", "9", "10"])
  }

  @Test func withoutLabels() throws {
    let table = try table("@classLabel false\n@data\n1,2:3,4\n5,6:7,8\n")
    #expect(table.dimensions == 2)
    #expect(classes(table) == nil)
  }

  @Test func targetsOfRegression() throws {
    let table = try table("@targetlabel true\n@data\n1,2:0.5\n3,4:-1e2\n")
    guard case .values(let targets) = table.targets.alone else {
      Issue.record("numbers were expected")
      return
    }
    #expect(targets == Tensor(shape: [2, 1], values: [0.5, -100]))
  }

  @Test func fillReplacesAndPads() throws {
    let table = try table("1,?,3:NaN,5:a\n6:7,8,9:b\n", fill: -1)
    #expect(
      try table.tensor(length: 3, fill: -1)
        == Tensor(shape: [2, 2, 3], values: [1, -1, 3, -1, 5, -1, 6, -1, -1, 7, 8, 9]))
  }

  private static let broken: [(String, String)] = [
    (
      "",
      """
      A.ts: expected at least one row of data, found none
        next: check that the file was copied whole
      """
    ),
    (
      "@data\n# nothing\n",
      """
      A.ts: expected at least one row of data, found none
        next: check that the file was copied whole
      """
    ),
    (
      "@data\n1,zwölf,3:1\n",
      """
      A.ts:2:3: expected a number in value 2, found 'zwölf'
        next: correct the line
      """
    ),
    (
      "@data\n1,2:3, x:1\n",
      """
      A.ts:2:8: expected a number in value 2 of dimension 2, found 'x'
        next: correct the line
      """
    ),
    (
      "@data\n1,2,3:1\n1,?,3:1\n",
      """
      A.ts:3:3: expected a number in value 2, found the missing value '?'
        next: data ucr A.ts fill=0, or complete the row
      """
    ),
    (
      "@data\n1,,3:1\n",
      """
      A.ts:2:3: expected a number in value 2, found nothing
        next: data ucr A.ts fill=0, or complete the row
      """
    ),
    (
      "@data\n1,1e39:1\n",
      """
      A.ts:2:3: expected a number within ±3.4e38 in value 2, found '1e39'
        next: scale the values down
      """
    ),
    (
      "@data\n1,2:\n",
      """
      A.ts:2:5: expected a label, found nothing
        next: complete the row or remove it
      """
    ),
    (
      "@classLabel true 1 2\n@data\n1,2\n",
      """
      A.ts:3: expected a label, found nothing
        next: complete the row or remove it
      """
    ),
    (
      "@classLabel true 1 2\n@data\n1,2:3\n",
      """
      A.ts:3:5: expected one of the labels '1', '2' of @classLabel, found '3'
        next: add it to the @classLabel line or correct it
      """
    ),
    (
      "@dimensions 3\n@data\n1:2:a\n",
      """
      A.ts:3: expected 3 dimensions as @dimensions says, found 2
        next: complete the line or remove it
      """
    ),
    (
      "1,2:3,4:a\n1,2:a\n",
      """
      A.ts:2: expected 2 dimensions as in line 1, found 1
        next: complete the line or remove it
      """
    ),
    (
      "1,2::a\n",
      """
      A.ts:1: expected values in dimension 2, found none
        next: complete the line or remove it
      """
    ),
    (
      "@timeStamps true\n@data\n",
      """
      A.ts:1: expected plain values, found time stamps
        next: save the series without time stamps, as equally spaced values
      """
    ),
    (
      "@data\n(0,1.5),(1,2.5):a\n",
      """
      A.ts:2:1: expected plain values, found time stamps
        next: save the series without time stamps, as equally spaced values
      """
    ),
    (
      "@targetLabel true\n@data\n1,2:high\n",
      """
      A.ts:3:5: expected a number in the target, found 'high'
        next: correct the line
      """
    ),
  ]

  @Test(arguments: broken) func brokenFile(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try table(text) }
    #expect(error?.description == message)
  }
}
