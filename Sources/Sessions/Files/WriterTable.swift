import Language

/// What a command writes to files, by their endings.
typealias WriterTable<Writer: Sendable> = EndingTable<Writer>

extension EndingTable {
  /// The writer of a file.
  ///
  /// - Parameter offer: The command that would write a file of an ending.
  /// - Throws: A diagnostic that tells the endings where it has another one.
  func writer(for word: Word, of verb: String, offer: (String) -> String) throws(Diagnostic)
    -> Action
  {
    if let writer = self[word.text] { return writer }
    throw Diagnostic(
      .argument, "\(verb) writes \(endings(joinedBy: "and")) files, found \(word.text)",
      at: word.range, offers: endings.map(offer))
  }
}
