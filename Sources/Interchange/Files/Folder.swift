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

  /// Whether a path is a file on a disk: no folder, pipe or device, which would have a reader wait.
  package static func holdsFile(_ path: String) -> Bool {
    var status = stat()
    return Path.isUsable(path) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The file of this name, or else the one that is packed where the name is plain, or plain where it is packed.
  static func form(of path: String) -> String? {
    let plain = Path.unpacked(path)
    return [path, plain == path ? path + ".gz" : plain].first(where: holds)
  }

  /// The names in a folder that are wanted, sorted.
  package static func names(
    in path: String, where isWanted: (String) -> Bool = { _ in true }
  ) throws(FileError) -> [String] {
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
      if name != ".", name != "..", isWanted(name) { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes a folder of mode 0700 and those that lead to it, where they are missing; says whether it is there.
  @discardableResult
  package static func make(_ path: String) -> Bool {
    do throws(FileError) { try create(path) } catch { return false }
    return true
  }

  /// Makes a folder of mode 0700 and those that lead to it, where they are missing.
  ///
  /// Throws where it is not there afterwards.
  package static func create(_ path: String) throws(FileError) {
    guard Path.isUsable(path) else {
      throw FileError(path: path, problem: .system(.unusableName))
    }
    var code = ENOTDIR
    let parts = path.split(separator: "/")
    for count in 1..<(parts.count + 1) {
      let part = (path.hasPrefix("/") ? "/" : "") + parts.prefix(count).joined(separator: "/")
      guard mkdir(part, 0o700) != 0, errno != EEXIST else { continue }
      code = errno
      // What leads to a missing folder cannot be made any more.
      if !exists(part) { break }
    }
    if exists(path) { return }
    throw FileError(
      path: path, problem: .system(SystemProblem(code: code, while: .writing, path: path)))
  }

  /// Makes a folder of mode 0700 that nobody had before; false where there is something of this name.
  ///
  /// Throws where it cannot be made.
  package static func createNew(_ path: String) throws(FileError) -> Bool {
    if mkdir(path, 0o700) == 0 { return true }
    if errno == EEXIST { return false }
    throw FileError(
      path: path, problem: .system(SystemProblem(code: errno, while: .writing, path: path)))
  }

  /// Removes a file, if it is there.
  package static func remove(_ path: String) { _ = unlink(path) }

  /// Removes a folder that is empty.
  package static func removeEmpty(_ path: String) { _ = rmdir(path) }

  /// Gives a file or folder another name, in place of a file or an empty folder that has it.
  package static func move(_ path: String, to other: String) { _ = rename(path, other) }

  /// The seconds since a file was last written, 0 where that lies ahead; nothing where there is none.
  package static func age(_ path: String) -> Int? {
    var status = stat()
    guard Path.isUsable(path), stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      return max(0, time(nil) - status.st_mtimespec.tv_sec)
    #else
      return max(0, time(nil) - status.st_mtim.tv_sec)
    #endif
  }

  /// Seconds since a file was used last, as far as programs have noted it; nothing where there is no such file.
  static func idleTime(_ path: String) -> Int? {
    var status = stat()
    guard Path.isUsable(path), stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      return max(0, time(nil) - status.st_atimespec.tv_sec)
    #else
      return max(0, time(nil) - status.st_atim.tv_sec)
    #endif
  }

  /// Notes that a file is used now; its time of change stays.
  static func noteUse(_ path: String) {
    var status = stat()
    var now = timespec()
    guard stat(path, &status) == 0, clock_gettime(CLOCK_REALTIME, &now) == 0 else { return }
    #if canImport(Darwin)
      let times = [now, status.st_mtimespec]
    #else
      let times = [now, status.st_mtim]
    #endif
    _ = times.withUnsafeBufferPointer { utimensat(AT_FDCWD, path, $0.baseAddress, 0) }
  }

  /// A path without links and detours, or as it is where there is nothing of this name.
  package static func real(_ path: String) -> String {
    guard Path.isUsable(path), let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
