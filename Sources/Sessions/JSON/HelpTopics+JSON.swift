import Language
import Networks

/// Help for programs, from the tables that people's help is made of.
extension HelpTopics {
  /// The commands by group; the help on a word; nothing where nothing is called so.
  func data(for topic: String?) -> JSON? {
    guard let topic else { return Self.overview }
    guard let explained = explained(topic) else { return nil }
    return (["topic": .text(topic)] as JSON).with(explained)
  }

  private static var overview: JSON {
    let groups = CommandRow.Group.allCases.map { group -> JSON in
      let rows = CommandTable.rows.filter { $0.group == group }
      return ["group": .text(group.rawValue), "commands": .array(rows.map(entry))]
    }
    return ["topic": .null, "about": "commands", "groups": .array(groups)]
  }

  private func explained(_ topic: String) -> JSON? {
    switch self.topic(topic) {
    case .layers: ["about": "layers", "entries": .array(Kind.allCases.map(Self.entry))]
    case .library: ["about": "library", "entries": .array(sortedDefinitions.map(Self.entry))]
    case .notes(let lines): ["about": "notes", "lines": .texts(lines)]
    case .command(let row): (["about": "command"] as JSON).with(Self.details(of: row))
    case .construct(let construct):
      [
        "about": "construct", "name": .text(construct.name), "usage": .text(construct.usage),
        "summary": .text(construct.summary),
      ]
    case .kind(let kind):
      (["about": kind.row.blocks == nil ? "layer" : "container"] as JSON)
        .with(Self.details(of: kind))
    case .definition(let definition):
      (["about": "definition"] as JSON).with(Self.entry(of: definition))
        .with(["text": .text(definition.text)])
    case .explanation(let text): text.data(commands: text.commands)
    case nil: nil
    }
  }

  private static func entry(of row: CommandRow) -> JSON {
    ["name": .text(row.verb), "usage": .text(row.usage), "summary": .text(row.summary)]
  }

  private static func entry(of kind: Kind) -> JSON {
    [
      "name": .text(kind.rawValue), "usage": .text(kind.signature),
      "summary": .text(kind.row.summary),
    ]
  }

  private static func entry(of definition: Definition) -> JSON {
    [
      "name": .text(definition.name), "usage": .text(definition.signature),
      "summary": .optional(definition.documentation),
    ]
  }

  private static func details(of row: CommandRow) -> JSON {
    entry(of: row).with([
      "aliases": .texts(row.aliases), "group": .text(row.group.rawValue),
      "details": .texts(row.details),
      "keys": .array(
        row.keys.map {
          [
            "name": .text($0.name), "default": .text($0.defaultText), "summary": .text($0.summary),
          ]
        }),
      "endings": .texts(row.endings), "examples": .texts(row.examples),
    ])
  }

  private static func details(of kind: Kind) -> JSON {
    entry(of: kind).with([
      "aliases": .texts(kind.row.aliases),
      "parameters": .array(
        kind.row.parameters.map {
          [
            "name": .text($0.name), "positional": .boolean($0.isPositional),
            "default": .optional($0.defaultText), "takes": .text($0.type.expectation),
            "aliases": .texts($0.aliases), "summary": .text($0.summary),
          ]
        }),
    ])
  }
}
