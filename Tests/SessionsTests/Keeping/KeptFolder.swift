import Foundation

@testable import Sessions

/// A folder for kept work that goes with its test.
final class KeptFolder {
  let root = FileManager.default.temporaryDirectory.appending(path: "kept-\(UUID())").path

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// A session of one thread whose work is kept here.
  func session(_ text: String = "") -> (session: Session, autosave: Autosave) {
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    let autosave = Autosave(session, root: root)
    session.answer(text, from: .prompt)
    return (session, autosave)
  }

  /// Everything below it that is no lock, sorted.
  var files: [String] {
    let names = FileManager.default.subpaths(atPath: root) ?? []
    return names.filter { $0.contains("/") && !$0.hasSuffix("/lock") || $0.contains(".") }.sorted()
  }

  /// Puts a text into a file, with the folders that lead to it.
  func put(_ text: String, at path: String) throws {
    let file = URL(filePath: root).appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
}
