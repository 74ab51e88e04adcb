import Language

/// The states from which the passes of loops in a sweep begin.
///
/// A pass that trained leaves nothing to the next: that begins as the loop did. Loops that only build or set
/// something go on from pass to pass.
struct SweepPasses {
  private struct Loop {
    let start: SessionState

    /// Commands that trained before the loop, and before its last pass that began anew.
    let first: Int
    var last: Int
  }

  private var loops: [Loop] = []
  private var trainings = 0

  /// Counts a command that trains.
  mutating func noteTraining() { trainings += 1 }

  /// The state to go on with, where it is another one.
  mutating func next(_ event: LoopEvent, in state: SessionState) -> SessionState? {
    switch event {
    case .begins:
      loops.append(Loop(start: state, first: trainings, last: trainings))
      return nil
    case .passBegins:
      guard let loop = loops.last, trainings > loop.last else { return nil }
      loops[loops.count - 1].last = trainings
      return loop.start
    case .ends:
      guard let loop = loops.popLast(), trainings > loop.first else { return nil }
      return loop.start
    }
  }
}
