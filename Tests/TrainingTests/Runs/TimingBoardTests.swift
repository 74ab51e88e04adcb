import Networks
import Testing

@testable import Training

/// Steps that are timed in the midst of a run.
struct TimingBoardTests {
  private let first = BlockID()
  private let second = BlockID()

  @Test("a clock is given once for each time that somebody asks, for that network alone")
  func clocks() {
    let board = TimingBoard()
    #expect(board.clock(for: "main") == nil)
    board.request("main")
    #expect(board.clock(for: "other") == nil)
    #expect(board.clock(for: "main") != nil)
    #expect(board.clock(for: "main") == nil)
  }

  @Test("told is the median of the last steps; other blocks and networks begin anew")
  func medians() {
    let board = TimingBoard()
    for share in [0.9, 0.1, 0.2] { board.add([first: share], of: "main") }
    #expect(board.found.shares == [first: 0.2])
    #expect((board.found.network, board.found.count) == ("main", 3))
    for _ in 0..<15 { board.add([first: 0.5], of: "main") }
    #expect(board.found.shares == [first: 0.5])
    board.add([first: 0.1, second: 0.3], of: "main")
    #expect(board.found.shares == [first: 0.1, second: 0.3])
    board.add([first: 0.4, second: 0.2], of: "other")
    #expect(board.found.shares == [first: 0.4, second: 0.2])
    #expect(board.found.network == "other")
  }
}
