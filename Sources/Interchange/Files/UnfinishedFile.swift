#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is being written, named `.espalier-HOST-PROCESS-NUMBER.tmp`, by which those of processes
/// that were killed can be told.
///
/// Whoever writes it has its lock, which goes with the process.
struct UnfinishedFile {
  /// The error number of a file that could not be made.
  struct Failure: Error {
    let code: Int32
  }

  let path: String

  /// Open for reading and writing, and locked; whoever renames the file closes it afterwards.
  let descriptor: Int32

  /// Makes a new file in the folder of another, after those that were left there are removed.
  init(beside target: String, mode: mode_t) throws(Failure) {
    let folder = Path.folder(of: target)
    Self.sweep(folder)
    for _ in 0..<100 {
      let path = Path.joining(folder, Self.newName())
      let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      if descriptor >= 0 {
        // A sweep that came between the two steps may have taken it for a file that was left.
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK,
          FileLock.names(path, descriptor)
        {
          (self.path, self.descriptor) = (path, descriptor)
          return
        }
        close(descriptor)
      } else if errno != EEXIST {
        throw Failure(code: errno)
      }
    }
    throw Failure(code: EEXIST)
  }

  /// Seconds after which a file that nobody has locked is left, though a process has the number again.
  static let longestPause = 3600

  private static let prefix = ".espalier-"
  private static let suffix = ".tmp"

  /// A name that nothing else is likely to have.
  static func newName(process: pid_t = getpid()) -> String {
    let number = String(UInt64.random(in: 0 ... .max), radix: 36)
    return "\(prefix)\(host)-\(process)-\(number)\(suffix)"
  }

  /// Removes the files in a folder that processes of this machine and user have left when they were killed.
  static func sweep(_ folder: String) {
    let isName = { (name: String) in name.hasPrefix(prefix) && name.hasSuffix(suffix) }
    guard let names = try? Folder.names(in: folder, where: isName) else { return }
    for name in names {
      guard let process = writer(of: name) else { continue }
      let path = Path.joining(folder, name)
      if let lock = lockOfLeft(path, process) {
        unlink(path)
        close(lock)
      }
    }
  }

  /// A descriptor that holds the lock of a file whose writer is gone; nothing for all other files.
  private static func lockOfLeft(_ path: String, _ process: pid_t) -> Int32? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid()
    else { return nil }
    let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let hasLock = flock(descriptor, LOCK_EX | LOCK_NB) == 0
    let isHeld = !hasLock && errno == EWOULDBLOCK
    let isDead = process != getpid() && kill(process, 0) != 0 && errno == ESRCH
    // A number is used again: by another program, or by the same one where each start gets the same.
    let isForsaken =
      hasLock && (process == getpid() || (Folder.age(path) ?? 0) > longestPause)
    if !isHeld, isDead || isForsaken, FileLock.names(path, descriptor) { return descriptor }
    close(descriptor)
    return nil
  }

  /// The process of this machine that a name tells of; nothing for a name of another sort.
  static func writer(of name: String) -> pid_t? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let parts = name.dropFirst(prefix.count).dropLast(suffix.count)
      .split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == host, let process = pid_t(parts[1]), process > 0,
      UInt64(parts[2], radix: 36) != nil
    else { return nil }
    return process
  }

  /// The machine's name, letters and digits only.
  private static let host: String = {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "host" }
    let name = buffer.prefix { $0 != 0 }.map { Character(UnicodeScalar(UInt8(bitPattern: $0))) }
    let plain = String(name.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(40))
    return plain.isEmpty ? "host" : plain
  }()
}
