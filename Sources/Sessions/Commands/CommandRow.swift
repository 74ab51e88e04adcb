import Language
import Networks

/// A row of the table of commands: the one source of dispatch, help, completion and the manual.
package struct CommandRow: Sendable {
  /// Commands that belong together, in the order of the manual.
  package enum Group: String, CaseIterable, Sendable {
    case build = "Build"
    case edit = "Edit"
    case networks = "Networks"
    case look = "Look"
    case data = "Data"
    case train = "Train"
    case script = "Script"
    case files = "Files"
  }

  /// Executes an invocation; throws a diagnostic.
  typealias Handler =
    @Sendable (_ session: Session, _ invocation: Invocation, _ interpreter: inout Interpreter)
    throws -> Report

  /// What completes the words behind a verb.
  package enum Slot: Hashable, Sendable {
    case kind
    case path
    case network
    case data
    case loss
    case optimizer
    case scheme
    case file
    case topic
    case words([String])
    case anything
  }

  /// A key of a command.
  package struct Key: Sendable {
    package let name: String
    package let defaultText: String
    package let summary: String

    init(_ name: String, default defaultText: String, _ summary: String) {
      self.name = name
      self.defaultText = defaultText
      self.summary = summary
    }
  }

  package let verb: String
  package let aliases: [String]
  package let group: Group

  /// How it is typed: `wrap KIND [RANGE] key=value…`.
  package let usage: String

  /// What it does, in one line.
  package let summary: String

  /// More to know, a sentence a line.
  package let details: [String]
  package let slots: [Slot]

  /// What completes all further words, where they repeat.
  package let repeats: Slot?
  package let keys: [Key]

  let run: Handler

  init(
    _ verb: String, aliases: [String] = [], _ group: Group, usage: String, _ summary: String,
    details: [String] = [], slots: [Slot] = [], repeats: Slot? = nil, keys: [Key] = [],
    run: @escaping Handler
  ) {
    self.verb = verb
    self.aliases = aliases
    self.group = group
    self.usage = usage
    self.summary = summary
    self.details = details
    self.slots = slots
    self.repeats = repeats
    self.keys = keys
    self.run = run
  }
}

/// Everything that can be typed as a verb.
package enum CommandTable {
  /// The rows in the order of the manual.
  package static let rows: [CommandRow] =
    buildRows + editRows + networkRows + lookRows + pictureRows + dataRows + trainRows + scriptRows
    + fileRows

  private static let byVerb: [String: CommandRow] = Dictionary(
    rows.flatMap { row in ([row.verb] + row.aliases).map { ($0, row) } },
    uniquingKeysWith: { first, _ in first })

  /// The row of a verb or alias.
  package static func row(_ verb: String) -> CommandRow? { byVerb[verb] }

  /// All verbs and aliases.
  package static let verbs = byVerb.keys.sorted()

  /// The verb that an abbreviation stands for: the only one that begins so, or what was typed.
  package static func fullVerb(_ typed: String) -> String {
    if byVerb[typed] != nil || Kind(word: typed) != nil { return typed }
    let candidates = rows.map(\.verb).filter { $0.hasPrefix(typed) }
    return candidates.count == 1 ? candidates[0] : typed
  }
}
