/// A value of JSON whose keys keep their order, which Foundation's encoder does not promise.
package enum JSON: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)

  /// A number of single precision, written in the fewest digits that give it back as such.
  case single(Float)
  case text(String)
  case array([JSON])
  case object([Member])

  /// A key and its value.
  package struct Member: Hashable, Sendable {
    package let key: String
    package let value: JSON

    /// A key with its value.
    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }
}

extension JSON {
  /// A text, or null.
  static func optional(_ text: String?) -> JSON { text.map { .text($0) } ?? .null }

  /// A whole number, or null.
  static func optional(_ number: Int?) -> JSON { number.map { .integer($0) } ?? .null }

  /// A number, or null.
  static func optional(_ number: Double?) -> JSON { number.map { .number($0) } ?? .null }

  /// Texts in their order.
  static func texts(_ texts: some Sequence<String>) -> JSON { .array(texts.map { .text($0) }) }

  /// Whole numbers in their order, such as the extents of a shape.
  static func integers(_ numbers: some Sequence<Int>) -> JSON {
    .array(numbers.map { .integer($0) })
  }

  /// Numbers of single precision in their order.
  static func singles(_ numbers: some Sequence<Float>) -> JSON {
    .array(numbers.map { .single($0) })
  }

  /// The members of an object; none of any other value.
  var members: [Member] { if case .object(let members) = self { members } else { [] } }

  /// An object with the members of another behind its own.
  func with(_ more: JSON) -> JSON { .object(members + more.members) }
}

extension JSON: ExpressibleByDictionaryLiteral {
  /// An object with its members in the order in which they are written.
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}

extension JSON: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = .text(value) }
}
