#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What was being done with a file when the system refused.
package enum FileAction: Equatable, Sendable {
  case reading
  case writing
}

/// A refusal by the operating system.
package enum SystemProblem: Equatable, Sendable {
  /// There is no such file to read.
  case noSuchFile

  /// No file is called as the pattern says.
  case noneMatches

  /// The folder that should hold the file is not there.
  case noSuchFolder(String)

  /// A part of the path is a file, no folder.
  case notAFolder

  /// The path names a folder, not a file.
  case isFolder
  case noPermission(FileAction)
  case noSpace

  /// More than the size that files may have here.
  case fileTooLarge

  /// More bytes of memory than can be had.
  case noMemory(needed: Int, available: Int)
  case readOnlyFileSystem
  case nameTooLong

  /// The path is empty or has a zero byte in it.
  case unusableName

  /// Links that lead to each other.
  case linksInCircle

  /// A link to a name that is no UTF-8.
  case linkToOtherBytes

  /// A named pipe that no program reads.
  case noReader

  /// A pipe or device where positions in a file are needed.
  case notARegularFile

  /// The file became shorter while it was read.
  case endedEarly

  /// The file was written to since it was opened.
  case changed

  /// The user asked for an end.
  case interrupted

  /// Anything else, by its number.
  case other(FileAction, code: Int32)

  /// The problem that an error number means.
  init(code: Int32, while action: FileAction, path: String) {
    switch code {
    case ENOENT: self = action == .reading ? .noSuchFile : .noSuchFolder(Path.folder(of: path))
    case ENOTDIR: self = .notAFolder
    case EISDIR: self = .isFolder
    case EACCES, EPERM: self = .noPermission(action)
    case ENOSPC, EDQUOT: self = .noSpace
    case EFBIG: self = .fileTooLarge
    case EROFS: self = .readOnlyFileSystem
    case ELOOP: self = .linksInCircle
    case ENAMETOOLONG: self = .nameTooLong
    default: self = .other(action, code: code)
    }
  }
}
