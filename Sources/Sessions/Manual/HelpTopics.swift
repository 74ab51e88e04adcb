import Language
import Networks

/// Help on commands, kinds and definitions, all from their tables.
struct HelpTopics {
  let environment: Environment

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
      StyledText("help COMMAND, help LAYER, help layers, help library, help language", .dim))
    return lines
  }

  /// Help on a word, or nothing where nothing is called so.
  func lines(for topic: String) -> [StyledText]? {
    switch topic {
    case "layers", "kinds": return kinds
    case "library", "definitions": return definitions
    case "memory": return MemoryNotes.lines.map { StyledText($0) }
    case "language", "grammar": return LanguageNotes.lines.map { StyledText($0) }
    default: break
    }
    if let row = CommandTable.row(topic) { return lines(for: row) }
    if let row = LanguageNotes.constructs.first(where: { $0.name == topic }) {
      return [StyledText(row.usage, .typable), StyledText(row.summary)]
    }
    if let kind = Kind(word: topic) { return lines(for: kind) }
    if let definition = environment.definitions[topic] { return lines(for: definition) }
    return nil
  }

  /// Everything that has help.
  var topics: [String] {
    CommandTable.verbs + Kind.allCases.map(\.rawValue) + environment.definitionNames
      + ["layers", "library", "language", "memory"] + LanguageNotes.constructs.map(\.name)
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
    return lines + row.examples.map { StyledText("  " + $0, .typable) }
  }

  private func lines(for kind: Kind) -> [StyledText] {
    let row = kind.row
    var lines = [StyledText(kind.signature, .typable), StyledText(row.summary)]
    if !row.aliases.isEmpty {
      lines.append(StyledText("also typed \(row.aliases.joined(separator: ", "))", .dim))
    }
    var table = TextTable([("", .leading), ("", .leading), ("", .leading), ("", .leading)])
    for parameter in row.parameters {
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
    return table.proseLines
  }

  private var definitions: [StyledText] {
    var table = TextTable([("", .leading), ("", .leading)])
    for definition in environment.definitions.values.sorted(by: { $0.name < $1.name }) {
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
    guard let word = invocation.words.first else { return Report(topics.overview) }
    if let lines = topics.lines(for: word.text) { return Report(lines) }
    throw Diagnostic(
      .name, "there is no help on \(word.text)", at: word.range,
      guessing: DidYouMean.nearest(word.text, among: topics.topics), offers: ["help"])
  }
}
