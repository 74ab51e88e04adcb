import Engine
import Networks
import Synchronization

/// Outputs for inputs asked for while a network learns, seen by both threads.
final class GlanceBoard: Sendable {
  struct State {
    var outputs: Tensor?
    var tag = 0
    var count = 0
    var isRequested = false
    var next = ContinuousClock.now
  }

  let state = Mutex(State())

  /// Whether a glance may be taken now; if so, the next waits for its end.
  func begin(isPatient: Bool) -> Bool {
    state.withLock { state in
      guard !state.isRequested, !isPatient || ContinuousClock.now >= state.next else {
        return false
      }
      state.isRequested = true
      return true
    }
  }

  /// Keeps outputs, if there are any, and lets twenty times the glance's time pass before the next.
  func end(with outputs: Tensor?, tag: Int, after time: Duration) {
    state.withLock { state in
      state.isRequested = false
      state.next = .now + max(.milliseconds(250), time * 20)
      guard let outputs else { return }
      (state.outputs, state.tag) = (outputs, tag)
      state.count += 1
    }
  }
}

extension Trainer {
  /// Asks for the outputs of a network for inputs, between two steps of a run, without waiting.
  ///
  /// While a run goes on glances are at least a quarter of a second apart, and take at most a twentieth of its time.
  ///
  /// - Parameter tag: Comes back with the outputs.
  /// - Returns: Whether they will come; not where others are awaited, or were there a moment ago.
  package func requestGlance(_ request: RunRequest, at inputs: InputRows, tag: Int) -> Bool {
    guard glances.begin(isPatient: isRunning) else { return false }
    post { [glances, board] workbench in
      let start = ContinuousClock.now
      let outputs = try? Self.outputs(of: workbench.model(for: request), for: inputs)
      glances.end(with: outputs, tag: tag, after: start.duration(to: .now))
      board.wake()
    }
    return true
  }

  private static func outputs(of model: Model, for inputs: InputRows) throws(EngineError) -> Tensor
  {
    try model.withAverage { () throws(EngineError) in try model.predict(inputs) }
  }

  /// The outputs of the last glance with its tag, and how many there were.
  package var glance: (outputs: Tensor?, tag: Int, count: Int) {
    glances.state.withLock { ($0.outputs, $0.tag, $0.count) }
  }
}
