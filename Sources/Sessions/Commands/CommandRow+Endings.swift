import Interchange
import Language

/// Which files a command writes, by their endings.
extension CommandRow {
  /// The answer of a command that looks, as text and for programs.
  static let answerEndings = ["txt", "json"]

  /// Endings of texts, which are written alike; a name without an ending is one, and so is a number, as in `net-0.1`.
  private static let textEndings = ["", "txt", "text", "log", "md"]

  /// Refuses a file that the command does not write, and tells who does.
  ///
  /// - Parameter word: the file, behind `>` or in place of it.
  func checkEnding(of word: Word, _ invocation: Invocation) throws(Diagnostic) {
    let ending = Path.fileExtension(of: word.text)
    let isText =
      Self.textEndings.contains(ending) || ending.allSatisfy(\.isNumber)
    if traits.contains(.anyEnding) || endings.contains(isText ? "txt" : ending) { return }
    let others = isText ? [] : Self.writers(of: ending)
    var diagnostic = Diagnostic(
      .argument, "\(verb) writes \(Self.listed(endings)) files, found \(word.text)", at: word.range)
    if !others.isEmpty {
      diagnostic.notes = [
        .init(".\(ending) files are written by \(Self.joined(Self.named(others)))")
      ]
    }
    let file = Unparser.text(of: word.atom)
    diagnostic.offers = others.prefix(Self.mostOffers).map {
      $0.writing.replacing("FILE", with: file)
    }
    if let ending = endings.first {
      diagnostic.offers.append(invocation.typed(writing: word, endingIn: ending))
    }
    throw diagnostic
  }

  /// The commands that write files of an ending, those that show networks first, those of which only a form does last.
  private static func writers(of ending: String) -> [CommandRow] {
    let rows = CommandTable.rows.filter { $0.endings.contains(ending) }
    let others = rows.filter { $0.group != .look }
    return rows.filter { $0.group == .look } + others.filter(\.writesAlways)
      + others.filter { !$0.writesAlways }
  }

  /// Whether the command writes files without a word that says so.
  private var writesAlways: Bool { writing == "\(verb) > FILE" || writing == "\(verb) FILE" }

  /// The verbs of commands, of many only the first.
  private static func named(_ rows: [CommandRow]) -> [String] {
    if rows.count <= mostOffers + 1 { return rows.map(\.verb) }
    return rows.prefix(mostOffers).map(\.verb) + ["\(rows.count - mostOffers) others"]
  }

  /// Which files the answer may be written to, as help says it; nothing where none.
  var fileLine: String? {
    if traits.isDisjoint(with: [.redirect, .ownRedirect]) || endings.isEmpty { return nil }
    return "> FILE writes \(Self.listed(endings)) files."
  }

  private static let mostOffers = 3

  /// `.svg, .csv and .json`.
  private static func listed(_ endings: [String]) -> String { joined(endings.map { "." + $0 }) }

  private static func joined(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Invocation {
  /// Whether the answer is to be written as JSON.
  var writesData: Bool {
    guard let redirect, Path.fileExtension(of: redirect.text) == "json" else { return false }
    return row.endings.contains("json")
  }

  /// The command as it was typed, with another ending of the file that it writes.
  fileprivate func typed(writing word: Word, endingIn ending: String) -> String {
    let path = Path.joining(Path.folder(of: word.text), Path.stem(of: word.text) + "." + ending)
    let source = range.source
    return source.text(in: range.lowerBound..<word.range.lowerBound)
      + Unparser.text(of: .string(path))
      + source.text(in: word.range.upperBound..<range.upperBound)
  }
}
