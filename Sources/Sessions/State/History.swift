import Training

/// The states before each command, for `undo`, and those undone, for `redo`.
///
/// States share what they have in common. Kept are at most `commandLimit` of them, and at most
/// `byteLimit` bytes of weights, networks and data that differ; beyond either the oldest goes first.
/// The last command can be undone whatever it has cost.
struct History {
  /// A state and the command that changed it; by reference, since all entries are looked at when a run ends.
  final class Entry: Sendable {
    let state: SessionState
    let command: String

    /// Its place among all commands that were recorded.
    let number: Int

    /// The runs that went on in the state.
    let runs: [Int]

    init(state: SessionState, command: String, number: Int) {
      self.state = state
      self.command = command
      self.number = number
      runs = state.networks.values.compactMap(\.run)
    }
  }

  /// The most commands that can be undone.
  static let commandLimit = 2500

  /// The most bytes that states kept for `undo` and `redo` may hold between them.
  let byteLimit: Int

  private var past: [Entry] = []
  private var future: [Entry] = []
  private var holdings = Holdings()

  /// How many commands were recorded so far.
  private(set) var recorded = 0

  /// A history without states.
  init(byteLimit: Int = 1 << 30) { self.byteLimit = byteLimit }

  /// Bytes that the states kept hold between them, each content counted once.
  var bytes: Int { holdings.bytes }

  /// Remembers the state before a command.
  mutating func record(_ state: SessionState, before command: String) {
    for entry in future { holdings.release(entry.state) }
    future.removeAll()
    recorded += 1
    past.append(Entry(state: state, command: command, number: recorded))
    holdings.retain(state)
    trim()
  }

  /// The state before the last command, in exchange for the present one; nothing where there is none.
  mutating func undo(from present: SessionState) -> Entry? {
    guard let entry = past.popLast() else { return nil }
    future.append(Entry(state: present, command: entry.command, number: entry.number))
    exchange(entry.state, for: present)
    return entry
  }

  /// The state that the last `undo` took away, in exchange for the present one.
  mutating func redo(from present: SessionState) -> Entry? {
    guard let entry = future.popLast() else { return nil }
    past.append(Entry(state: present, command: entry.command, number: entry.number))
    exchange(entry.state, for: present)
    return entry
  }

  /// The command that the next `undo` would take back, and its number.
  var last: (command: String, number: Int)? { past.last.map { ($0.command, $0.number) } }

  /// The sets of data that the states kept have, the latest first.
  var data: [Dataset] {
    var stamps: Set<Int> = []
    return (past + future).reversed().compactMap { entry in
      entry.state.data.flatMap { stamps.insert(entry.state.dataStamp).inserted ? $0 : nil }
    }
  }

  /// The states that the next `undo` and `redo` would give back.
  var next: (undo: SessionState?, redo: SessionState?) { (past.last?.state, future.last?.state) }

  /// The states that so many undos, or redos, would give back, the nearest first.
  func ahead(_ count: Int, redoing: Bool) -> [SessionState] {
    (redoing ? future : past).suffix(count).reversed().map(\.state)
  }

  /// Changes the states that were during a run; each is shown the one beside it on the way to the
  /// present, changed already.
  mutating func revise(
    from present: SessionState, during run: Int,
    _ change: (inout SessionState, _ near: SessionState) -> Void
  ) {
    for stack in [\History.past, \History.future] {
      var near: Entry?
      for index in self[keyPath: stack].indices.reversed() {
        if self[keyPath: stack][index].runs.contains(run) {
          revise(stack, index) { change(&$0, near?.state ?? present) }
        }
        near = self[keyPath: stack][index]
      }
    }
  }

  /// Changes the states that the last so many undos, or redos, have put aside.
  mutating func revise(last count: Int, redoing: Bool, _ change: (inout SessionState) -> Void) {
    let stack = redoing ? \History.past : \History.future
    for index in self[keyPath: stack].indices.suffix(count) { revise(stack, index, change) }
  }

  private mutating func revise(
    _ stack: WritableKeyPath<History, [Entry]>, _ index: Int,
    _ change: (inout SessionState) -> Void
  ) {
    let old = self[keyPath: stack][index]
    var new = old.state
    change(&new)
    holdings.retain(new)
    holdings.release(old.state)
    self[keyPath: stack][index] = Entry(
      state: new, command: old.command, number: old.number)
  }

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
