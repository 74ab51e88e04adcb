import Testing

@testable import Terminal

/// Every function of readline is either known to work or known to be replaced by the bell.
struct ReadlineFunctionsTests {
  @Test func eachIsDecidedOnce() {
    let decided = ReadlineFunctions.available.union(ReadlineFunctions.unavailable.keys)
    let undecided = Set(ReadlineFunctions.all).subtracting(decided)
    #expect(undecided.isEmpty, "not decided: \(undecided.sorted())")
    #expect(ReadlineFunctions.available.isDisjoint(with: ReadlineFunctions.unavailable.keys))
  }
}
