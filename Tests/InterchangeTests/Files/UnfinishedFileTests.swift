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

/// What killed writes leave, and what is never taken for it.
@Suite struct UnfinishedFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The number of a process that has ended.
  private func endedProcess() throws -> pid_t {
    var child: pid_t = 0
    let words: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
    defer { free(words[0]) }
    try #require(posix_spawn(&child, "/bin/true", nil, nil, words, nil) == 0)
    var status: Int32 = 0
    waitpid(child, &status, 0)
    return child
  }

  private func sweptNames() throws -> [String] {
    try AtomicFile.write("new", to: folder.path("net.esp"))
    return try folder.names
  }

  @Test func whatEndedProcessesHaveLeftIsRemovedAndNothingElse() throws {
    let left = UnfinishedFile.newName(process: try endedProcess())
    let parent = UnfinishedFile.newName(process: getppid())
    let kept = [
      parent, ".espalier-other-1-2.tmp", ".espalier-x.tmp", "x.tmp", left + "~", "a" + left,
      left.replacing(".tmp", with: "").appending("-more.tmp"),
    ]
    for name in kept + [left] { _ = try folder.write("half", to: name) }
    #expect(try sweptNames() == (kept + ["net.esp"]).sorted())
  }

  @Test func aFileThatSomeoneHasLockedIsNotLeft() throws {
    let path = try folder.write("half", to: UnfinishedFile.newName(process: try endedProcess()))
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    try #require(descriptor >= 0 && flock(descriptor, LOCK_EX) == 0)
    #expect(try sweptNames().count == 2)
    close(descriptor)
    #expect(try sweptNames() == ["net.esp"])
  }

  @Test func aNumberThatIsUsedAgainIsToldByTheFilesAge() throws {
    let recent = try folder.write("half", to: UnfinishedFile.newName(process: getppid()))
    let old = try folder.write("half", to: UnfinishedFile.newName(process: getppid()))
    let past = Date(timeIntervalSinceNow: -Double(UnfinishedFile.longestPause) - 60)
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: old)
    #expect(try sweptNames() == [Path.name(of: recent), "net.esp"].sorted())
  }

  @Test func aNumberThatEachStartGetsIsNotTakenForItself() throws {
    _ = try folder.write("half", to: UnfinishedFile.newName())
    #expect(try sweptNames() == ["net.esp"])
  }

  @Test func foldersAndLinksOfSuchNamesStay() throws {
    let process = try endedProcess()
    let aim = try folder.write("aim", to: "aim")
    let (link, sub) = (
      UnfinishedFile.newName(process: process), UnfinishedFile.newName(process: process)
    )
    try #require(symlink(aim, folder.path(link)) == 0 && mkdir(folder.path(sub), 0o700) == 0)
    #expect(try sweptNames() == [link, sub, "aim", "net.esp"].sorted())
  }

  @Test func writersInOneFolderLeaveEachOtherAlone() async throws {
    let path = folder.path
    await withTaskGroup(of: Int.self) { group in
      for writer in 0..<4 {
        group.addTask {
          (0..<50).count { (try? AtomicFile.write("\($0)", to: path + "/\(writer)")) == nil }
        }
      }
      for await failures in group { #expect(failures == 0) }
    }
    #expect(try folder.names == ["0", "1", "2", "3"])
  }

  @Test(arguments: [
    ".espalier--1-2.tmp", ".espalier-h-0-2.tmp", ".espalier-h--1-2.tmp", ".espalier-h-1-.tmp",
    ".espalier-h-99999999999-2.tmp", ".espalier-.tmp", ".espalier-1-2.tmp", "",
  ])
  func namesOfAnotherSort(name: String) { #expect(UnfinishedFile.writer(of: name) == nil) }
}
