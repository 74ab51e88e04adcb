/// A text file that breaks its own format.
package enum TextProblem: Equatable, Sendable {
  /// What a file holds in place of UTF-8 text.
  package enum Intruder: Equatable, Sendable {
    case gzip
    case zip
    case utf16
    case binary
  }

  case notText(Intruder)

  /// A name or label whose bytes are no UTF-8.
  case brokenCharacters(found: String)

  /// A line or quoted field beyond `limit` bytes.
  case tooLong(limit: Int)

  /// A text of `found` characters of which a part is shorter than a window of `length` and the character behind it;
  /// `fitting` is a length that would do, where one would.
  case tooShort(length: Int, found: Int, fitting: Int?)

  /// Texts of more than `limit` bytes.
  case tooLarge(limit: Int)

  /// A quoted field that never closes; the error's place is where it opens.
  case unclosedQuote

  /// Text between a closing quote and the next separator.
  case textAfterQuote(found: String)
}
