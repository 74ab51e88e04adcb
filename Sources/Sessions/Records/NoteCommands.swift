import Language
import Records

extension CommandTable {
  /// The commands that say something of runs.
  static let noteRows: [CommandRow] = [
    CommandRow(
      "note", .runs, usage: "note N TEXT …",
      "keeps a remark with a run; an empty one, \"\", removes it",
      examples: ["note 1 with the wide stem", "note 1 \"2 epochs; then lr / 10\""],
      repeats: .anything, words: nil,
      run: { try $0.note($1) }),
    CommandRow(
      "tag", .runs, usage: "tag N WORD …",
      "gives a run tags, by which runs are listed; -WORD removes one",
      examples: ["tag 1 baseline", "tag 1 -baseline"], repeats: .anything, words: nil,
      run: { try $0.tag($1) }),
  ]
}

extension CommandScope {
  /// Answers `note N TEXT`.
  mutating func note(_ invocation: Invocation) throws -> Report {
    let number = try invocation.word(0, "a run's number", invocation.row)
    _ = try invocation.word(1, "TEXT", invocation.row)
    let text = invocation.words.dropFirst().map(\.text).joined(separator: " ")
    if context.checksOnly, !context.isTrial {
      return Report("would note that of run \(number.text)")
    }
    let run = try run(number)
    if text.utf8.count > Self.longestNote {
      throw Diagnostic(
        .argument,
        "a note has up to \(Numbers.grouped(Self.longestNote)) bytes, found \(Numbers.grouped(text.utf8.count))",
        at: invocation.words[1].range)
    }
    ask(for: .annotate(run.id ?? 0) { $0.note = text })
    return Report(text.isEmpty ? "run \(number.text) has no note" : "run \(number.text): \(text)")
  }

  /// Bytes of a note at most.
  private static let longestNote = 4096

  /// Answers `tag N WORD …`.
  mutating func tag(_ invocation: Invocation) throws -> Report {
    let number = try invocation.word(0, "a run's number", invocation.row)
    _ = try invocation.word(1, "WORD", invocation.row)
    if context.checksOnly, !context.isTrial { return Report("would tag run \(number.text)") }
    let run = try run(number)
    var tags = run.tags
    for word in invocation.words.dropFirst() {
      let isRemoved = word.text.hasPrefix("-")
      let tag = isRemoved ? String(word.text.dropFirst()) : word.text
      guard !tag.isEmpty, tag.utf8.count <= 64, !tag.contains(where: \.isWhitespace) else {
        throw Diagnostic(
          .argument,
          "a tag is one word of up to 64 bytes, found \(DisplayWidth.truncate(word.text, to: 40))",
          at: word.range, offers: ["tag \(number.text) baseline"])
      }
      tags.removeAll { $0 == tag }
      if !isRemoved { tags.append(tag) }
    }
    let changed = tags
    ask(for: .annotate(run.id ?? 0) { $0.tags = changed })
    return Report(
      tags.isEmpty
        ? "run \(number.text) has no tags" : "run \(number.text): \(tags.joined(separator: " "))")
  }
}
