/// A word's content: the value it stands for and the text it was written as.
///
/// The text of a number is kept as typed (`1e-5` stays `1e-5`), so that what is passed on through
/// `$name` prints as its author wrote it.
package struct Atom: Sendable, Hashable {
  /// How the text looks; the binder decides what it means.
  package enum Kind: String, Sendable {
    /// `10`, `-1`, `0.9`, `1e-5`.
    case number
    /// `1x64`, `3x32x32`.
    case shape
    /// A letter or `_`, then letters, digits, `_` and `-`; `yes`, `no` and `none` too.
    case name
    /// Segments joined by `.`, with `..` between two paths and `*` within a segment.
    case path
    /// Written in quotes, or made by an expression.
    case string
    /// Any other bare text: `1..9`, `1:2`, `a,b`, `./net.esp`.
    case text
  }

  package let value: Value
  package let text: String
  package let kind: Kind

  /// Text in quotes, which is never a number.
  package init(quoted text: String) {
    self.text = text
    value = .string(text)
    kind = .string
  }

  /// A computed value.
  package init(_ value: Value) {
    self.value = value
    text = value.description
    kind =
      switch value {
      case .integer, .real: .number
      case .shape: .shape
      case .boolean, .none: .name
      case .string: .string
      }
  }

  /// Bare text, read as a number, a shape, a name or whatever it looks like.
  ///
  /// Fails with nil for a number, or an extent of a shape, that is too large to hold.
  package init?(bare text: String) {
    let bytes = Array(text.utf8)
    self.text = text
    switch Lexical.look(of: bytes[...]) {
    case .integer:
      guard let number = Int(text) else { return nil }
      value = .integer(number)
      kind = .number
    case .real:
      guard let number = Double(text), number.isFinite else { return nil }
      value = .real(number)
      kind = .number
    case .shape:
      guard let extents = Lexical.extents(of: bytes[...]) else { return nil }
      value = .shape(extents)
      kind = .shape
    case .name:
      value = Self.words[text] ?? .string(text)
      kind = .name
    case .path:
      value = .string(text)
      kind = .path
    case .other:
      value = .string(text)
      kind = .text
    }
  }

  /// Bare words that stand for values.
  static let words: [String: Value] = [
    "yes": .boolean(true), "no": .boolean(false), "true": .boolean(true), "false": .boolean(false),
    "none": .none,
  ]
}
