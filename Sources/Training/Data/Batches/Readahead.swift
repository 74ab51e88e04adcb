import Engine
import Networks

/// Reads the examples of the next step on a thread of its own, while a step runs.
///
/// What a step is given does not depend on it: examples that were not read ahead are read when they are asked for.
final class Readahead {
  private typealias Outcome = Result<Examples, RowFault>

  private let examples: Examples
  private let thread = WorkThread()
  private var rows: ArraySlice<Int> = []
  private var outcome: Handover<Outcome?>?

  /// Reads of these examples, or nothing where they are in memory.
  init?(_ examples: Examples) {
    guard examples.rows.isStored else { return nil }
    self.examples = examples
  }

  /// The examples at these rows in memory, or nothing where there is no room for them beside those of the plan.
  ///
  /// - Throws: `EngineError` where they cannot be read.
  func take(_ rows: ArraySlice<Int>) throws(EngineError) -> Examples? {
    let pending = outcome
    outcome = nil
    if let pending, let outcome = pending.take(), self.rows == rows {
      do throws(RowFault) { return try outcome.get() } catch { throw EngineError(error) }
    }
    return nil
  }

  /// Begins to read the examples at these rows.
  func begin(_ rows: ArraySlice<Int>) {
    do throws(EngineError) { try thread.prepare() } catch { return }
    let outcome = Handover<Outcome?>()
    self.rows = rows
    self.outcome = outcome
    thread.enqueue { [examples] in
      let bytes = AvailableMemory.bytes(rows.count, examples.exampleSize, 4)
      do throws(AvailableMemory.Shortage) { try AvailableMemory.check(bytes: bytes) } catch {
        return outcome.give(nil)
      }
      outcome.give(Outcome { () throws(RowFault) in try examples.held(rows) })
    }
  }
}
