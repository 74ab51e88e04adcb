import Testing

@testable import Interchange

/// Labels in Latin-1: read as UTF-8, different ones would become the same.
@Suite struct BrokenCharactersTests {
  private static let latin1: [UInt8] = [0x63, 0x61, 0x66, 0xE9]
  private static let message = """
    expected UTF-8 text, found other bytes in 'caf\u{FFFD}'
      next: iconv -f LATIN1 -t UTF-8 x in the shell, if it is in Latin-1
    """

  private func expect(
    _ place: String, _ bytes: [UInt8], _ read: (LineReader) throws -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let reader = try LineReader(bytes: bytes, path: "x")
    let error = #expect(throws: FileError.self, sourceLocation: sourceLocation) {
      try read(reader)
    }
    #expect(error?.description == "\(place): \(Self.message)", sourceLocation: sourceLocation)
  }

  @Test func labelsAndNamesAreErrors() throws {
    try expect("x:1:5", Array("1,2:".utf8) + Self.latin1) { _ = try TSReader.read($0) }
    try expect("x:1:1", Self.latin1 + Array("\t1\n".utf8)) { _ = try RowsReader.read($0) }
    try expect("x:2:3", Array("1,a\n2,".utf8) + Self.latin1) {
      _ = try CSVTable($0, options: CSVOptions())
    }
    try expect("x:1:3", Array("x,".utf8) + Self.latin1 + Array("\n1,2\n".utf8)) {
      _ = try CSVTable($0, options: CSVOptions())
    }
  }
}
