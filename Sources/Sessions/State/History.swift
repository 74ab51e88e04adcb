/// The states before each command, for `undo`, and those undone, for `redo`.
///
/// At most `limit` states are kept; the oldest is dropped first. States share what they have in common.
struct History {
  /// A state and the command that changed it.
  struct Entry {
    let state: SessionState
    let command: String
  }

  /// The most commands that can be undone.
  static let limit = 500

  private var past: [Entry] = []
  private var future: [Entry] = []

  /// Remembers the state before a command.
  mutating func record(_ state: SessionState, before command: String) {
    past.append(Entry(state: state, command: command))
    if past.count > Self.limit { past.removeFirst(past.count - Self.limit) }
    future.removeAll()
  }

  /// The state before the last command, in exchange for the present one; nothing where there is none.
  mutating func undo(from present: SessionState) -> Entry? {
    guard let entry = past.popLast() else { return nil }
    future.append(Entry(state: present, command: entry.command))
    return entry
  }

  /// The state that the last `undo` took away, in exchange for the present one.
  mutating func redo(from present: SessionState) -> Entry? {
    guard let entry = future.popLast() else { return nil }
    past.append(Entry(state: present, command: entry.command))
    return entry
  }
}
