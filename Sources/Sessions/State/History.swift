import Engine
import Networks
import Training

/// The states before each command, for `undo`, and those undone, for `redo`.
///
/// States share what they have in common. Kept are at most `commandLimit` of them, and at most
/// `byteLimit` bytes of weights, networks and data that differ; beyond either the oldest goes first.
/// The last command can be undone whatever it has cost.
struct History {
  /// A state and the command that changed it.
  struct Entry {
    let state: SessionState
    let command: String
  }

  /// The most commands that can be undone.
  static let commandLimit = 500

  /// The most bytes that states kept for `undo` and `redo` may hold between them.
  let byteLimit: Int

  private var past: [Entry] = []
  private var future: [Entry] = []
  private var holdings = Holdings()

  /// A history without states.
  init(byteLimit: Int = 1 << 30) { self.byteLimit = byteLimit }

  /// Bytes that the states kept hold between them, each content counted once.
  var bytes: Int { holdings.bytes }

  /// Remembers the state before a command.
  mutating func record(_ state: SessionState, before command: String) {
    for entry in future { holdings.release(entry.state) }
    future.removeAll()
    past.append(Entry(state: state, command: command))
    holdings.retain(state)
    trim()
  }

  /// The state before the last command, in exchange for the present one; nothing where there is none.
  mutating func undo(from present: SessionState) -> Entry? {
    guard let entry = past.popLast() else { return nil }
    future.append(Entry(state: present, command: entry.command))
    exchange(entry.state, for: present)
    return entry
  }

  /// The state that the last `undo` took away, in exchange for the present one.
  mutating func redo(from present: SessionState) -> Entry? {
    guard let entry = future.popLast() else { return nil }
    past.append(Entry(state: present, command: entry.command))
    exchange(entry.state, for: present)
    return entry
  }

  /// The states that the next `undo` and `redo` would give back.
  var next: (undo: SessionState?, redo: SessionState?) { (past.last?.state, future.last?.state) }

  private mutating func exchange(_ old: SessionState, for new: SessionState) {
    holdings.retain(new)
    holdings.release(old)
  }

  private mutating func trim() {
    var surplus = max(0, past.count - Self.commandLimit)
    for entry in past[..<surplus] { holdings.release(entry.state) }
    while holdings.bytes > byteLimit, surplus < past.count - 1 {
      holdings.release(past[surplus].state)
      surplus += 1
    }
    past.removeFirst(surplus)
  }
}

/// How many states hold each content, and how large the contents are.
private struct Holdings {
  /// A content that states share, by its stamp; weights may be drawn without being learned.
  private enum Content: Hashable {
    case weights(UInt64, tensors: Int)
    case network(Int)
    case data(Int)
  }

  private var holders: [Content: (count: Int, bytes: Int)] = [:]
  private(set) var bytes = 0

  mutating func retain(_ state: SessionState) {
    visit(state) { content, size in
      if let known = holders[content] {
        holders[content] = (known.count + 1, known.bytes)
      } else {
        let size = size()
        holders[content] = (1, size)
        bytes += size
      }
    }
  }

  mutating func release(_ state: SessionState) {
    visit(state) { content, _ in
      guard let known = holders[content] else { return }
      if known.count > 1 {
        holders[content] = (known.count - 1, known.bytes)
      } else {
        holders[content] = nil
        bytes -= known.bytes
      }
    }
  }

  private func visit(_ state: SessionState, _ body: (Content, _ size: () -> Int) -> Void) {
    for known in state.networks.values {
      body(.network(known.stamp)) { known.network.facts.count * Self.bytesPerBlock }
      let weights = known.weights
      body(.weights(weights.version, tensors: weights.parameters.count)) { weights.bytes }
    }
    if let data = state.data {
      body(.data(state.dataStamp)) { data.train.bytes + (data.test?.bytes ?? 0) }
    }
  }

  /// What a block and its facts take in a state of their own, a little more than measured on 5,000 of them.
  private static let bytesPerBlock = 150
}

extension LearnedState {
  /// Bytes of weights and of the optimizer's memory.
  fileprivate var bytes: Int {
    optimizerState.moments.reduce(parameters.bytes) { $0 + $1.bytes }
  }
}

extension ParameterStore {
  fileprivate var bytes: Int {
    keys.reduce(0) { $0 + (self[$1]?.count ?? 0) * MemoryLayout<Float>.size }
  }
}

extension Examples {
  fileprivate var bytes: Int { inputs.count * MemoryLayout<Float>.size }
}
