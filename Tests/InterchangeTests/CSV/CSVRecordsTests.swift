import Testing

@testable import Interchange

@Suite struct CSVRecordsTests {
  private func rows(_ text: String, separator: Character = ",") throws -> [[String]] {
    var records = CSVRecords(
      try LineReader(bytes: Array(text.utf8), path: "x.csv"), separator: separator.asciiValue ?? 44)
    var rows: [[String]] = []
    while try records.next({ record in rows.append((0..<record.count).map { record[$0].text }) }) {}
    return rows
  }

  private static let cases: [(String, [[String]])] = [
    ("", []), ("\n \n", []), ("a", [["a"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
    ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), (",\n", [["", ""]]),
    ("a, b ,", [["a", "b", ""]]),
    (#""a","b,c""#, [["a", "b,c"]]), (#""a""b",c"#, [[#"a"b"#, "c"]]),
    (" \" a \" ,b", [[" a ", "b"]]),
    ("\"a\nb\r\n\nc\",d\ne,f", [["a\nb\n\nc", "d"], ["e", "f"]]),
    (#"5" pipe,a"b"#, [[#"5" pipe"#, #"a"b"#]]), ("\"\",\"\"", [["", ""]]),
    (#"a,"""#, [["a", ""]]),
    ("\"ä\n\",\"é\"", [["ä\n", "é"]]),
  ]

  @Test(arguments: cases) func cutsRows(text: String, expected: [[String]]) throws {
    #expect(try rows(text) == expected)
  }

  @Test func otherSeparators() throws {
    #expect(try rows("a;b,c", separator: ";") == [["a", "b,c"]])
    #expect(try rows("a\t\tb", separator: "\t") == [["a", "", "b"]])
    #expect(try rows("\t\"a\"\t", separator: "\t") == [["", "a", ""]])
  }

  @Test(
    arguments: [
      ("a,b", ","), ("a;b,c", ";"), ("a\tb;c,d", "\t"), ("\"a;b\",c", ","), ("a", ","),
    ] as [(String, Character)])
  func separatorIsLookedFor(line: String, separator: Character) {
    var line = line
    #expect(line.withUTF8 { CSVRecords.separator(of: $0) } == separator.asciiValue)
  }

  @Test func fieldsKnowTheirPlaces() throws {
    let text = "ä,b\n\"ä\"\"\nß\", é ,\"x\"\n"
    var records = CSVRecords(try LineReader(bytes: Array(text.utf8), path: "x"), separator: 44)
    var places: [[Int]] = []
    while try records.next({ record in
      for index in 0..<record.count {
        places.append([record.line, record.fields[index].line, record.column(of: index)])
      }
    }) {}
    #expect(places == [[1, 1, 1], [1, 1, 3], [2, 2, 1], [2, 3, 5], [2, 3, 8]])
  }

  private static let broken: [(String, String)] = [
    (
      "a,b\nc, \"d\ne\n",
      """
      x.csv:2:4: expected a closing quote for the one opened here, found the end of the file
        next: close the quote, or write it twice where it is meant as text
      """
    ),
    (
      "a,\"b\nc\"d ,e",
      """
      x.csv:2:3: expected a separator after the closing quote, found 'd'
        next: write a quote within a quoted field twice
      """
    ),
  ]

  @Test(arguments: broken) func brokenQuotes(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try rows(text) }
    #expect(error?.description == message)
  }
}
