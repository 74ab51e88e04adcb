import Foundation
import Testing

@testable import Sessions

/// The `espalier` blocks of the pages that are read from beginning to end.
@Suite struct DocumentTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../docs").standardized

  private static func blocks(of page: String) throws -> [String] {
    let text = try String(contentsOf: folder.appending(path: page), encoding: .utf8)
    return text.components(separatedBy: "```espalier\n").dropFirst().map { part in
      part.components(separatedBy: "\n```")[0]
    }
  }

  @Test("every block runs as it stands", arguments: ["tutorial.md", "interchange.md"])
  func runs(page: String) throws {
    Workplace.enter()
    let blocks = try Self.blocks(of: page)
    #expect(!blocks.isEmpty)
    for block in blocks {
      let answer = Session().answer(block)
      #expect(answer.outcome == .done, "\(page): \(block)\n\(answer.text)")
    }
  }
}
