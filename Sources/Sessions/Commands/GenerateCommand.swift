import Language
import Networks
import Training

extension CommandTable {
  /// The command that has a network write.
  static let generateRow = CommandRow(
    "generate", .train, usage: "generate [N] [\"START\"] [temperature=T] [seed=N]",
    "writes a text, character by character, as the network predicts it",
    details: [
      "For networks that learn data text: each next character is drawn from the softmax of the scores at the last",
      "position, and the window moves on. N characters are written, 200 if nothing is said, behind START, or behind",
      "the end of a line. Scores are divided by the temperature first: below 1 the text keeps to what is likely, 0",
      "takes the likeliest.",
    ],
    examples: ["generate", "generate 500 \"The sea\" temperature=0.7"],
    slots: [.anything, .anything],
    keys: [
      .init("temperature", default: "1", "what scores are divided by"),
      .init("seed", default: "that of seed", "which random numbers are drawn"),
    ],
    words: 2, traits: [.redirect], endings: CommandRow.answerEndings,
    run: { try $0.generate($1) })
}

extension CommandScope {
  private static let presetCount = 200
  private static let mostCharacters = 1_000_000
  private static let mostTold = 1000

  /// Answers `generate [N] ["START"] [temperature=T] [seed=N]`.
  mutating func generate(_ invocation: Invocation) throws -> Report {
    let number = invocation.words.first { $0.kind != .string && $0.number != nil }
    let start = invocation.words.first { $0.range != number?.range }
    if let start, number == nil, invocation.words.count > 1 {
      throw invocation.row.refusal(
        "generate takes a number and one text, found \(invocation.words[1].text)",
        at: start.range.extended(to: invocation.words[1].range))
    }
    let count =
      try number?.integer("generate", in: 1...Self.mostCharacters) ?? Self.presetCount
    let temperature =
      try invocation.option("temperature")?.value.number("temperature", in: 0...100) ?? 1
    let seed = try invocation.option("seed")?.value.integer("seed", in: 0...Int.max)
    let data = try textData(at: invocation.range)
    guard let vocabulary = data.train.vocabulary else { return Report() }
    let network = try currentNetwork(at: invocation.range)
    try checkTrainable(network, data: data, at: invocation.range)
    try checkCharacters(vocabulary, of: data, at: invocation.range)
    let numbers = try self.numbers(of: start, vocabulary, data)
    if context.checksOnly {
      return Report("would write \(Numbers.count(count, "character"))")
    }
    let task = WritingTask(
      start: numbers, among: vocabulary.count, count: count, temperature: temperature,
      seed: seed.map { UInt64($0) } ?? state.recipe.seed)
    let request = runRequestForWeights(network, data: data)
    let (written, learned) = try computing(at: invocation.range) {
      try context.calculator.write(request, task)
    }
    state.current?.weights = learned
    let text = vocabulary.text(of: written.numbers)
    if written.isStopped {
      var stopped = Diagnostic.stopped()
      if !text.isEmpty { stopped.notes = [.init(Self.told(text))] }
      throw stopped
    }
    if written.isUndefined {
      throw Diagnostic(
        .state, "the outputs of \(state.currentName) are no numbers", at: invocation.range,
        offers: ["why"])
    }
    var lines = Self.lines(start?.text ?? "", text)
    if written.seesAhead {
      var note = StyledText(
        "note: outputs of \(state.currentName) depend on characters behind their position, which it has to "
          + "predict: ", .warning)
      note.append("help pad", .typable)
      lines.append(note)
    }
    let (name, begun) = (state.currentName, vocabulary.text(of: numbers))
    return Report(lines) {
      [
        "network": .text(name), "start": .text(begun), "text": .text(text),
        "characters": .integer(count), "temperature": .number(temperature),
        "seed": .text("\(task.seed)"), "sees_ahead": .boolean(written.seesAhead),
      ]
    }
  }

  /// What a text began with that was stopped; not all of a long one, so that what ended it stays in view.
  static func told(_ text: String) -> String {
    if text.count <= mostTold { return "written before: \(text)" }
    let (told, all) = (Numbers.grouped(mostTold), Numbers.grouped(text.count))
    return "written before, the first \(told) of \(all) characters: \(text.prefix(mostTold))"
  }

  /// The data, which must be a text.
  private mutating func textData(at range: SourceRange) throws -> Dataset {
    if state.data == nil, state.unread[""] == nil {
      throw Diagnostic(
        .state, "generate writes in the characters of a text, and there is no data yet", at: range,
        offers: ["data text"])
    }
    let data = try currentData(at: range)
    if data.train.vocabulary != nil { return data }
    throw Diagnostic(
      .state, "generate writes in the characters of a text, and \(data.name) is none", at: range,
      offers: ["data text"])
  }

  /// Refuses a network that has learned other characters than those of the data.
  private func checkCharacters(_ vocabulary: Vocabulary, of data: Dataset, at range: SourceRange)
    throws(Diagnostic)
  {
    guard let known = state.current?.classNames, !known.isEmpty, known != vocabulary.names else {
      return
    }
    throw Diagnostic(
      .state,
      "\(state.currentName) has learned other characters than the "
        + "\(Numbers.grouped(vocabulary.count)) of \(data.name): its text must be the data",
      at: range, offers: ["data"])
  }

  /// The numbers of the characters to begin with; a line's end, or else the first character, where none are given.
  private func numbers(of start: Word?, _ vocabulary: Vocabulary, _ data: Dataset)
    throws(Diagnostic) -> [Int32]
  {
    guard let start, !start.text.isEmpty else { return [vocabulary.number(of: "\n") ?? 0] }
    var numbers: [Int32] = []
    for character in start.text.unicodeScalars {
      guard let number = vocabulary.number(of: character) else {
        throw Diagnostic(
          .argument,
          "'\(character)' is none of the \(Numbers.count(vocabulary.count, "character")) of \(data.name)",
          at: start.range, offers: ["data"])
      }
      numbers.append(number)
    }
    return numbers
  }

  /// What was written behind a start, line by line.
  private static func lines(_ start: String, _ text: String) -> [StyledText] {
    var lines = [StyledText()]
    for (part, role) in [(start, TextRole.emphasis), (text, .plain)] {
      let pieces = part.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        if index > 0 { lines.append(StyledText()) }
        lines[lines.count - 1].append(String(piece), role)
      }
    }
    return lines
  }
}
