@preconcurrency import CReadline
import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Completion: what Tab offers, inserted and listed by readline.
extension LineEditor {
  /// The list that readline asks for: the common beginning, then the words, then a null.
  func matches(from start: Int, to end: Int) -> UnsafeMutablePointer<
    UnsafeMutablePointer<CChar>?
  >? {
    let text = line
    completion = complete(text, end)
    typed = Self.text(bytes, from: start, to: end)
    let words = completion.candidates.map { word(for: $0, from: start) }
    guard let first = words.first else { return nil }
    let isSingle = words.count == 1
    let isWhole = completion.candidates.first?.isWhole ?? true
    rl_completion_append_character = isSingle && isWhole ? CInt(UInt8(ascii: " ")) : 0
    let shared = words.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    let common = shared.hasPrefix(typed) ? shared : typed
    let list = isSingle ? [first] : [common] + words
    let block = malloc((list.count + 1) * MemoryLayout<UnsafeMutablePointer<CChar>?>.stride)
    guard let block else { return nil }
    let array = block.bindMemory(to: UnsafeMutablePointer<CChar>?.self, capacity: list.count + 1)
    for (index, word) in list.enumerated() { (array + index).initialize(to: strdup(word)) }
    (array + list.count).initialize(to: nil)
    return array
  }

  /// A candidate as a replacement for what readline takes for the word, which may begin elsewhere.
  private func word(for candidate: Completion.Candidate, from start: Int) -> String {
    let begin = completion.start
    if begin >= start { return Self.text(bytes, from: start, to: begin) + candidate.text }
    let surplus = Self.text(bytes, from: begin, to: start)
    return candidate.text.hasPrefix(surplus)
      ? String(candidate.text.dropFirst(surplus.count)) : candidate.text
  }

  private static func text(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int)
    -> String
  {
    let range = (start..<max(start, end)).clamped(to: 0..<bytes.count)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// Takes the list away.
  package func dismissList() {
    listed = []
    needsDrawing = true
  }

  /// Puts a candidate of the list in place of the word that is being completed, and takes the list away.
  package func take(_ candidate: Completion.Candidate) {
    dismissList()
    leaveKeySequence()
    rl_last_func = nil
    let start = Int32(clamping: completion.start)
    guard start >= 0, start <= rl_point else { return }
    rl_begin_undo_group()
    rl_delete_text(start, rl_point)
    rl_point = start
    rl_insert_text(candidate.text + (candidate.isWhole ? " " : ""))
    rl_end_undo_group()
    settle()
  }

  func showCandidates() {
    guard drawsItself else {
      listed = completion.candidates
      needsDrawing = true
      return
    }
    rl_crlf()
    fflush(output)
    for line in list(completion.candidates) { fputs(line + "\n", output) }
    fflush(output)
    leaveRow()
    rl_forced_update_display()
  }
}

extension String {
  /// The characters with which both begin.
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
