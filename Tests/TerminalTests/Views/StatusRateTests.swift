import Sessions
import Testing

@testable import Terminal

/// The learning rate in the status line.
struct StatusRateTests {
  @Test("a rate that changes by itself stays where the line is narrow, a constant one goes first")
  func importance() {
    var facts = StatusFacts(activity: .training)
    (facts.epoch, facts.epochs, facts.loss, facts.accuracy) = (17, 40, 0.4434, 0.844)
    (facts.learningRate, facts.secondsLeft) = (0.05, 6.4)
    func importance(_ word: String) -> Int? {
      facts.line(keys: [], glyphs: .unicode).fields.first { $0.text.text.contains(word) }?
        .importance
    }
    #expect(importance("lr 0.05") == 40)
    facts.rateChanges = true
    #expect(importance("lr 0.05") == 65)
    #expect(importance("left") == 60)
  }
}
