import Language

/// Reads a lesson: paragraphs of a command file, the first of which names it.
///
/// `## NAME: TITLE` and a comment of one line begin it, with commands to start from; each further paragraph is a
/// step: comments, `# hint:` lines, commands, `expect`s. `# keep: COMMAND  WHAT` stands in the last one.
struct LessonReader {
  private let source: SourceText

  /// A paragraph: its lines' numbers, counted from 0.
  private typealias Paragraph = Range<Int>

  /// The lesson that a text is.
  ///
  /// - Throws: The diagnostic of what cannot be read, in its place.
  static func lesson(of source: SourceText) throws -> Lesson {
    try LessonReader(source: source).read()
  }

  /// Whether a text is a lesson: whether its first line but `#!` begins with `##`.
  static func isLesson(_ text: String) -> Bool {
    let lines = text.split(separator: "\n", maxSplits: 2).map(String.init)
    let first = lines.first { !$0.hasPrefix("#!") }
    return first?.hasPrefix("## ") ?? false
  }

  private func read() throws -> Lesson {
    let paragraphs = paragraphs
    guard let head = paragraphs.first else { throw missingTitle(at: source.range(0, 0)) }
    let lines = head.map(line).filter { !$0.hasPrefix("#!") }
    let title = lines.first.map { $0.dropFirst(2).drop { $0 == " " } } ?? ""
    let parts = title.split(separator: ":", maxSplits: 1).map(Self.trimmed)
    guard lines.first?.hasPrefix("## ") == true, parts.count == 2, !parts[0].isEmpty,
      parts[0].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
    else { throw missingTitle(at: range(head)) }
    let summary = lines.dropFirst().filter { $0.hasPrefix("#") }.map(Self.comment)
    let steps = try paragraphs.dropFirst().map(step)
    if steps.isEmpty {
      throw Diagnostic(
        .argument, "a lesson has steps: paragraphs after that of its title", at: range(head),
        offers: ["help lesson"])
    }
    let keeps = paragraphs.dropFirst().flatMap { $0.map(line) }.compactMap(Self.keep)
    return Lesson(
      name: parts[0].lowercased(), title: parts[1], summary: summary.joined(separator: " "),
      start: try statements(of: head), steps: steps, keeps: keeps)
  }

  private func missingTitle(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .syntax, "a lesson begins with ## NAME: TITLE", at: range, offers: ["help lesson"])
  }

  private func step(_ paragraph: Paragraph) throws -> Lesson.Step {
    let comments = paragraph.map(line).filter { $0.hasPrefix("#") }.map(Self.comment)
    let hints = comments.filter { $0.hasPrefix("hint:") }.map { Self.trimmed($0.dropFirst(5)) }
    let text = comments.filter { !$0.hasPrefix("hint:") && !$0.hasPrefix("keep:") }
    let statements = try statements(of: paragraph)
    return Lesson.Step(
      text: text, hints: hints, solution: statements.filter { !Self.isExpectation($0) },
      expectations: statements.filter(Self.isExpectation), range: range(paragraph))
  }

  private static func isExpectation(_ statement: Statement) -> Bool {
    statement.range.text.prefix { !$0.isWhitespace } == "expect"
  }

  /// The statements of a paragraph, in their places in the file.
  private func statements(of paragraph: Paragraph) throws -> [Statement] {
    let text = source.text(in: range(paragraph).lowerBound..<range(paragraph).upperBound)
    let part = SourceText(
      name: source.name, text: text, firstLine: source.firstLine + paragraph.lowerBound)
    return try Parser.parse(file: part)
  }

  private var paragraphs: [Paragraph] {
    var paragraphs: [Paragraph] = []
    var start: Int?
    for index in 0...source.lineCount {
      let isBlank = index == source.lineCount || line(index).allSatisfy(\.isWhitespace)
      if isBlank, let first = start {
        paragraphs.append(first..<index)
        start = nil
      } else if !isBlank, start == nil {
        start = index
      }
    }
    return paragraphs
  }

  private func line(_ index: Int) -> String { source.text(in: source.bytes(ofLine: index)) }

  private func range(_ paragraph: Paragraph) -> SourceRange {
    source.range(
      source.bytes(ofLine: paragraph.lowerBound).lowerBound,
      source.bytes(ofLine: paragraph.upperBound - 1).upperBound)
  }

  /// The text of a comment; what its author has set in columns stays so.
  private static func comment(_ line: String) -> String {
    let text = line.drop { $0 == "#" }
    return String(text.hasPrefix(" ") ? text.dropFirst() : text)
  }

  private static func keep(_ line: String) -> (command: String, says: String)? {
    let text = line.hasPrefix("#") ? comment(line) : ""
    guard text.hasPrefix("keep:") else { return nil }
    let parts = text.dropFirst(5).split(separator: "  ", maxSplits: 1).map(trimmed)
    return parts.first.map { ($0, parts.count > 1 ? parts[1] : "") }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
