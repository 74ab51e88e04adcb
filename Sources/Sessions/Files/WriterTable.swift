import Interchange
import Language

/// What a command writes to files, by their endings; another format is another line.
struct WriterTable<Writer: Sendable>: ExpressibleByDictionaryLiteral, Sendable {
  private let writers: [(ending: String, writer: Writer)]

  /// Writers in the order in which they are told.
  init(dictionaryLiteral elements: (String, Writer)...) {
    writers = elements.map { ($0.0, $0.1) }
  }

  /// The writer of a file, by its ending in letters of either case; nothing for another ending.
  subscript(path: String) -> Writer? {
    let ending = Path.fileExtension(of: path).lowercased()
    return writers.first { $0.ending == ending }?.writer
  }

  /// The writer of a file.
  ///
  /// - Parameter offer: The command that would write a file of an ending.
  /// - Throws: A diagnostic that tells the endings where it has another one.
  func writer(for word: Word, of verb: String, offer: (String) -> String) throws(Diagnostic)
    -> Writer
  {
    if let writer = self[word.text] { return writer }
    throw Diagnostic(
      .argument, "\(verb) writes \(endings(joinedBy: "and")) files, found \(word.text)",
      at: word.range, offers: writers.map { offer($0.ending) })
  }

  /// `.svg and .csv`.
  func endings(joinedBy conjunction: String) -> String {
    let all = writers.map { "." + $0.ending }
    return all.count < 3
      ? all.joined(separator: " \(conjunction) ")
      : all.dropLast().joined(separator: ", ") + " \(conjunction) " + all[all.count - 1]
  }
}
