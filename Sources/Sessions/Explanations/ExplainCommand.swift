import Language
import Networks

extension CommandTable {
  /// Answers what words mean, and how the numbers of a block come about.
  static let explainRow = CommandRow(
    "explain", .script, usage: "explain [TERM|CODE|PATH]",
    "tells in a few lines what a word means, or how the numbers of a block come about",
    details: [
      "Layers, containers, shortcuts, commands, columns, codes of errors, the terms of the field;",
      "each with commands to type. explain PATH does the sums of a block of the network in hand.",
      "explain alone lists all words; explain gluon answers how a residual block is defined.",
    ],
    examples: ["explain residual", "explain receptive field", "explain conv1", "explain E-SHAPE"],
    slots: [.term], repeats: .anything, words: nil, traits: [.anyKeys, .redirect],
    endings: CommandRow.answerEndings, run: { try $0.explain($1) })
}

extension CommandScope {
  /// Answers `explain [TERM|CODE|PATH]`.
  mutating func explain(_ invocation: Invocation) throws -> Report {
    guard let asked = Asked(invocation) else { return explanationOverview }
    if let report = try explanation(of: asked) { return report }
    if let network = state.current?.network, asked.text.contains(where: { ".*".contains($0) }) {
      _ = try refusing(at: asked.range) { () throws(PathFault) in
        try network.blocks(inRange: asked.text)
      }
    }
    throw Diagnostic(
      .name, "there is nothing to explain by the name of \(asked.text)", at: asked.range,
      guessing: nearestTerm(to: asked.text), offers: ["explain"])
  }

  /// What is explained by the words of a command: the text on a term, or blocks of the network in
  /// hand; nothing where neither is called so.
  mutating func explanation(of asked: Asked) throws -> Report? {
    if let text = asked.texts.lazy.compactMap({ ExplanationTable.text(on: $0) }).first {
      return report(on: text)
    }
    let blocks = (try? state.current?.network.blocks(inRange: asked.text)) ?? []
    return blocks.isEmpty ? nil : report(on: blocks)
  }

  /// The term that may have been meant: one of several words, the kind of a block that is not there, or one
  /// that is spelled alike.
  func nearestTerm(to word: String) -> String? {
    let known = word.split(separator: " ").map(String.init)
    if known.count > 1, let last = known.last(where: { ExplanationTable.text(on: $0) != nil }) {
      return last
    }
    let stem = String(word.reversed().drop { $0.isNumber }.reversed())
    if stem != word, Kind(word: stem) != nil { return stem }
    let paths = state.current?.network.paths ?? []
    return DidYouMean.nearest(word, among: ExplanationTable.words + paths)
  }

  private func report(on text: Explanation) -> Report {
    let commands = commandsToShow(text)
    return Report(
      text.styledLines(context.glyphs) + commands.map { StyledText("  " + $0, .typable) }
    ) {
      text.data(commands: commands)
    }
  }

  private func report(on blocks: [Located]) -> Report {
    guard let network = state.current?.network else { return Report() }
    let name = state.currentName
    let found = blocks.compactMap { BlockExplanation($0, in: network) }
    return Report(found.flatMap { $0.lines(context.glyphs) }) {
      [
        "about": "blocks", "network": .text(name), "blocks": .array(found.map(\.data)),
      ]
    }
  }

  /// The commands of a text as they can be typed now: on the network in hand where it has what they
  /// need, else on one that they build first.
  func commandsToShow(_ text: Explanation) -> [String] {
    if text.start.isEmpty { return text.commands }
    guard let current = state.current?.network else {
      return renamed([text.start] + text.commands)
    }
    let tried = text.commands.filter { command in
      !CommandTable.has(.directsRun, command.prefix { $0 != " " })
    }
    if !current.isEmpty, outcome(of: tried.joined(separator: "; ")) != nil {
      return text.commands
    }
    return renamed(["net \(freeName("toy")); \(text.start)"] + text.commands)
  }

  /// Commands whose new networks have names that no network has.
  private func renamed(_ commands: [String]) -> [String] {
    let words = commands.joined(separator: " ").split { $0 == " " || $0 == ";" }.map(String.init)
    var result = commands
    for (verb, name) in zip(words, words.dropFirst())
    where ["net", "fork"].contains(verb) && state.networks[name] != nil {
      let free = freeName(name)
      result = result.map { $0.replacing(name, with: free) }
    }
    return result
  }

  /// All terms by groups.
  private var explanationOverview: Report {
    var lines: [StyledText] = []
    for group in Explanation.Group.allCases {
      let words = ExplanationTable.all.filter { $0.group == group }.map(\.name)
      for (index, line) in Self.filled(words, columns: 80 - Self.margin).enumerated() {
        let head = index == 0 ? group.rawValue : ""
        var styled = StyledText(head, .emphasis)
        styled.append(String(repeating: " ", count: max(1, Self.margin - head.count)))
        styled.append(context.glyphs.spell(line), .typable)
        lines.append(styled)
      }
    }
    lines.append(
      StyledText("explain TERM, explain PATH for a block of the network in hand", .dim))
    return Report(lines) {
      let groups = Explanation.Group.allCases.map { group -> JSON in
        let texts = ExplanationTable.all.filter { $0.group == group }
        return [
          "group": .text(group.rawValue), "terms": .array(texts.map { .texts($0.names) }),
        ]
      }
      return ["about": "terms", "groups": .array(groups)]
    }
  }

  private static let margin = 12

  /// Words with commas between them, in lines of so many columns.
  private static func filled(_ words: [String], columns: Int) -> [String] {
    var lines: [String] = []
    for (index, word) in words.enumerated() {
      let piece = index + 1 < words.count ? word + "," : word
      if let last = lines.last,
        DisplayWidth.columns(of: last) + 1 + DisplayWidth.columns(of: piece) <= columns
      {
        lines[lines.count - 1] = last + " " + piece
      } else {
        lines.append(piece)
      }
    }
    return lines
  }
}

/// What was asked to be explained.
struct Asked {
  /// The words with blanks between them.
  let text: String
  let range: SourceRange

  /// What may lead to a text, the longest first: of `stride=2` the whole, then the key.
  let texts: [String]

  /// The words and keys of a command, or nothing where it has none.
  init?(_ invocation: Invocation) {
    let words = invocation.words
    let options = invocation.options
    guard let range = words.first?.range ?? options.first?.range else { return nil }
    let typed = words.map(\.text) + options.map { "\($0.name)=\($0.value.text)" }
    text = typed.joined(separator: " ")
    texts = [text] + (words.isEmpty ? options.prefix(1).map(\.name) : [])
    let last = words.last?.range ?? range
    self.range =
      options.isEmpty ? range.source.range(range.lowerBound, last.upperBound) : range
  }
}

extension Explanation {
  /// The text for programs.
  func data(commands: [String]) -> JSON {
    [
      "about": "term", "term": .text(name), "names": .texts(names),
      "group": .text(group.rawValue), "lines": .texts(lines), "commands": .texts(commands),
    ]
  }
}
