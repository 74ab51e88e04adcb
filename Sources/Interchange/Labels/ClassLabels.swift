import Networks

/// Class indices 0..<C for labels of any kind.
///
/// Where all labels are numbers they are sorted as numbers and named in their shortest form, so that
/// `1`, `1.0` and `1.0000000e+00` are one class; otherwise they are sorted as text.
struct ClassLabels {
  /// The most classes that are told apart.
  static let limit = 65_536

  /// The classes' names, in the order of their indices.
  let names: [String]
  private let indices: [String: Int32]

  /// The classes of all labels that occur in any of the parts.
  init(of labels: [String]) {
    let spellings = Set(labels)
    let numbers = spellings.compactMap { text in Self.number(text).map { (text, $0) } }
    if numbers.count == spellings.count {
      let values = Set(numbers.map(\.1)).sorted()
      var positions: [Double: Int32] = [:]
      for (index, value) in values.enumerated() { positions[value] = Int32(index) }
      names = values.map(Self.name)
      indices = Dictionary(uniqueKeysWithValues: numbers.map { ($0.0, positions[$0.1] ?? 0) })
    } else {
      names = spellings.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
      indices = Dictionary(
        uniqueKeysWithValues: names.enumerated().map { ($0.element, Int32($0.offset)) })
    }
  }

  /// The targets of the rows of some files, one after the other.
  func targets(of files: [LabelIndex]) -> Examples.Targets {
    var targets: [Int32] = []
    for index in files {
      let mapping = index.texts.map { indices[$0] ?? 0 }
      targets += index.rows.lazy.map { mapping[Int($0)] }
    }
    return .classes(targets, names: names)
  }

  /// The number that a label spells.
  static func number(_ label: String) -> Double? {
    var label = label
    return label.withUTF8 { Numbers.parse($0) }
  }

  private static func name(_ value: Double) -> String {
    if let whole = Int(exactly: value) { String(whole) } else { String(value) }
  }
}
