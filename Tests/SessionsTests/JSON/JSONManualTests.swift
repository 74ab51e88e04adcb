import Foundation
import Testing

@testable import Sessions

/// docs/json.md shows what commands answer; `ESPALIER_RECORD=1 swift test --filter ManualTests` writes the
/// examples anew.
@Suite(.serialized) struct JSONManualTests {
  private static let file = URL(filePath: #filePath)
    .appending(path: "../../../../docs/json.md").standardized

  /// The page with the data that its commands have now; those on it stay where they differ by rounding alone.
  private func replayed(_ page: String, _ check: (String, JSON) throws -> Void) throws -> String {
    let session = Session()
    session.rememberRuns()
    var lines: [String] = []
    var commands: [String] = []
    var data: JSON?
    var block: (language: String, lines: [String])?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      guard var open = block else {
        if line.hasPrefix("```") { block = (String(line.dropFirst(3)), []) }
        lines.append(line)
        continue
      }
      if line != "```" {
        open.lines.append(line)
        block = open
        continue
      }
      block = nil
      switch open.language {
      case "espalier":
        commands = open.lines
        data = session.data(commands.joined(separator: "\n"))
        lines += open.lines
      case "json":
        let found = try #require(data, "\(commands)")
        try check(commands.joined(separator: "\n"), found)
        let text = found.document.split(separator: "\n").map(String.init)
        lines += masked(text) == masked(open.lines) ? open.lines : text
      default: lines += open.lines
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }

  /// The lines without what hangs on how a machine rounds.
  private func masked(_ lines: [String]) -> [String] {
    lines.map {
      $0.replacing(#/-?[0-9]+\.[0-9]+(e[-+]?[0-9]+)?/#, with: "#")
        .replacing(#/"histogram":\[[0-9,]*\]/#, with: "histogram")
        .replacing(#/"bound":"[a-z]*"/#, with: "bound")
        .replacing(#/"available": [0-9]+/#, with: "available")
        .replacing(#/"(machine|fingerprint|weights)": "[^"]*"/#, with: "machine")
    }
  }

  @Test("every example has the data that its command answers, which Foundation reads")
  func examplesAreCurrent() throws {
    let page = try String(contentsOf: Self.file, encoding: .utf8)
    let found = try replayed(page) { command, data in
      for text in [data.line, data.document] {
        let read = try JSONSerialization.jsonObject(with: Data(text.utf8))
        #expect((read as? [String: Any])?.count == data.members.count, "\(command)")
      }
    }
    if ProcessInfo.processInfo.environment["ESPALIER_RECORD"] != nil {
      try found.write(to: Self.file, atomically: true, encoding: .utf8)
    }
    #expect(found == page, "\(Difference.text(page, found))")
  }

  @Test("every command that writes .json has an example")
  func everyCommand() throws {
    let page = try String(contentsOf: Self.file, encoding: .utf8)
    for row in CommandTable.rows where row.endings.contains("json") {
      #expect(page.contains("\n### \(row.verb)\n"), "\(row.verb)")
    }
  }
}
