import Foundation
import Testing

@testable import Sessions

/// docs/examples/why.esp: a net whose relus have died, and what wakes it.
struct WhyExampleTests {
  private static let file = URL(filePath: #filePath)
    .appending(path: "../../../../docs/examples/why.esp").standardized

  @Test func theExampleIsCured() throws {
    let session = SickSessions.session("")
    let answer = session.answer(try String(contentsOf: Self.file, encoding: .utf8))
    #expect(answer.outcome == .done, "\(answer.text)")
    #expect(
      answer.text.contains(
        "relu1 is dead in 100.0 % of its 32 channels: zero for all 256 examples"))
    #expect(answer.text.contains("\n  try: init he\n"))
    #expect(answer.text.contains("nothing wrong is seen in main"))
  }
}
