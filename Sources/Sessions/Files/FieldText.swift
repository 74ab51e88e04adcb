/// Named numbers and words as one line of text: `epoch=3 batch=7`.
struct FieldText {
  private let fields: [Substring: Substring]

  /// The fields of a text; nothing where it is not such a line.
  init?(_ text: String) {
    var fields: [Substring: Substring] = [:]
    for part in text.split(separator: " ") {
      guard let sign = part.firstIndex(of: "=") else { return nil }
      let isNew = fields.updateValue(part[part.index(after: sign)...], forKey: part[..<sign]) == nil
      guard isNew else { return nil }
    }
    self.fields = fields
  }

  /// Fields as a line; those without a value are left out.
  static func line(_ fields: KeyValuePairs<String, (any CustomStringConvertible)?>) -> String {
    fields.compactMap { name, value in value.map { "\(name)=\($0)" } }.joined(separator: " ")
  }

  /// A count up to the most steps that a network may have taken.
  func count(_ name: String) -> Int? {
    guard let text = fields[name[...]], let count = Int(text),
      (0...SavedLearning.most).contains(count)
    else { return nil }
    return count
  }

  /// Any number, infinity too; the digits are those that give the same bits.
  func number(_ name: String) -> Double? { fields[name[...]].flatMap { Double($0) } }

  /// A word, empty where there is none.
  func word(_ name: String) -> String { fields[name[...]].map(String.init) ?? "" }
}
