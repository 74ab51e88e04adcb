import Sessions
import Testing

@testable import Terminal

/// Which epochs have a line where there is no bar.
struct EpochLinesTests {
  private func epoch(_ number: Int, of count: Int?, _ network: String = "net") -> EpochSummary {
    EpochSummary(
      network: network, epoch: number, epochs: count, step: number, loss: 1, samplesPerSecond: 1)
  }

  /// The epochs told of a run, each so many milliseconds after the one before.
  private func told(_ count: Int, known: Bool, milliseconds: Int) -> [Int] {
    var lines = EpochLines()
    var now = ContinuousClock.now
    var told: [Int] = []
    for number in 1...count {
      told += lines.lines(for: epoch(number, of: known ? count : nil), at: now).map(\.epoch)
      now += .milliseconds(milliseconds)
    }
    return told + lines.rest().map(\.epoch)
  }

  @Test func shortRunsHaveEachEpoch() {
    #expect(told(20, known: true, milliseconds: 0) == Array(1...20))
    #expect(told(20, known: false, milliseconds: 0) == Array(1...20))
  }

  @Test func longRunsHaveTwentyAndTheLast() {
    #expect(
      told(1000, known: true, milliseconds: 0) == [1]
        + Array(stride(from: 50, through: 1000, by: 50)))
    #expect(
      told(45, known: true, milliseconds: 0) == [1] + Array(stride(from: 3, through: 45, by: 3)))
    let open = told(100_003, known: false, milliseconds: 0)
    #expect(open.count < 100 && open.last == 100_003)
  }

  @Test func slowEpochsHaveOneASecond() {
    #expect(told(100, known: true, milliseconds: 1000) == Array(1...100))
    #expect(told(100, known: true, milliseconds: 400).count == 41)
  }

  @Test func networksSideBySideAreToldAlike() {
    var lines = EpochLines()
    let now = ContinuousClock.now
    var told: [String] = []
    for number in 1...100 {
      for network in ["a", "b"] {
        told += lines.lines(for: epoch(number, of: 100, network), at: now)
          .map { "\($0.network)\($0.epoch)" }
      }
    }
    #expect(told.prefix(4) == ["a1", "b1", "a5", "b5"] && told.count == 42)
    _ = lines.lines(for: epoch(1, of: nil, "a"), at: now)
    _ = lines.lines(for: epoch(2, of: 90, "a"), at: now)
    _ = lines.lines(for: epoch(2, of: 90, "b"), at: now)
    #expect(lines.rest().map(\.network) == ["a", "b"])
    #expect(lines.rest().isEmpty)
  }
}
