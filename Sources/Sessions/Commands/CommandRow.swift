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
    case runs = "Runs"
    case demonstrate = "Show"
    case lessons = "Lessons"
    case script = "Script"
    case files = "Files"
  }

  /// Answers an invocation on a state: another state and effects are left in the scope.
  ///
  /// - Throws: A diagnostic.
  typealias Handler =
    @Sendable (_ scope: inout CommandScope, _ invocation: Invocation) throws -> Report

  /// What completes the words behind a verb.
  package enum Slot: Hashable, Sendable {
    case kind
    case path
    case pathOrFile
    case network
    case data
    case loss
    case optimizer
    case scheme
    case file
    case topic
    case term
    case words([String])
    case anything
  }

  /// A key of a command.
  package struct Key: Sendable {
    package let name: String
    package let defaultText: String
    package let summary: String

    /// The words it takes, where it takes only some.
    package let choices: [String]

    init(
      _ name: String, default defaultText: String, among choices: [String] = [], _ summary: String
    ) {
      self.name = name
      self.defaultText = defaultText
      self.summary = summary
      self.choices = choices
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

  /// Commands as they may be typed on a network of two convolutions, for help and the manual.
  package let examples: [String]
  package let slots: [Slot]

  /// What completes all further words, where they repeat.
  package let repeats: Slot?
  package let keys: [Key]

  /// The most words it takes, or nothing where any number will do.
  let mostWords: Int?
  let traits: Traits

  /// The endings of the files that it writes, without dots, the one that is offered first; `txt` stands for text of
  /// any name.
  let endings: [String]

  /// How it is typed to write `FILE`, for commands that cannot write an ending of its.
  let writing: String

  let run: Handler

  /// What may stand behind a verb besides words and the keys of its row, and how the command stands to runs,
  /// to `undo` and to saved networks.
  struct Traits: OptionSet {
    let rawValue: Int

    /// Keys of layers, data and the like, which the command checks by itself.
    static let anyKeys = Traits(rawValue: 1)

    /// Blocks in braces.
    static let blocks = Traits(rawValue: 2)

    /// A file that the answer is written to.
    static let redirect = Traits(rawValue: 4)

    /// A file that the command writes something else to than its answer.
    static let ownRedirect = Traits(rawValue: 8)

    /// `&`: it begins a run, and what comes next need not wait for it.
    static let background = Traits(rawValue: 16)

    /// It speaks to the current run, and is of no use without one.
    static let directsRun = Traits(rawValue: 32)

    /// It may stand in the text of a saved network.
    static let buildsNetwork = Traits(rawValue: 64)

    /// What it writes is the user's own text, in a file of any ending.
    static let anyEnding = Traits(rawValue: 128)

    /// The data that it leaves does not depend on that before it.
    static let makesData = Traits(rawValue: 256)

    /// It leaves, turns or begins lessons, runs other files, or takes networks of the user away: no lesson types it.
    static let outsideLessons = Traits(rawValue: 512)
  }

  init(
    _ verb: String, aliases: [String] = [], _ group: Group, usage: String, _ summary: String,
    details: [String] = [], examples: [String] = [], slots: [Slot] = [], repeats: Slot? = nil,
    keys: [Key] = [],
    words mostWords: Int?, traits: Traits = [], endings: [String] = [], writing: String? = nil,
    run: @escaping Handler
  ) {
    self.verb = verb
    self.mostWords = mostWords
    self.traits = traits
    self.endings = endings
    self.writing = writing ?? "\(verb) > FILE"
    self.aliases = aliases
    self.group = group
    self.usage = usage
    self.summary = summary
    self.details = details
    self.examples = examples
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
    buildRows + editRows + freezeRows + surgeryRows + networkRows + [diffRow] + lookRows
    + insideRows + [memoryRow, whyRow, checkRow]
    + pictureRows + [planRow] + dataRows + [augmentRow, exampleRow] + trainRows
    + [generateRow, landscapeRow, surfaceRow, checkpointRow, recipeRow, tuneRow]
    + [sweepRow, runsRow, compareRow, rerunRow] + noteRows
    + [degradeRow, lesionRow, pathsRow, shatterRow, receptiveRow, ablateRow]
    + lessonRows + [examplesRow, libraryRow, themeRow, explainRow] + scriptRows
    + fileRows + [exportRow, autosaveRow, recoverRow]

  private static let byVerb: [String: CommandRow] = Dictionary(
    rows.flatMap { row in ([row.verb] + row.aliases).map { ($0, row) } },
    uniquingKeysWith: { first, _ in first })

  /// The row of a verb or alias.
  package static func row(_ verb: String) -> CommandRow? { byVerb[verb] }

  /// All verbs and aliases.
  package static let verbs = byVerb.keys.sorted()

  /// The verbs of the rows that have a trait, in the order of the manual.
  static func verbs(_ trait: CommandRow.Traits) -> [String] {
    rows.filter { $0.traits.contains(trait) }.map(\.verb)
  }

  /// Whether the row of a verb or alias has a trait.
  static func has(_ trait: CommandRow.Traits, _ verb: some StringProtocol) -> Bool {
    row(String(verb))?.traits.contains(trait) ?? false
  }

  /// The verb that an abbreviation stands for: the only one that begins so, or what was typed.
  package static func fullVerb(_ typed: String) -> String {
    if byVerb[typed] != nil || Kind(word: typed) != nil { return typed }
    let candidates = (rows.map(\.verb) + LanguageNotes.constructs.map(\.name))
      .filter { $0.hasPrefix(typed) }
    return candidates.count == 1 ? candidates[0] : typed
  }
}
