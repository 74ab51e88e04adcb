import Testing

@testable import Interchange

@Suite struct LineReaderTests {
  private func lines(_ reader: LineReader) throws -> [String] {
    var lines: [String] = []
    while let line = try reader.next() { lines.append(line.text) }
    return lines
  }

  @Test(arguments: [
    ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb\n\nc", ["a", "b", "", "c"]),
    ("\u{FEFF}a\nb", ["a", "b"]), ("\r", [""]),
  ])
  func cutsLines(text: String, expected: [String]) throws {
    #expect(try lines(LineReader(bytes: Array(text.utf8), path: "x")) == expected)
  }

  @Test func linesLongerThanTheBufferComeWholeFromAFile() throws {
    let folder = try TemporaryFolder()
    let expected = [1, 200_000, 0, 700_000, 3, 262_144, 5].enumerated().map { index, count in
      String(repeating: Character(Unicode.Scalar(UInt8(97 + index))), count: count)
    }
    let path = try folder.write(expected.joined(separator: "\n"), to: "long.txt")
    let reader = try LineReader(path: path)
    #expect(try reader.peek()?.count == 1)
    #expect(try lines(reader) == expected)
    #expect(reader.line == expected.count)
  }

  @Test func peekSkipsEmptyLinesAndTakesNothing() throws {
    let reader = try LineReader(bytes: Array("\n \r\n\na,b\nc".utf8), path: "x")
    #expect(try reader.peek()?.text == "a,b")
    #expect(try lines(reader) == ["", " ", "", "a,b", "c"])
    #expect(try reader.peek() == nil)
  }

  @Test(arguments: [
    (
      [0x1F, 0x8B, 8] as [UInt8],
      """
      x.csv: expected text, found gzip data
        next: gunzip x.csv in the shell
      """
    ),
    (
      [0x50, 0x4B, 3, 4],
      """
      x.csv: expected text, found a zip archive
        next: unzip x.csv in the shell
      """
    ),
    (
      [0xFF, 0xFE, 0x31, 0],
      """
      x.csv: expected UTF-8 text, found UTF-16 text
        next: iconv -f UTF-16 -t UTF-8 x.csv in the shell
      """
    ),
    (
      [0x31, 0x2C, 0],
      """
      x.csv: expected text, found zero bytes, so a binary file
        next: name the format it really has: help data
      """
    ),
  ])
  func whatIsNoTextIsAnError(bytes: [UInt8], text: String) {
    let error = #expect(throws: FileError.self) { try LineReader(bytes: bytes, path: "x.csv") }
    #expect(error?.description == text)
  }

  @Test func endlessLineIsAnError() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      [UInt8](repeating: 0x31, count: LineReader.lengthLimit + (1 << 20)), to: "x.csv")
    let text = errorText(in: folder) { _ = try lines(LineReader(path: path)) }
    #expect(
      text == """
        x.csv:1: expected lines of at most 67,108,864 bytes, found a longer one
          next: check that it is a table of one example a line
        """)
  }

  @Test func missingFileAndFolderAreErrors() throws {
    let folder = try TemporaryFolder()
    #expect(
      errorText(in: folder) { _ = try LineReader(path: folder.path("no.csv")) } == """
        no.csv: expected a file to read, found none of this name
          next: ls . in the shell shows what is there
        """)
    #expect(
      errorText(in: folder) { _ = try LineReader(path: folder.path) } == """
        .: expected a file, found a folder
          next: name a file in it
        """)
  }
}
