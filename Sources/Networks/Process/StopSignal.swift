import Synchronization

/// A wish for an end that any thread may give, and that threads which compute ask for between two pieces of work.
///
/// A question is one load, so that it may be asked thousands of times a second.
package final class StopSignal: @unchecked Sendable {
  /// 0 while work may go on, 1 once it shall stop; one more for each question that goes by before.
  package typealias Cell = UnsafeMutablePointer<Atomic<Int>>

  /// Where it is asked for; there as long as the signal is.
  package let cell: Cell

  /// Work may go on.
  package init() {
    cell = .allocate(capacity: 1)
    cell.initialize(to: Atomic(0))
  }

  deinit {
    cell.deinitialize(count: 1)
    cell.deallocate()
  }

  /// Whether work shall stop.
  package var isSet: Bool { cell.pointee.load(ordering: .relaxed) == 1 }

  /// Says whether work shall stop.
  package func set(_ stops: Bool) { cell.pointee.store(stops ? 1 : 0, ordering: .relaxed) }

  /// Has work stop once so many questions have been answered with no.
  package func set(after questions: Int) {
    cell.pointee.store(max(questions, 0) &+ 1, ordering: .relaxed)
  }

  /// Whether work shall stop, asked before a piece of it.
  @inline(__always) package static func ask(_ cell: Cell) -> Bool {
    let value = cell.pointee.load(ordering: .relaxed)
    return value == 0 ? false : value == 1 || countDown(cell)
  }

  /// Lets one of the questions go by after which work shall stop.
  private static func countDown(_ cell: Cell) -> Bool {
    var value = cell.pointee.load(ordering: .relaxed)
    while value > 1 {
      let (isDone, known) = cell.pointee.weakCompareExchange(
        expected: value, desired: value - 1, ordering: .relaxed)
      if isDone { return false }
      value = known
    }
    return value == 1
  }
}
