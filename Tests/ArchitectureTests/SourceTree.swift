import Foundation

/// The files of a checkout that the rules look at, by path relative to its root.
struct SourceTree: Sendable {
  /// A file's path and text.
  struct File: Sendable {
    let path: String
    let text: String

    /// The text with comments and string literals blanked.
    let code: String

    init(_ path: String, _ text: String) {
      self.path = path
      self.text = text
      code = path.hasSuffix(".swift") ? SwiftCode.blankingTexts(text) : text
    }

    /// The folders and the name that make up the path.
    var parts: [String] { path.split(separator: "/").map(String.init) }

    /// The target the file belongs to, where it lies in one.
    var target: String? { parts.count > 2 ? parts[1] : nil }

    /// The path without the name.
    var folder: String { parts.dropLast().joined(separator: "/") }
  }

  let files: [File]

  /// A tree made up of texts by path.
  init(_ texts: [String: String]) {
    files = texts.sorted { $0.key < $1.key }.map { File($0.key, $0.value) }
  }

  /// The Swift files below Sources and Tests of a checkout.
  init(checkout root: URL) throws {
    var texts: [String: String] = [:]
    for folder in ["Sources", "Tests"] {
      let paths = try FileManager.default.subpathsOfDirectory(
        atPath: root.appending(path: folder).path)
      for path in paths where path.hasSuffix(".swift") {
        let whole = "\(folder)/\(path)"
        texts[whole] = try String(contentsOf: root.appending(path: whole), encoding: .utf8)
      }
    }
    self.init(texts)
  }

  /// The files below Sources.
  var sources: [File] { files.filter { $0.path.hasPrefix("Sources/") } }

  /// The checkout that these tests were built from.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
}
