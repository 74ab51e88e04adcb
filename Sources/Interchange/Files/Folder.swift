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
  package static func holds(_ path: String) -> Bool {
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

  /// Makes a folder of mode 0700 and those that lead to it, where they are missing; says whether it is there.
  package static func make(_ path: String) -> Bool {
    guard Path.isUsable(path) else { return false }
    let parts = path.split(separator: "/")
    for count in 1..<(parts.count + 1) {
      mkdir((path.hasPrefix("/") ? "/" : "") + parts.prefix(count).joined(separator: "/"), 0o700)
    }
    return exists(path)
  }

  /// Removes a file, if it is there.
  package static func remove(_ path: String) { _ = unlink(path) }

  /// Gives a file another name, in place of one that has it.
  package static func move(_ path: String, to other: String) { _ = rename(path, other) }
}
