/// A word after substitution, with the place it was written at.
package struct Word: Sendable, Hashable {
  package let atom: Atom
  package let range: SourceRange

  /// A word of an atom and its place.
  package init(atom: Atom, range: SourceRange) {
    self.atom = atom
    self.range = range
  }

  package var value: Value { atom.value }
  package var text: String { atom.text }
  package var kind: Atom.Kind { atom.kind }

  /// Whether the word is the bare verb `add`.
  var isAdd: Bool { kind == .name && text == Keyword.add }

  /// The whole number, if it is one.
  package var integer: Int? { if case .integer(let number) = value { number } else { nil } }
  /// The number, whole or real, if it is one.
  package var number: Double? { value.number }
  /// The truth value, if it is `yes` or `no`.
  package var boolean: Bool? { if case .boolean(let truth) = value { truth } else { nil } }
  /// The extents of a shape, or a single one of a whole number.
  package var extents: [Int]? { value.extents }
}

/// An option after substitution: `stride=2`.
package struct Option: Sendable, Hashable {
  package let name: String
  package let nameRange: SourceRange
  package let value: Word

  /// An option of its name, the place of that, and its value.
  package init(name: String, nameRange: SourceRange, value: Word) {
    self.name = name
    self.nameRange = nameRange
    self.value = value
  }

  /// Name, `=` and value.
  package var range: SourceRange { nameRange.extended(to: value.range) }
}
