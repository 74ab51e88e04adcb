#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a folder holds.
package enum Folder {
  /// Whether a path is a folder.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return Path.isUsable(path) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether there is anything of this name.
  static func holds(_ path: String) -> Bool {
    Path.isUsable(path) && access(path, F_OK) == 0
  }

  /// The names in a folder, sorted.
  package static func names(in path: String) throws(FileError) -> [String] {
    guard let folder = opendir(path) else {
      throw FileError(
        path: path, problem: .system(SystemProblem(code: errno, while: .reading, path: path)))
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
