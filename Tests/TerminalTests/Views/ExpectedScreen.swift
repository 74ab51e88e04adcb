import Foundation
import Testing

@testable import Terminal

/// Frames as text files under `Tests/Screens`.
///
/// `ESPALIER_RECORD=1 swift test --filter TerminalTests` writes them anew; read the difference before
/// keeping it.
enum ExpectedScreen {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Screens")

  private static let isRecording = ProcessInfo.processInfo.environment["ESPALIER_RECORD"] == "1"

  /// Compares a frame with the file of that name, line by line.
  static func check(
    _ frame: Frame, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appending(path: name + ".txt")
    if isRecording {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try frame.text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    guard expected != frame.text else { return }
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let found = frame.text.split(separator: "\n", omittingEmptySubsequences: false)
    var report = "\(name) differs:"
    for index in 0..<max(wanted.count, found.count) {
      let old = index < wanted.count ? String(wanted[index]) : "(no line)"
      let new = index < found.count ? String(found[index]) : "(no line)"
      if old != new { report += "\n\(index + 1) - \(old)\n\(index + 1) + \(new)" }
    }
    Issue.record(Comment(rawValue: report), sourceLocation: sourceLocation)
  }
}
