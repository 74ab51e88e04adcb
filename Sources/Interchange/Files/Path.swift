/// Paths taken apart as text, without asking the file system.
package enum Path {
  /// The folder that holds a path: `a` of `a/b`, `.` of `b`, `/` of `/b`.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What follows the last slash.
  package static func name(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return path }
    return String(path[path.index(after: slash)...])
  }

  /// A path without the ending `.gz`.
  package static func unpacked(_ path: String) -> String {
    path.count > 3 && path.lowercased().hasSuffix(".gz") ? String(path.dropLast(3)) : path
  }

  /// What follows the name's last dot, in lower case, or nothing.
  package static func fileExtension(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The name without its extension.
  package static func stem(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// A name within a folder; the folder `.` is left out.
  package static func joining(_ folder: String, _ name: String) -> String {
    switch folder {
    case ".", "": name
    case let folder where folder.hasSuffix("/"): folder + name
    default: folder + "/" + name
    }
  }

  /// Whether the system can be asked for it: not empty, no zero byte.
  static func isUsable(_ path: String) -> Bool {
    !path.isEmpty && !path.utf8.contains(0)
  }
}
