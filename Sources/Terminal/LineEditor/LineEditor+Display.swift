@preconcurrency import CReadline
import Sessions

/// What readline draws of the line: it would send on whatever was pasted, completed or kept in a history.
extension LineEditor {
  /// Has readline draw the line with controls spelled out.
  static func redisplay() { whileLineIsVisible { rl_redisplay() } }

  /// Shows readline a copy of the line in which controls are spelled out; the line itself stays as it is.
  static func whileLineIsVisible(_ draw: () -> Void) {
    let hook = rl_redisplay_function
    rl_redisplay_function = rl_redisplay
    defer { rl_redisplay_function = hook }
    guard let buffer = rl_line_buffer, rl_end > 0 else { return draw() }
    let bytes = UnsafeRawBufferPointer(start: buffer, count: Int(rl_end))
    if bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) { return draw() }
    let (point, mark, end) = (rl_point, rl_mark, rl_end)
    let shown = Shown(bytes, marks: [point, mark].map { Int(max(0, min($0, end))) })
    if shown.text.elementsEqual(bytes) { return draw() }
    var text = shown.text.map { CChar(bitPattern: $0) } + [0]
    text.withUnsafeMutableBufferPointer { copy in
      rl_line_buffer = copy.baseAddress
      (rl_point, rl_mark) = (Int32(clamping: shown.marks[0]), Int32(clamping: shown.marks[1]))
      rl_end = Int32(clamping: shown.text.count)
      draw()
    }
    rl_line_buffer = buffer
    (rl_point, rl_mark, rl_end) = (point, mark, end)
  }

  /// A line as it is shown, and places of the line in it.
  struct Shown: Equatable {
    var text: [UInt8] = []
    var marks: [Int]

    /// Tabs and line breaks stay what they are: readline shows them itself.
    init(_ bytes: some Collection<UInt8>, marks places: [Int]) {
      let line = Array(bytes)
      marks = places.map { _ in 0 }
      var offset = 0
      for part in line.split(separator: 0x0A, omittingEmptySubsequences: false) {
        if offset > 0 { text.append(0x0A) }
        let start = offset
        let end = start + part.count
        for (index, place) in places.enumerated() where (start...end).contains(place) {
          let before = String(decoding: part.prefix(place - start), as: UTF8.self)
          marks[index] = text.count + VisibleText.of(before, keepsTabs: true).utf8.count
        }
        let shown = VisibleText.of(String(decoding: part, as: UTF8.self), keepsTabs: true)
        text += Array(shown.utf8)
        offset = end + 1
      }
      marks = marks.map { min($0, text.count) }
    }
  }
}
