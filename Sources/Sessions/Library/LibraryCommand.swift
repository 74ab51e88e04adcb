import Language
import Networks

extension CommandTable {
  /// The networks and blocks that come with the program.
  static let libraryRow = CommandRow(
    "library", .lessons, usage: "library [show] [NAME]",
    "lists networks that come with the program, or prints the definition of one",
    details: [
      "Parameters and multiply-adds are those on the input of the paper, with as many classes as there.",
      "Each is a definition in this language, added by its name; help library lists blocks too.",
    ],
    examples: ["library", "library show resnet20", "library > library.json"],
    slots: [.words(["show"] + LibraryNetwork.all.map(\.name))], words: 2,
    traits: [.redirect], endings: CommandRow.answerEndings, run: { try $0.library($1) })
}

extension CommandScope {
  /// Answers `library [show] [NAME]`.
  mutating func library(_ invocation: Invocation) throws -> Report {
    var words = invocation.words
    if words.first?.text == "show" { words.removeFirst() }
    if words.count > 1 {
      throw invocation.row.refusal(
        "library takes one name, found \(words[1].text)", at: words[1].range)
    }
    guard let word = words.first else { return try libraryOverview(invocation) }
    let definitions = Library.environment.definitions
    guard let definition = definitions[word.text] else {
      throw Diagnostic(
        .name, "nothing in the library is called \(word.text)", at: word.range,
        guessing: DidYouMean.nearest(word.text, among: Array(definitions.keys)),
        offers: ["library"])
    }
    let lines = HelpTopics(environment: Library.environment).lines(for: definition.name) ?? []
    return Report(lines) {
      ["name": .text(definition.name), "text": .text(definition.text)]
    }
  }

  private mutating func libraryOverview(_ invocation: Invocation) throws -> Report {
    var table = TextTable([
      ("network", .leading), ("parameters", .trailing), ("mul-adds", .trailing),
      ("input", .trailing),
      ("year", .trailing), ("paper", .leading),
    ])
    var rows: [JSON] = []
    for known in LibraryNetwork.all {
      let network = try network(of: "input \(known.input); add \(known.name)", name: known.name)
      let adds = network.facts[network.root.id]?.multiplyAdds
      let count = network.learnableCount
      table.append([
        StyledText(known.name, .typable), StyledText(Numbers.grouped(count)),
        StyledText(adds.map(Numbers.short) ?? ""), StyledText(network.input.displayText),
        StyledText(String(known.year), .dim), StyledText(known.paper, .dim),
      ])
      rows.append([
        "name": .text(known.name), "parameters": .integer(count),
        "multiply_adds": .optional(adds), "input": .text(known.input),
        "year": .integer(known.year), "paper": .text(known.paper),
      ])
    }
    let end = StyledText("library show NAME prints a definition, add NAME adds it", .dim)
    let facts: JSON = ["networks": .array(rows)]
    let (networks, glyphs) = (table, context.glyphs)
    var report = context.answer(for: invocation) { columns in
      networks.blockLines(columns: columns, glyphs) + [end]
    }
    report.data = { facts }
    return report
  }
}
