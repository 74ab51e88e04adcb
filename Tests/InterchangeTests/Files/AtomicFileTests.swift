import Testing

@testable import Interchange

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct AtomicFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func text(_ name: String) throws -> String {
    String(decoding: try TemporaryFolder.read(folder.path(name)), as: UTF8.self)
  }

  private func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
  }

  @Test func newFileHoldsTheTextAndNothingElseIsLeft() throws {
    try AtomicFile.write("input 1x64\n", to: folder.path("net.esp"))
    #expect(try text("net.esp") == "input 1x64\n")
    #expect(try folder.names == ["net.esp"])
  }

  @Test func existingFileIsReplacedAndKeepsItsPermissions() throws {
    _ = try folder.write("old, and longer than the new one", to: "net.esp")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640], ofItemAtPath: folder.path("net.esp"))
    try AtomicFile.write("new", to: folder.path("net.esp"))
    #expect(try text("net.esp") == "new")
    #expect(try mode("net.esp") == 0o640)
  }

  @Test func linkStaysALinkToTheNewText() throws {
    _ = try folder.write("old", to: "real.esp")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link.esp"), withDestinationPath: "real.esp")
    try AtomicFile.write("new", to: folder.path("link.esp"))
    #expect(try text("real.esp") == "new")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link.esp"))
        == "real.esp")
  }

  @Test func aLinkThatLeadsNowhereIsFollowed() throws {
    let link = folder.path("link.esp")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "new.esp")
    try AtomicFile.write("new", to: link)
    #expect(try text("new.esp") == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "new.esp")
    #expect(try folder.names == ["link.esp", "new.esp"])
    let lost = folder.path("lost.esp")
    try FileManager.default.createSymbolicLink(
      atPath: lost, withDestinationPath: "nowhere/new.esp")
    #expect(throws: FileError.self) { try AtomicFile.write("new", to: lost) }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: lost) == "nowhere/new.esp")
  }

  @Test func linksInACircleAreRefused() throws {
    for (one, other) in [("a", "b"), ("b", "a")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path(one), withDestinationPath: other)
    }
    let error = #expect(throws: FileError.self) {
      try AtomicFile.write("new", to: folder.path("a"))
    }
    #expect(error?.problem == .system(.other(.writing, code: ELOOP)))
    #expect(try folder.names == ["a", "b"])
  }

  @Test(.enabled(if: geteuid() == 0, "only the superuser can give files away"))
  func anotherOwnersFileStaysTheirs() throws {
    let path = try folder.write("old", to: "net.esp")
    try #require(chown(path, 12, 34) == 0 && chmod(path, 0o664) == 0)
    try AtomicFile.write("new", to: path)
    var status = stat()
    try #require(stat(path, &status) == 0)
    #expect(status.st_uid == 12)
    #expect(status.st_gid == 34)
    #expect(try mode("net.esp") == 0o664)
  }

  @Test func whatKilledProcessesHaveLeftIsRemovedAndNothingElse() throws {
    // A process that has ended: its number is free, or belongs to another soon.
    var child: pid_t = 0
    let words: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
    defer { free(words[0]) }
    try #require(posix_spawn(&child, "/bin/true", nil, nil, words, nil) == 0)
    var status: Int32 = 0
    waitpid(child, &status, 0)
    let left = UnfinishedFile.newName(process: child)
    let parent = UnfinishedFile.newName(process: getppid())
    let kept = [parent, ".espalier-other-1-2.tmp", ".espalier-x.tmp", "x.tmp"].sorted()
    for name in kept + [left] { _ = try folder.write("half", to: name) }
    try AtomicFile.write("new", to: folder.path("net.esp"))
    #expect(try folder.names == (kept + ["net.esp"]).sorted())
  }

  @Test func failureHalfWayLeavesTheOldFileAndNoOther() throws {
    _ = try folder.write("old", to: "net.esp")
    let stop = FileError(path: "net.esp", problem: .system(.noSpace))
    #expect(throws: stop) {
      try AtomicFile.write(to: folder.path("net.esp")) { writer throws(FileError) in
        try writer.write(Array("half".utf8))
        throw stop
      }
    }
    #expect(try text("net.esp") == "old")
    #expect(try folder.names == ["net.esp"])
  }

  @Test func nameAsLongAsTheSystemAllowsIsWritten() throws {
    let name = String(repeating: "n", count: 255)
    try AtomicFile.write("text", to: folder.path(name))
    #expect(try text(name) == "text")
  }

  @Test func deviceIsWrittenThroughAndStays() throws {
    try AtomicFile.write("text", to: "/dev/null")
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    #expect(type as? FileAttributeType == .typeCharacterSpecial)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
  func fullDiskIsAnError() {
    let text = errorText(in: folder) { try AtomicFile.write("text", to: "/dev/full") }
    #expect(
      text == """
        /dev/full: expected room on the disk, found none left; nothing was replaced
          next: df -h /dev in the shell, or a name on another disk
        """)
  }

  @Test func missingFolderIsAnError() {
    let text = errorText(in: folder) {
      try AtomicFile.write("text", to: folder.path("no/such/net.esp"))
    }
    #expect(
      text == """
        no/such/net.esp: expected the folder 'no/such' to write in, found none
          next: mkdir -p no/such in the shell
        """)
  }

  @Test(arguments: ["", "/", "/sub"]) func folderIsAnError(tail: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("sub"), withIntermediateDirectories: false)
    let path = tail == "/sub" ? folder.path("sub") : folder.path + tail
    let error = #expect(throws: FileError.self) { try AtomicFile.write("text", to: path) }
    #expect(
      error?.description == """
        \(path): expected a file, found a folder
          next: name a file in it
        """)
  }

  @Test func fileAmongTheFoldersIsAnError() throws {
    _ = try folder.write("text", to: "file")
    let text = errorText(in: folder) {
      try AtomicFile.write("text", to: folder.path("file/net.esp"))
    }
    #expect(
      text == """
        file/net.esp: expected folders before the last slash, found a file among them
          next: name a path through folders that exist
        """)
  }

  @Test func nameBeyondTheSystemsLimitIsAnError() throws {
    let name = String(repeating: "n", count: 256)
    let text = errorText(in: folder) { try AtomicFile.write("text", to: folder.path(name)) }
    #expect(
      text == """
        \(name): expected a name the file system can hold, found one too long
          next: name it shorter
        """)
    #expect(try folder.names.isEmpty)
  }

  @Test func emptyNameIsAnError() {
    #expect(
      errorText(in: folder) { try AtomicFile.write("text", to: "") } == """
        '': expected the name of a file, found nothing
          next: name a file
        """)
  }

  @Test func zeroByteInTheNameIsAnError() {
    let text = errorText(in: folder) { try AtomicFile.write("text", to: "a\0b") }
    #expect(
      text == """
        a\0b: expected the name of a file, found a zero byte in it
          next: name a file
        """)
  }

  @Test(.enabled(if: getuid() != 0, "root may write anywhere"))
  func folderClosedToUsIsAnError() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("closed"), withIntermediateDirectories: false)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o500], ofItemAtPath: folder.path("closed"))
    let text = errorText(in: folder) {
      try AtomicFile.write("text", to: folder.path("closed/net.esp"))
    }
    #expect(
      text == """
        closed/net.esp: expected permission to write, found none
          next: ls -ld closed closed/net.esp in the shell shows who has it
        """)
  }
}
