/// The characters of a text, each a number: its place among them in the order of Unicode.
package struct Vocabulary: Hashable, Sendable {
  package let characters: [Unicode.Scalar]

  /// What the characters are called: themselves, or a word for those that nobody sees, each another.
  package let names: [String]
  private let places: [Unicode.Scalar: Int32]

  /// The characters that are found in a text.
  package init(of text: some Sequence<Unicode.Scalar>) {
    self.init(characters: Set(text).sorted())
  }

  private init(characters: [Unicode.Scalar]) {
    self.characters = characters
    names = characters.map(Self.name)
    places = Dictionary(
      uniqueKeysWithValues: characters.enumerated().map { ($0.element, Int32($0.offset)) })
  }

  /// The characters of some names, in their order; nothing where a name is none, or comes twice.
  package init?(names: [String]) {
    var characters: [Unicode.Scalar] = []
    for name in names {
      guard let character = Self.character(called: name) else { return nil }
      characters.append(character)
    }
    guard !characters.isEmpty, Set(characters).count == characters.count else { return nil }
    self.init(characters: characters)
  }

  /// How many characters there are.
  package var count: Int { characters.count }

  /// The number of a character, or nothing where it is not among them.
  package func number(of character: Unicode.Scalar) -> Int32? { places[character] }

  /// The text that numbers stand for; those beyond are left out.
  package func text(of numbers: some Sequence<Int32>) -> String {
    var text = String.UnicodeScalarView()
    for number in numbers where characters.indices.contains(Int(number)) {
      text.append(characters[Int(number)])
    }
    return String(text)
  }

  private static let words: [(character: Unicode.Scalar, name: String)] = [
    ("\n", "newline"), ("\t", "tab"), ("\r", "return"), (" ", "space"),
  ]

  private static func name(of character: Unicode.Scalar) -> String {
    if let known = words.first(where: { $0.character == character }) { return known.name }
    switch character.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned,
      .privateUse, .surrogate, .nonspacingMark, .spacingMark, .enclosingMark:
      return "U+" + String(character.value, radix: 16, uppercase: true)
    case _: return String(character)
    }
  }

  private static func character(called name: String) -> Unicode.Scalar? {
    if let known = words.first(where: { $0.name == name }) { return known.character }
    if name.hasPrefix("U+"), let value = UInt32(name.dropFirst(2), radix: 16) {
      return Unicode.Scalar(value)
    }
    let scalars = name.unicodeScalars
    return scalars.count == 1 ? scalars.first : nil
  }
}
