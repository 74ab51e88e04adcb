import Networks
import Synchronization
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

  @Test("a pipe whose reader has stopped is left when the user asks for it")
  func leavesAPipe() throws {
    let path = folder.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    let asked = Mutex(0)
    let text = String(repeating: "x", count: 1 << 20)
    #expect(throws: FileError(path: path, problem: .system(.interrupted))) {
      try Interruption.with({
        asked.withLock { count in
          count += 1
          return count > 40
        }
      }) { try AtomicFile.write(text, to: path) }
    }
    var bytes: [UInt8] = Array(repeating: 0, count: 1 << 20)
    let count = read(reader, &bytes, bytes.count)
    #expect(count > 0 && count < 1 << 20)
  }

  @Test("a file that is half written when the user asks for an end leaves the old one")
  func leavesAFile() throws {
    _ = try folder.write("old", to: "net.esp")
    #expect(throws: FileError(path: folder.path("net.esp"), problem: .system(.interrupted))) {
      try Interruption.with({ true }) {
        try AtomicFile.write("new", to: folder.path("net.esp"))
      }
    }
    #expect(try text("net.esp") == "old")
    #expect(try folder.names == ["net.esp"])
  }

  @Test("a pipe that nobody writes is read until the user asks for an end")
  func leavesAPipeThatIsRead() throws {
    let path = folder.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let asked = Mutex(0)
    #expect(throws: FileError(path: path, problem: .system(.interrupted))) {
      try Interruption.with({
        asked.withLock { count in
          count += 1
          return count > 2
        }
      }) { _ = try WholeFile.text(at: path) }
    }
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
    let text = errorText(in: folder) { try AtomicFile.write("new", to: folder.path("a")) }
    #expect(
      text == """
        a: expected links that lead to a file, found links that lead in a circle
          next: ls -l a in the shell shows where it leads
        """)
    #expect(try folder.names == ["a", "b"])
  }

  @Test func aLinkIntoAMissingFolderNamesThatFolder() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("lost.esp"), withDestinationPath: "nowhere/new.esp")
    let text = errorText(in: folder) { try AtomicFile.write("new", to: folder.path("lost.esp")) }
    #expect(
      text == """
        lost.esp: expected the folder 'nowhere' to write in, found none
          next: mkdir -p nowhere in the shell
        """)
    #expect(try folder.names == ["lost.esp"])
  }

  @Test func aLinkToANameThatIsNoUTF8IsRefused() throws {
    try #require(symlink("\u{FF}", folder.path("plain")) == 0)
    let target: [CChar] = [0x61, CChar(bitPattern: 0xFF), 0]
    try #require(symlink(target, folder.path("link")) == 0)
    let text = errorText(in: folder) { try AtomicFile.write("new", to: folder.path("link")) }
    #expect(
      text == """
        link: expected a link to a name in UTF-8, found one to other bytes
          next: ls -l link in the shell shows where it leads
        """)
    #expect(try folder.names == ["link", "plain"])
  }

  @Test func aChainOfLinksKeepsAllOfThem() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("sub"), withIntermediateDirectories: false)
    for (link, target) in [("a", "sub/b"), ("sub/b", "../c"), ("c", folder.path("sub/real"))] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path(link), withDestinationPath: target)
    }
    try AtomicFile.write("new", to: folder.path("a"))
    #expect(try text("sub/real") == "new")
    #expect(try folder.names == ["a", "c", "sub"])
  }

  @Test func aDescriptorOfOursIsWrittenWhereItStands() throws {
    let descriptor = open(folder.path("log"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    try #require(write(descriptor, "before ", 7) == 7)
    try AtomicFile.write("between ", to: "/dev/fd/\(descriptor)")
    try #require(write(descriptor, "after", 5) == 5)
    #expect(try text("log") == "before between after")
    #expect(try folder.names == ["log"])
  }

  @Test func aPipeThatNobodyReadsIsRefused() throws {
    try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
    let text = errorText(in: folder) { try AtomicFile.write("new", to: folder.path("pipe")) }
    #expect(
      text == """
        pipe: expected a program that reads the pipe, found none
          next: cat pipe in another shell, then write again
        """)
    let reader = open(folder.path("pipe"), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(reader) }
    try AtomicFile.write("new", to: folder.path("pipe"))
    var bytes = [UInt8](repeating: 0, count: 8)
    #expect(read(reader, &bytes, 8) == 3)
    #expect(try folder.names == ["pipe"])
  }

  @Test func whatIsNotWholeYetIsNotForOthers() throws {
    let path = try folder.write("old", to: "secret.esp")
    try #require(chmod(path, 0o644) == 0)
    var modes: [mode_t] = []
    try AtomicFile.write(to: path) { writer throws(FileError) in
      let names = (try? folder.names) ?? []
      for name in names where name.hasSuffix(".tmp") {
        var status = stat()
        if stat(folder.path(name), &status) == 0 { modes.append(status.st_mode & 0o777) }
      }
      try writer.write(Array("new".utf8))
    }
    #expect(modes == [0o600])
    #expect(try mode("secret.esp") == 0o644)
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
