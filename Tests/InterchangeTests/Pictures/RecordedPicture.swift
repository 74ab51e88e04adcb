import Foundation
import Testing

/// Pictures compared with those under `Tests/Pictures`.
///
/// `ESPALIER_RECORD=1 swift test --filter PictureTests` writes them anew; look at them before keeping them.
enum RecordedPicture {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Pictures")

  static func check(_ text: String, _ name: String) throws {
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["ESPALIER_RECORD"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, "\(name) differs")
    if name.hasSuffix(".svg") {
      #expect(XMLTags(text).isBalanced, "\(name) is not well-formed")
    }
  }
}

/// A look at whether every element of a picture is closed.
private struct XMLTags {
  let isBalanced: Bool

  init(_ text: String) {
    var open: [String] = []
    for match in text.matches(of: /<(\/?)([a-z]+)[^>]*?(\/?)>/) {
      if !match.3.isEmpty { continue }
      if match.1.isEmpty {
        open.append(String(match.2))
      } else if open.popLast() != String(match.2) {
        isBalanced = false
        return
      }
    }
    isBalanced = open.isEmpty
  }
}
