/// What is being typed at the cursor of a line that may be unfinished: the ground for completion
/// and the hint line.
///
/// Reading it never fails. In `add residual act=relu { conv 10 str▏` the cursor is at a word, with
/// prefix `str`, behind the verb `conv` and the item `10`, enclosed by `add residual act=relu`.
package struct CursorContext: Sendable {
  /// What the word at the cursor is going to be.
  package enum Site: Sendable, Equatable {
    /// The first word of a command or layer.
    case verb
    /// A word or the name of an option; the index counts the plain words before it.
    case word(index: Int)
    /// The value of an option.
    case value(key: String)
    /// The file behind `>`.
    case redirect
    /// The name behind `$`.
    case variable
    /// A name within an expression.
    case expression
    case comment
  }

  /// A word that is already there.
  package struct Item: Sendable, Equatable {
    /// The name of an option, or nil for a plain word.
    package let key: String?
    /// The word, or the value of the option, without quotes and with nothing substituted.
    package let text: String
    package let range: SourceRange
  }

  /// A command with the items before some point.
  package struct Phrase: Sendable, Equatable {
    /// Nil while the verb itself is being typed.
    package internal(set) var verb: Item?
    package internal(set) var items: [Item] = []
    /// Blocks of it that are closed already.
    package internal(set) var closedBlocks = 0

    /// Plain words, without options.
    package var words: [Item] { items.filter { $0.key == nil } }
    /// Names of the options given.
    package var keys: [String] { items.compactMap(\.key) }

    /// The layer or container it names: the word behind `add`, or else the verb.
    package var kind: String? { verb?.text == Keyword.add ? words.first?.text : verb?.text }
  }

  /// The commands whose braces are open at the cursor, outermost first.
  package internal(set) var enclosing: [Phrase] = []
  /// The command at the cursor, up to the word being typed.
  package internal(set) var phrase = Phrase()
  package internal(set) var site: Site = .verb
  /// What is typed of the word so far, without an opening quote.
  package internal(set) var prefix = ""
  /// What a completion replaces.
  package internal(set) var prefixRange: SourceRange
  /// The quote that is open, if any.
  package internal(set) var quote: Character?
  /// Whether the cursor is among the arguments of a Python-style call.
  package internal(set) var isInCall = false
  /// Items of the same command behind the cursor.
  package internal(set) var following: [Item] = []

  /// Whether layers are expected here rather than commands: some brace round the cursor belongs to
  /// no control flow.
  package var isAmongLayers: Bool {
    enclosing.contains { !Self.commandBlocks.contains($0.verb?.text ?? "") }
  }

  init(prefixRange: SourceRange) { self.prefixRange = prefixRange }

  private static let commandBlocks: Set<String> = [
    Keyword.loop, Keyword.conditional, Keyword.attempt, Keyword.time, Keyword.sweep,
  ]
}
