/// Cuts a stream of bytes into statements: lines, joined while a block is open.
package struct StatementReader {
  /// A statement that may have several lines, and the number of its first, counted from 1.
  package struct Unit: Equatable, Sendable {
    package var text: String
    package var firstLine: Int

    /// A statement that begins on a line.
    package init(text: String, firstLine: Int) {
      self.text = text
      self.firstLine = firstLine
    }
  }

  private let needsMore: (String) -> Bool
  private let limit: Int
  private var bytes: [UInt8] = []
  private var scanned = 0
  private var line = 1
  private var open: OpenStatement?
  private var firstLine = 1

  /// A reader.
  ///
  /// - Parameters:
  ///   - limit: bytes after which an open statement is given as it stands, to be refused by those
  ///     who read it.
  ///   - needsMore: whether a text is not complete yet.
  package init(limit: Int = 4 << 20, needsMore: @escaping (String) -> Bool) {
    self.needsMore = needsMore
    self.limit = limit
  }

  /// Takes bytes as they were read and gives the statements that are complete.
  package mutating func feed(_ more: some Sequence<UInt8>) -> [Unit] {
    bytes += more
    var units: [Unit] = []
    var start = 0
    while let end = bytes[max(start, scanned)...].firstIndex(of: UInt8(ascii: "\n")) {
      if let unit = take(bytes[start..<end]) { units.append(unit) }
      start = end + 1
    }
    bytes.removeFirst(start)
    scanned = bytes.count
    if bytes.count > limit { units += finish() }
    return units
  }

  /// Gives what is left at the end, complete or not.
  package mutating func finish() -> [Unit] {
    var units: [Unit] = []
    if !bytes.isEmpty, let unit = take(bytes[...]) { units.append(unit) }
    if let open { units.append(Unit(text: open.text, firstLine: firstLine)) }
    (open, bytes, scanned) = (nil, [], 0)
    return units
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>) -> Unit? {
    var statement = open ?? OpenStatement()
    if open == nil { firstLine = line }
    open = nil
    line += 1
    let isOpen = statement.add(String(decoding: bytes, as: UTF8.self), needsMore: needsMore)
    if isOpen, statement.text.utf8.count <= limit {
      open = statement
      return nil
    }
    return statement.text.allSatisfy(\.isWhitespace)
      ? nil : Unit(text: statement.text, firstLine: firstLine)
  }
}
