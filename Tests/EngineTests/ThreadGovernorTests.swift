import Testing

@testable import Engine

@Suite struct ThreadGovernorTests {
  /// Runs passes that take as long as their number of threads says, and counts those with each number.
  private func run(
    _ governor: inout ThreadGovernor, passes: Int, one: Double, most: Double
  ) -> (one: Int, most: Int) {
    var counts = (one: 0, most: 0)
    for _ in 0..<passes {
      if governor.threads == 1 { counts.one += 1 } else { counts.most += 1 }
      governor.finish(seconds: governor.threads == 1 ? one : most)
    }
    return counts
  }

  @Test func staysWithAllThreadsWhereTheyAreFaster() {
    var governor = ThreadGovernor(most: 2)
    let counts = run(&governor, passes: 500, one: 1, most: 0.6)
    #expect(governor.threads == 2)
    #expect(counts.one <= 8)
  }

  @Test func fallsBackToOneThreadOnABusyMachine() {
    var governor = ThreadGovernor(most: 2)
    let counts = run(&governor, passes: 500, one: 1, most: 10)
    #expect(governor.threads == 1)
    #expect(counts.most <= 12)
  }

  @Test func comesBackWhenTheMachineIsQuietAgain() {
    var governor = ThreadGovernor(most: 2)
    _ = run(&governor, passes: 40, one: 1, most: 10)
    #expect(governor.threads == 1)
    _ = run(&governor, passes: 2000, one: 1, most: 0.5)
    #expect(governor.threads == 2)
  }

  @Test func aSinglePossibleThreadIsNoChoice() {
    var governor = ThreadGovernor(most: 1)
    let counts = run(&governor, passes: 50, one: 1, most: 1)
    #expect(counts.one == 50)
  }
}
