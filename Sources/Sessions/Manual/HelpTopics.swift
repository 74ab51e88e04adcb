import Language
import Networks

/// Help on commands, kinds and definitions, all from their tables.
struct HelpTopics {
  let environment: Environment

  /// What a word is help on.
  enum Topic {
    case layers
    case library
    case notes([String])
    case command(CommandRow)
    case construct(LanguageNotes.Construct)
    case kind(Kind)
    case definition(Definition)
    case explanation(Explanation)
  }

  /// What a word is help on, or nothing where nothing is called so.
  func topic(_ word: String) -> Topic? {
    switch word {
    case "layers", "kinds": return .layers
    case "library", "definitions": return .library
    case "language", "grammar": return .notes(LanguageNotes.lines)
    default: break
    }
    if let row = CommandTable.row(word) { return .command(row) }
    if let row = LanguageNotes.constructs.first(where: { $0.name == word }) {
      return .construct(row)
    }
    if let kind = Kind(word: word) { return .kind(kind) }
    if let definition = environment.definitions[word] { return .definition(definition) }
    return ExplanationTable.text(on: word).map { .explanation($0) }
  }

  /// The commands by group, and where to look further.
  var overview: [StyledText] {
    var lines: [StyledText] = []
    for group in CommandRow.Group.allCases {
      let verbs = CommandTable.rows.filter { $0.group == group }.map(\.verb)
      var line = StyledText(group.rawValue, .emphasis)
      line.append(String(repeating: " ", count: 10 - group.rawValue.count))
      line.append(verbs.joined(separator: " "), .typable)
      lines.append(line)
    }
    var words = StyledText("Language", .emphasis)
    words.append("  ")
    words.append("def let for if try repeat", .typable)
    lines.append(words)
    lines.append(
      StyledText(
        "help COMMAND, help LAYER, help layers, help library, help language; explain TERM", .dim))
    return lines
  }

  /// Help on a word, or nothing where nothing is called so.
  func lines(for topic: String) -> [StyledText]? {
    switch self.topic(topic) {
    case .layers: kinds
    case .library: lines(for: CommandTable.libraryRow) + [StyledText()] + definitions
    case .notes(let lines): lines.map { StyledText($0) }
    case .command(let row): lines(for: row) + Self.furtherLines(on: row.verb)
    case .construct(let row): [StyledText(row.usage, .typable), StyledText(row.summary)]
    case .kind(let kind):
      lines(for: kind) + Self.exampleLines(of: kind) + Self.furtherLines(on: kind.rawValue)
    case .definition(let definition): lines(for: definition)
    case .explanation(let text): text.styledLines(.unicode)
    case nil: nil
    }
  }

  /// Where to read why a command or layer is there, if a text says so.
  private static func furtherLines(on word: String) -> [StyledText] {
    guard ExplanationTable.text(on: word) != nil else { return [] }
    var line = StyledText("explain \(word)", .typable)
    line.append(": why it is there", .dim)
    return [line]
  }

  /// How a container is typed with blocks inside, as the text on it shows.
  private static func exampleLines(of kind: Kind) -> [StyledText] {
    guard kind.row.blocks != nil else { return [] }
    let commands = ExplanationTable.text(on: kind.rawValue)?.commands ?? []
    let example = commands.first { $0.contains("\(kind.rawValue) ") && $0.contains("{") }
    return example.map { [StyledText("  " + $0, .typable)] } ?? []
  }

  /// The definitions in the order of their names.
  var sortedDefinitions: [Definition] {
    environment.definitions.values.sorted { $0.name < $1.name }
  }

  /// Everything that has help.
  var topics: [String] {
    CommandTable.verbs + Kind.allCases.map(\.rawValue) + environment.definitionNames
      + ["layers", "library", "language"] + LanguageNotes.constructs.map(\.name)
  }

  private func lines(for row: CommandRow) -> [StyledText] {
    var lines = [StyledText(row.usage, .typable), StyledText(row.summary)]
    lines += row.details.map { StyledText($0) }
    var table = TextTable([("", .leading), ("", .leading), ("", .leading)])
    for key in row.keys {
      table.append([
        StyledText("  \(key.name)=", .typable), StyledText(key.defaultText),
        StyledText(key.summary, .dim),
      ])
    }
    lines += table.proseLines
    if let files = row.fileLine { lines.append(StyledText(files)) }
    return lines + row.examples.map { StyledText("  " + $0, .typable) }
  }

  private func lines(for kind: Kind) -> [StyledText] {
    let row = kind.row
    var lines = [StyledText(kind.signature, .typable), StyledText(row.summary)]
    if !row.aliases.isEmpty {
      lines.append(StyledText("also typed \(row.aliases.joined(separator: ", "))", .dim))
    }
    var table = TextTable([("", .leading), ("", .leading), ("", .leading), ("", .leading)])
    for parameter in row.ownParameters {
      let name = parameter.isPositional ? parameter.name.uppercased() : parameter.name + "="
      table.append([
        StyledText("  " + name, .typable), StyledText(parameter.defaultText ?? "needed"),
        StyledText(parameter.type.expectation, .dim), StyledText(parameter.fullSummary, .dim),
      ])
    }
    return lines + table.proseLines
  }

  private func lines(for definition: Definition) -> [StyledText] {
    var lines = [StyledText(definition.signature, .typable)]
    if let documentation = definition.documentation {
      lines += documentation.split(separator: "\n").map { StyledText(tabbed: String($0)) }
    }
    return lines
      + definition.text.split(separator: "\n").map { StyledText(tabbed: "  " + $0, .dim) }
  }

  private var kinds: [StyledText] {
    var table = TextTable([("", .leading), ("", .leading)])
    for kind in Kind.allCases {
      table.append([StyledText(kind.signature, .typable), StyledText(kind.row.summary, .dim)])
    }
    return table.proseLines + Self.commonSettings
  }

  /// What all layers take, and all that hold blocks.
  private static var commonSettings: [StyledText] {
    let checkpoint = KindParameter.checkpoint
    return [
      StyledText("every block takes ", .dim) + StyledText("name=NAME", .typable)
        + StyledText(" and ", .dim) + StyledText("frozen=yes", .typable),
      StyledText("all that hold blocks take ", .dim)
        + StyledText("\(checkpoint.name)=yes", .typable)
        + StyledText(": \(checkpoint.summary)", .dim),
    ]
  }

  private var definitions: [StyledText] {
    var table = TextTable([("", .leading), ("", .leading)])
    for definition in sortedDefinitions {
      let summary = definition.documentation?.split(separator: "\n").first.map(String.init) ?? ""
      table.append([StyledText(definition.signature, .typable), StyledText(summary, .dim)])
    }
    return table.proseLines
  }
}

extension CommandScope {
  /// Answers `help [TOPIC]`.
  mutating func help(_ invocation: Invocation) throws -> Report {
    let topics = HelpTopics(environment: state.environment)
    guard let asked = Asked(invocation) else {
      return Report(topics.overview) { topics.data(for: nil) ?? .null }
    }
    if case .explanation? = topics.topic(asked.text), let report = try explanation(of: asked) {
      return report
    }
    if let lines = topics.lines(for: asked.text) {
      return Report(lines) { topics.data(for: asked.text) ?? .null }
    }
    if let report = try explanation(of: asked) { return report }
    let near = DidYouMean.nearest(asked.text, among: topics.topics)
    throw Diagnostic(
      .name, "there is no help on \(asked.text)", at: asked.range,
      guessing: near ?? nearestTerm(to: asked.text), offers: ["help"])
  }
}
