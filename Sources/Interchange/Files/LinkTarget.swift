#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a path leads by the links at its end, whether there is a file or not.
struct LinkTarget: Equatable {
  /// The place that is no link itself.
  let path: String

  /// The descriptor of this process that the path is another name of, such as `/dev/stdout`.
  let descriptor: Int32?

  /// The most links that are followed, as many as the system does.
  private static let mostLinks = 40

  /// Follows the links of a path.
  ///
  /// Throws where they lead in a circle, or to a name that is no UTF-8 and would be spelled wrong.
  init(of path: String) throws(FileError) {
    var place = path
    for _ in 0...Self.mostLinks {
      if let number = Self.ownDescriptor(place) {
        (self.path, descriptor) = (place, number)
        return
      }
      var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = buffer.withUnsafeMutableBytes { bytes -> Int in
        guard let base = bytes.baseAddress else { return -1 }
        return readlink(place, base.assumingMemoryBound(to: CChar.self), bytes.count)
      }
      guard count > 0 else {
        (self.path, descriptor) = (place, nil)
        return
      }
      guard let next = String(validating: buffer.prefix(count), as: UTF8.self) else {
        throw FileError(path: path, problem: .system(.linkToOtherBytes))
      }
      place = next.hasPrefix("/") ? next : Path.joining(Path.folder(of: place), next)
    }
    throw FileError(path: path, problem: .system(.linksInCircle))
  }

  /// The number of a descriptor that a path is a name of; nothing for other paths.
  ///
  /// Opening such a name again would begin a second place in the same file, and renaming would replace it.
  static func ownDescriptor(_ path: String) -> Int32? {
    switch path {
    case "/dev/stdin": return STDIN_FILENO
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default: break
    }
    for folder in ["/dev/fd/", "/proc/self/fd/", "/proc/\(getpid())/fd/"]
    where path.hasPrefix(folder) {
      if let number = Int32(path.dropFirst(folder.count)), number >= 0 { return number }
    }
    return nil
  }
}
