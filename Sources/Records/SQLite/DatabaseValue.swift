/// A value in a column.
enum DatabaseValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)

  /// An integer, or null.
  init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }

  /// An integer, or null.
  init(_ number: Int?) { self.init(number.map { Int64($0) }) }

  /// A number, or null.
  init(_ number: Double?) { self = number.map { .real($0) } ?? .null }

  /// A text, or null.
  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
}
