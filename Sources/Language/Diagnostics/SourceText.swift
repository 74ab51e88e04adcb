/// A named piece of text that was typed or read, with its table of lines.
///
/// Offsets everywhere in `Language` count UTF-8 bytes from the beginning of the text. A reference
/// type, so that every range can name its source for the price of a pointer; it never changes.
package final class SourceText: Sendable {
  /// What diagnostics call the text: a path, `-e`, or an empty string for a line typed at the
  /// prompt.
  package let name: String
  package let text: String
  package let bytes: [UInt8]
  /// The number of the text's first line in the file or stream it was cut from.
  package let firstLine: Int
  private let lineStarts: [Int]

  /// A text with its name, empty at a prompt, and the number of its first line.
  package init(name: String = "", text: String, firstLine: Int = 1) {
    self.name = name
    self.text = text
    self.firstLine = firstLine
    bytes = Array(text.utf8)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  package var lineCount: Int { lineStarts.count }

  /// The index of the line that holds an offset, counted from 0; offsets outside are clamped.
  package func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a line counted from 0, without its line break.
  package func bytes(ofLine line: Int) -> Range<Int> {
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
    if end > start, end < bytes.count, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// Line and column of an offset; lines count from `firstLine`, columns count characters from 1.
  package func position(at offset: Int) -> (line: Int, column: Int) {
    let line = line(at: offset)
    let start = lineStarts[line]
    let end = min(max(offset, start), bytes.count)
    return (line + firstLine, text(in: start..<end).count + 1)
  }

  /// The text of a range of bytes, clamped to the source; a cut character is repaired.
  package func text(in range: Range<Int>) -> String {
    let bounds = range.clamped(to: 0..<bytes.count)
    return String(decoding: bytes[bounds], as: UTF8.self)
  }

  /// A range of this text.
  package func range(_ lowerBound: Int, _ upperBound: Int) -> SourceRange {
    SourceRange(source: self, lowerBound: lowerBound, upperBound: upperBound)
  }
}
