import Foundation
import Language
import Testing

@testable import Sessions

/// What sessions answer, word for word; `ESPALIER_RECORD=1 swift test --filter TranscriptTests` writes
/// the answers anew.
@Suite(.serialized)
struct TranscriptTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Transcripts").standardized

  private static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".txt") }.sorted()

  /// Answers with the home folder of whoever runs the tests as that on record.
  private static func atHome(_ text: String) -> String {
    guard let home = ProcessInfo.processInfo.environment["HOME"] else { return text }
    return text.replacing(home + "/nothing/at", with: "/root/nothing/at")
  }

  @Test("every answer is the one on record", arguments: names)
  func replay(name: String) throws {
    Workplace.enter()
    let file = Self.folder.appending(path: name)
    let expected = try String(contentsOf: file, encoding: .utf8)
    let replayed = Transcript(expected).replayed { session, exchange, diagnostics in
      for diagnostic in diagnostics {
        for offer in diagnostic.offers {
          let outcome = Trial.outcome(of: offer, after: session)
          #expect(
            outcome.isGood, "\(name): \(exchange.command): try: \(offer): \(outcome.text)")
        }
        if diagnostic.code != .expect, diagnostic.code != .interrupted {
          #expect(!diagnostic.offers.isEmpty, "\(name): \(exchange.command): no next step")
        }
        if diagnostic.code != .diverged {
          #expect(diagnostic.range != nil, "\(name): \(exchange.command): no place")
        }
      }
    }
    let found = Self.atHome(replayed)
    if ProcessInfo.processInfo.environment["ESPALIER_RECORD"] != nil {
      try found.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(found == expected, "\(Difference.text(expected, found))")
  }
}

/// An offered command, tried on a copy of a session's state.
enum Trial {
  static func outcome(of offer: String, after session: Session) -> (isGood: Bool, text: String) {
    let copy = Session()
    copy.state = session.state
    copy.history = session.history
    copy.runs.traces = session.runs.traces
    let console = ListeningConsole()
    let outcome = copy.run(Source(offer, from: .argument), on: console)
    let isGood =
      switch outcome {
      case .done, .quit: true
      case .failed, .unexpected, .interrupted: false
      }
    return (isGood, console.take().text)
  }
}

/// A folder of its own for the files that commands write.
enum Workplace {
  private static let entered: Bool = {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "espalier-sessions-\(ProcessInfo.processInfo.processIdentifier)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return FileManager.default.changeCurrentDirectoryPath(folder.path)
  }()

  static func enter() { #expect(entered) }
}

/// The first lines in which two texts differ.
enum Difference {
  static func text(_ expected: String, _ found: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = found.split(separator: "\n", omittingEmptySubsequences: false)
    for index in 0..<max(old.count, new.count) {
      let (left, right) = (
        index < old.count ? old[index] : "(end)", index < new.count ? new[index] : "(end)"
      )
      if left != right { return "line \(index + 1): expected\n\(left)\nfound\n\(right)" }
    }
    return "no difference"
  }
}
