import Glibc
import Interchange
import Testing

@Suite struct FileLockTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func oneHasItUntilItGoes() throws {
    let path = folder.path("lock")
    #expect(!FileLock.isHeld(path))
    var lock = FileLock(path: path)
    #expect(lock?.isInPlace == true)
    #expect(FileLock.isHeld(path))
    #expect(FileLock(path: path) == nil)
    lock = nil
    #expect(!FileLock.isHeld(path))
    #expect(FileLock(path: path) != nil)
  }

  @Test func waitsForNoPipe() throws {
    let path = folder.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    #expect(!FileLock.isHeld(path))
  }

  @Test func knowsThatItsFileIsGone() throws {
    let lock = try #require(FileLock(path: folder.path("lock")))
    Folder.remove(folder.path("lock"))
    #expect(!lock.isInPlace)
    #expect(!FileLock.isHeld(folder.path("lock")))
  }
}
