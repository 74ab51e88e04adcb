import Glibc
import Interchange
import Testing

/// Texts that are read at once, and what is left alone where nobody may be waited for.
@Suite struct WholeFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func readsTextWithoutItsMark() throws {
    let path = try folder.write([0xEF, 0xBB, 0xBF] + Array("ä\n".utf8) + [0xFF], to: "text")
    #expect(try WholeFile.text(at: path, waits: false) == "ä\n\u{FFFD}")
  }

  @Test func waitsForNoPipeWhereItMayNot() throws {
    let pipe = folder.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    for (path, message) in [
      (pipe, "expected a file on a disk, found a pipe or device"),
      ("/dev/null", "expected a file on a disk, found a pipe or device"),
      (folder.path, "expected a file, found a folder"),
    ] {
      let error = #expect(throws: FileError.self) { try WholeFile.text(at: path, waits: false) }
      #expect(error?.message == "\(path): \(message)")
      #expect(!Folder.holdsFile(path))
    }
    #expect(Folder.holdsFile(try folder.write("", to: "file")))
  }
}
