import Engine
import Networks
import Synchronization

/// What was seen inside a block in the midst of training.
package struct BlockLook: Hashable, Sendable {
  /// Mean and standard deviation of what left the block, for some examples.
  package var mean: Double?
  package var deviation: Double?

  /// The norm of the last gradient of the block's parameters.
  package var gradientNorm: Double?

  /// The share of channels that were zero for all these examples, where the least output is zero.
  package var deadShare: Double?
}

/// Looks asked for and taken, seen by both threads.
final class LookBoard: Sendable {
  struct State {
    var network = ""
    var blocks: [BlockID: BlockLook] = [:]
    var count = 0
    var isRequested = false
    var next = ContinuousClock.now
  }

  let state = Mutex(State())

  /// Whether a look may be taken now; if so, the next waits for its end.
  func begin() -> Bool {
    state.withLock { state in
      guard !state.isRequested, ContinuousClock.now >= state.next else { return false }
      state.isRequested = true
      return true
    }
  }

  /// Keeps what was seen, if anything, and lets fifty times the look's time pass before the next.
  func end(with blocks: [BlockID: BlockLook]?, of network: String, after time: Duration) {
    state.withLock { state in
      state.isRequested = false
      state.next = .now + max(.seconds(1), time * 50)
      guard let blocks else { return }
      state.network = network
      state.blocks = blocks
      state.count += 1
    }
  }
}

extension Trainer {
  /// Asks for a look inside a network that is being trained, between two steps, without waiting.
  ///
  /// Looks are so rare that they take at most a fiftieth of the time.
  package func requestLook(inside network: String, at examples: Examples) {
    guard looks.begin() else { return }
    post { [looks] workbench in
      let start = ContinuousClock.now
      let blocks = workbench.look(inside: network, at: examples)
      looks.end(with: blocks, of: network, after: start.duration(to: .now))
    }
  }

  /// What the last look has seen, in which network, and how many there were.
  package var look: (network: String, blocks: [BlockID: BlockLook], count: Int) {
    looks.state.withLock { ($0.network, $0.blocks, $0.count) }
  }
}

extension Workbench {
  /// Looks at a model that is being trained; nothing where there is none or it cannot be looked at.
  fileprivate func look(inside network: String, at examples: Examples) -> [BlockID: BlockLook]? {
    guard let model = live(network)?.model else { return nil }
    let rows = 0..<min(Self.lookCount, examples.count)
    guard let traces = try? model.trace(examples, rows: rows, training: true) else { return nil }
    var blocks: [BlockID: BlockLook] = [:]
    for trace in traces {
      var look = BlockLook(mean: trace.mean, deviation: trace.deviation)
      if trace.minimum == 0, trace.zeros > 0 { look.deadShare = trace.deadChannels }
      blocks[trace.block] = look
    }
    for (block, norm) in model.gradientNorms() {
      blocks[block, default: BlockLook()].gradientNorm = norm
    }
    return blocks
  }

  /// Examples looked at.
  private static let lookCount = 16
}
