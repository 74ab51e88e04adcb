/// A statement that is entered line by line, and whether it is open still.
///
/// Of lines that close what they open nothing is read again: what is kept beside the text is the lines that have
/// opened the braces still open, so that a line costs as much in a long block as in a short one.
package struct OpenStatement {
  /// The lines so far.
  package private(set) var text = ""

  /// Lines that have opened braces which are open, and how many are open after each.
  private var openers: [(line: String, depth: Int)] = []

  /// No line yet.
  package init() {}

  /// Whether there is a line.
  package var isEmpty: Bool { text.isEmpty && openers.isEmpty }

  /// Adds a line and says whether the statement needs further ones.
  ///
  /// - Parameter needsMore: whether a text is not complete yet; false also of one that cannot be read.
  package mutating func add(_ line: String, needsMore: (String) -> Bool) -> Bool {
    let isFirst = text.isEmpty
    text += isFirst ? line : "\n" + line
    let skeleton = (openers.map(\.line) + [line]).joined(separator: "\n")
    guard needsMore(skeleton) else {
      if isFirst || !needsMore(text) { return false }
      openers = [(text, depth(of: text, needsMore) ?? 0)]
      return true
    }
    guard let depth = depth(of: skeleton, needsMore) else {
      openers.append((line, openers.last?.depth ?? 0))
      return true
    }
    while let last = openers.last, last.depth > depth { openers.removeLast() }
    if (openers.last?.depth ?? 0) < depth { openers.append((line, depth)) }
    return true
  }

  /// How many braces end a text; nothing where something else is open in them.
  private func depth(of text: String, _ needsMore: (String) -> Bool) -> Int? {
    func isOpen(_ closing: Int) -> Bool {
      needsMore(text + "\n" + String(repeating: "}", count: closing))
    }
    let known = openers.last?.depth ?? 1
    if !isOpen(known) { return (0..<known).last(where: isOpen).map { $0 + 1 } ?? 0 }
    return (known + 1...known + Self.mostOpened).first { !isOpen($0) }
  }

  /// The most braces one line is expected to open.
  private static let mostOpened = 16
}
