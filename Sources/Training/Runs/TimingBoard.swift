import Engine
import Networks
import Synchronization

/// Which network's steps are timed in the midst of a run, and what was found; seen by both threads.
///
/// A step is timed only where somebody has asked since the last one.
final class TimingBoard: Sendable {
  private struct State {
    var wanted: String?
    var network = ""
    var samples: [[BlockID: Double]] = []
    var count = 0
  }

  private let state = Mutex(State())

  /// Whether anybody asks, so that a step of which nobody does costs one look.
  private let isAsked = Atomic(false)

  /// Steps whose median is told.
  private static let mostSamples = 15

  /// Asks for the times of a network's next step.
  func request(_ network: String) {
    state.withLock { $0.wanted = network }
    isAsked.store(true, ordering: .releasing)
  }

  /// A clock for the next step of a network, if its times were asked for.
  func clock(for network: String) -> StepClock? {
    guard isAsked.load(ordering: .acquiring) else { return nil }
    let isWanted = state.withLock { state in
      guard state.wanted == network else { return false }
      state.wanted = nil
      return true
    }
    if isWanted { isAsked.store(false, ordering: .releasing) }
    return isWanted ? StepClock() : nil
  }

  /// Takes the parts of a step's time; those of other blocks than before begin anew.
  func add(_ shares: [BlockID: Double], of network: String) {
    state.withLock { state in
      if state.network != network || state.samples.last.map({ $0.keys != shares.keys }) ?? false {
        state.samples = []
      }
      state.network = network
      state.samples.append(shares)
      if state.samples.count > Self.mostSamples { state.samples.removeFirst() }
      state.count += 1
    }
  }

  /// The median parts of the last steps that were timed, of which network, and a number that grows.
  var found: (network: String, shares: [BlockID: Double], count: Int) {
    state.withLock { state in
      var medians: [BlockID: Double] = [:]
      for block in state.samples.last?.keys ?? [:].keys {
        medians[block] = TimeSpread(state.samples.compactMap { $0[block] }).median
      }
      return (state.network, medians, state.count)
    }
  }
}

extension Trainer {
  /// Asks for the times of the next step of a network that is being trained, without waiting.
  package func requestTimes(of network: String) { board.timings.request(network) }

  /// The parts of a step's time that blocks of a network have taken in the midst of its run, and a number that grows.
  package var times: (network: String, shares: [BlockID: Double], count: Int) {
    board.timings.found
  }
}
