@preconcurrency import CReadline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is known while keys move over the history: lines edited on the way, until one is entered.
///
/// Readline keeps such lines in its history together with their undo lists, of which it loses count;
/// here its history holds what was entered and nothing else.
struct HistoryWalk {
  /// Lines as they were left, by place; the one being typed has the place behind the last.
  var edited: [Int: String] = [:]

  /// The number of the entry with which the next line begins.
  var resumesAt: Int?

  /// What a search for a part of lines looks for.
  var part = ""

  /// How far back the last word was taken from.
  var depth = 0
}

/// Moving over the history, and taking words from it.
extension LineEditor {
  /// Begins at the line being typed, or where the last one wanted.
  func beginWalk() {
    let resumes = walk.resumesAt
    walk = HistoryWalk()
    guard let resumes else { return }
    let place = resumes - Int(history_base)
    if (0..<Int(history_length)).contains(place) { go(to: place) }
  }

  /// Shows the line so many further down, or the first or last of all; negative ones further up.
  func move(by lines: Int) {
    let place = min(max(0, Int(where_history()) + lines), Int(history_length))
    go(to: place)
  }

  /// Shows the line at a place as it was left.
  func go(to place: Int) {
    let present = Int(where_history())
    guard place != present, (0...Int(history_length)).contains(place) else {
      rl_ding()
      return
    }
    keepLine(at: present)
    history_set_pos(Int32(place))
    fill(from: place, with: walk.edited[place])
    rl_point = isInCommandMode ? 0 : rl_end
    rl_mark = 0
  }

  /// Shows the first line, or the one with a number.
  func goToNumber(_ number: Int32) {
    go(to: rl_explicit_arg != 0 ? Int(number) - Int(history_base) : 0)
  }

  /// Enters the line; the next one begins with the entry after it.
  func enterAndResume(key: Int32) -> Int32 {
    walk.resumesAt = Int(where_history()) + Int(history_base) + 1
    return rl_newline(1, key)
  }

  /// Shows the next line that begins as the line does up to the cursor.
  ///
  /// - Parameter lines: how many such lines on; negative ones further up.
  func searchPrefix(_ lines: Int32) {
    let begin = String(decoding: bytes.prefix(Int(rl_point)), as: UTF8.self)
    let point = rl_point
    search(lines) { $0.hasPrefix(begin) }
    rl_point = min(point, rl_end)
  }

  /// Shows the next line that has what stands before the cursor somewhere.
  func searchPart(_ lines: Int32, continues: Bool) {
    if !continues { walk.part = String(decoding: bytes.prefix(Int(rl_point)), as: UTF8.self) }
    let part = walk.part
    search(lines) { part.isEmpty || $0.contains(part) }
  }

  private func search(_ lines: Int32, _ fits: (String) -> Bool) {
    let step = lines < 0 ? -1 : 1
    var rest = abs(Int(lines))
    var place = Int(where_history())
    let shown = line
    while rest > 0 {
      place += step
      guard (0..<Int(history_length)).contains(place) else {
        rl_ding()
        return
      }
      let entry = entered(at: place)
      if entry != shown, fits(entry) { rest -= 1 }
    }
    if place != Int(where_history()) { go(to: place) }
  }

  /// Inserts a word of the entry above: the last, or the one with a number; again, of the one before.
  func insertWord(_ number: Int?, continues: Bool) {
    walk.depth = continues ? walk.depth + 1 : 0
    let place = Int(where_history()) - 1 - walk.depth
    guard place >= 0 else {
      walk.depth -= 1
      rl_ding()
      return
    }
    if continues { rl_do_undo() }
    let words = entered(at: place).split(whereSeparator: \.isWhitespace)
    let index = number.map { $0 < 0 ? words.count + $0 : $0 } ?? words.count - 1
    guard words.indices.contains(index) else {
      rl_ding()
      return
    }
    rl_begin_undo_group()
    rl_insert_text(String(words[index]))
    rl_end_undo_group()
  }

  // MARK: Searching

  /// Begins a search by readline, which keeps the line in ways of its own.
  ///
  /// A line of the history that was edited becomes the one being typed. What an earlier search has
  /// saved is forgotten.
  func beginSearch(
    _ function: @convention(c) (Int32, Int32) -> Int32, count: Int32, key: Int32
  ) -> Int32 {
    let (text, point) = (line, rl_point)
    var place = Int(where_history())
    if place < Int(history_length), text != entered(at: place) {
      walk.edited[place] = nil
      place = Int(history_length)
      using_history()
    }
    rl_free_undo_list()
    withoutBell { _ = rl_maybe_unsave_line() }
    fill(from: place, with: text)
    rl_point = min(point, rl_end)
    keepLine(at: place)
    bindings.beginSearch()
    return function(count, key)
  }

  /// Gives the keys that begin a search their meaning once it is left.
  func endSearchIfLeft() {
    if rl_readline_state & UInt(RL_STATE_ISEARCH) == 0 { bindings.endSearch() }
  }

  private func withoutBell(_ work: () -> Void) {
    let style = rl_variable_value("bell-style").map { String(cString: $0) }
    rl_variable_bind("bell-style", "none")
    work()
    if let style { rl_variable_bind("bell-style", style) }
  }

  // MARK: Entries

  /// What was entered at a place; nothing at the end.
  private func entered(at place: Int) -> String {
    guard let line = history_get(history_base + Int32(place))?.pointee.line else { return "" }
    return String(cString: line)
  }

  private func keepLine(at place: Int) {
    let text = line
    walk.edited[place] = text == entered(at: place) ? nil : text
  }

  /// Makes the entry the line, then the text, so that undoing leads back to the entry.
  private func fill(from place: Int, with text: String?) {
    rl_replace_line(entered(at: place), 1)
    guard let text, text != line else { return }
    rl_begin_undo_group()
    rl_delete_text(0, rl_end)
    rl_point = 0
    rl_insert_text(text)
    rl_end_undo_group()
  }

  private var isInCommandMode: Bool { rl_get_keymap() == rl_get_keymap_by_name("vi-command") }

  /// Takes undo lists that readline has stored out of its history.
  func freeHistoryFromUndo() {
    guard var entry = history_list() else { return }
    while let next = entry.pointee {
      next.pointee.data = nil
      entry += 1
    }
  }

  /// Replaces entries of a file that are no text.
  func repairHistory() {
    guard queue.readsUTF8 else { return }
    for place in 0..<history_length {
      guard let line = history_get(history_base + place)?.pointee.line,
        String(validatingCString: line) == nil
      else { continue }
      let bytes = UnsafeBufferPointer(
        start: UnsafeRawPointer(line).assumingMemoryBound(to: UInt8.self), count: strlen(line))
      let text = Self.characters(of: bytes)
      free_history_entry(replace_history_entry(place, text, nil))
    }
  }
}
