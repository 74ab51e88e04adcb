import Interchange
import Language
import Networks

/// What a stretch of text means; a shell decides how it looks.
package enum TextRole: Hashable, Sendable {
  case plain
  case emphasis
  case dim
  case good
  case bad
  case warning

  /// How long something took, which is told to people and left out where answers are compared.
  case clock

  /// A command, a path or anything else that can be typed.
  case typable

  /// The name of a kind of block.
  case kind(KindFamily)

  /// What belongs to the n-th of several curves or classes.
  case series(Int)
}

/// Families of kinds, for views, which see no networks.
package typealias KindFamily = Networks.KindFamily
/// Text without controls, for views.
package typealias VisibleText = Language.VisibleText
/// Text of pictures, for views.
package typealias XMLText = Interchange.XMLText

/// A line of text in stretches of one role each.
package struct StyledText: Hashable, Sendable, ExpressibleByStringLiteral {
  /// A stretch of one role.
  package struct Span: Hashable, Sendable {
    /// What is shown, with controls spelled out wherever the text came from.
    package let text: String
    package let role: TextRole

    fileprivate init(_ text: String, _ role: TextRole, keepsTabs: Bool = false) {
      self.text = VisibleText.of(text, keepsTabs: keepsTabs)
      self.role = role
    }
  }

  package private(set) var spans: [Span] = []

  /// Whether it stands under or over other lines, column by column; a shell rather cuts it than breaks it.
  package var isSetInColumns = false

  /// Whether the next line goes on with the same text, so that a shell that breaks lines may join them first.
  package var goesOn = false

  /// A line without text.
  package init() {}

  /// A line of one role.
  package init(_ text: String, _ role: TextRole = .plain) {
    if !text.isEmpty { spans = [Span(text, role)] }
  }

  /// A line in which tabs stay tabs: what the user has laid out, where nothing stands in columns.
  package init(tabbed text: String, _ role: TextRole = .plain) {
    if !text.isEmpty { spans = [Span(text, role, keepsTabs: true)] }
  }

  package init(stringLiteral value: String) { self.init(value) }

  /// The text without its roles.
  package var text: String { spans.map(\.text).joined() }

  /// The line without how long something took.
  package var withoutClock: StyledText {
    var line = self
    line.spans.removeAll { $0.role == .clock }
    return line
  }

  /// The line as one of several that are set in columns.
  package var inColumns: StyledText {
    var line = self
    line.isSetInColumns = true
    return line
  }

  /// Adds a stretch at the end.
  package mutating func append(_ text: String, _ role: TextRole = .plain) {
    if !text.isEmpty { spans.append(Span(text, role)) }
  }

  /// One line behind another.
  package static func + (left: StyledText, right: StyledText) -> StyledText {
    var result = left
    result.spans += right.spans
    return result
  }
}
