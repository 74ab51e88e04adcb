import Testing

@testable import Training

/// Examples per second, at instants that are given.
struct StepRateTests {
  private let start = ContinuousClock().now

  /// Steps of 32 examples that end at these milliseconds.
  private func rate(_ ends: some Sequence<Int>) -> StepRate {
    var rate = StepRate(from: start)
    for end in ends { rate.count(32, at: instant(end)) }
    return rate
  }

  private func instant(_ milliseconds: Int) -> ContinuousClock.Instant {
    start + .milliseconds(milliseconds)
  }

  @Test func nothingIsKnownBeforeTheFirstStep() {
    #expect(rate([]).perSecond == nil)
    #expect(rate([0]).perSecond == nil)
    #expect(rate([100]).perSecond == 320)
  }

  @Test("a pace that changes slowly is followed within seconds")
  func recent() {
    #expect(rate(stride(from: 100, through: 5000, by: 100)).perSecond == 320)
    var changing = rate(stride(from: 100, through: 5000, by: 100))
    for end in stride(from: 5200, through: 9000, by: 200) {
      changing.count(32, at: instant(end))
    }
    #expect(changing.perSecond == 160)
  }

  @Test("time left out does not count, however long it is", arguments: [20, 500, 3_600_000])
  func leavingOut(wait: Int) {
    var rate = rate(stride(from: 100, through: 1000, by: 100))
    rate.leaveOut(.milliseconds(wait))
    for end in stride(from: 1100, through: 2000, by: 100) {
      rate.count(32, at: instant(end + wait))
    }
    #expect(rate.perSecond == 320)
  }

  @Test("a pause before the first step does not count")
  func leavingOutAtFirst() {
    var rate = StepRate(from: start)
    rate.leaveOut(.seconds(60))
    rate.count(32, at: instant(60_100))
    #expect(rate.perSecond == 320)
  }

  @Test("a single step that takes far longer than those before it counts as they do")
  func suspension() {
    var rate = rate(stride(from: 100, through: 1000, by: 100))
    for end in stride(from: 601_000, through: 602_000, by: 100) {
      rate.count(32, at: instant(end))
    }
    #expect(rate.perSecond == 320)
  }

  @Test("steps that stay slow count in full")
  func slow() {
    var rate = rate(stride(from: 100, through: 1000, by: 100))
    for end in stride(from: 3000, through: 21_000, by: 2000) {
      rate.count(32, at: instant(end))
    }
    #expect(rate.perSecond == 16)
  }
}
