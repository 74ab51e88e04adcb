/// Splits the terminal's bytes into presses: pure, incremental, and without loss.
///
/// Characters may be split over reads in any way. The bytes of all presses that come out, joined, are
/// the bytes that went in. A lone Escape cannot be told from the start of a sequence until some time
/// has passed: while `isWaiting`, call `flush()` after that time.
package struct KeyDecoder: Sendable {
  private var pending: [UInt8] = []
  private var pasted: [UInt8] = []
  private let readsUTF8: Bool

  /// Whether the beginning of a paste was seen and not yet its end.
  package private(set) var isPasting = false

  /// A decoder; without UTF-8 every byte above 127 is a press of its own.
  package init(readsUTF8: Bool = true) { self.readsUTF8 = readsUTF8 }

  /// Whether an unfinished sequence is held that time may finish.
  package var isWaiting: Bool { !isPasting && !pending.isEmpty }

  /// Takes bytes as they were read and gives the presses that are complete.
  package mutating func feed(_ bytes: some Collection<UInt8>) -> [KeyPress] {
    pending.append(contentsOf: bytes)
    return drain(force: false)
  }

  /// Gives what was held back as it stands, as no more came in time.
  package mutating func flush() -> [KeyPress] {
    isWaiting ? drain(force: true) : []
  }

  /// Ends a paste whose end never came and gives what there is of it.
  package mutating func abandonPaste() -> [KeyPress] {
    isPasting ? [endPaste(mark: [])] : []
  }

  private static let pasteBegin: [UInt8] = Array("\u{1B}[200~".utf8)
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  private mutating func drain(force: Bool) -> [KeyPress] {
    var presses: [KeyPress] = []
    var start = 0
    while start < pending.count {
      if isPasting {
        if gatherPaste(from: &start) { presses.append(endPaste(mark: Self.pasteEnd)) }
        continue
      }
      let reader = SequenceReader(bytes: pending[start...], readsUTF8: readsUTF8, isFinal: force)
      guard let (key, length) = reader.next() else { break }
      let bytes = pending[start..<(start + length)]
      start += length
      if bytes.elementsEqual(Self.pasteBegin) {
        isPasting = true
      } else {
        presses.append(KeyPress(key, Array(bytes)))
      }
    }
    pending.removeFirst(start)
    return presses
  }

  /// Moves bytes into the paste; says whether its end was met, and leaves what follows it.
  private mutating func gatherPaste(from start: inout Int) -> Bool {
    let end = Self.pasteEnd
    var index = max(0, pasted.count - end.count + 1)
    pasted.append(contentsOf: pending[start...])
    while index + end.count <= pasted.count {
      if pasted[index] == end[0], pasted[index..<(index + end.count)].elementsEqual(end) {
        start = pending.count - (pasted.count - index - end.count)
        pasted.removeSubrange(index...)
        return true
      }
      index += 1
    }
    start = pending.count
    return false
  }

  private mutating func endPaste(mark: [UInt8]) -> KeyPress {
    let press = KeyPress(Key(.paste(pasted)), Self.pasteBegin + pasted + mark)
    pasted = []
    isPasting = false
    return press
  }
}
