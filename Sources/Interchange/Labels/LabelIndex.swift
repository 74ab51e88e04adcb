/// The different labels of one file in the order they were met, and the label of each row.
struct LabelIndex {
  /// The labels as written, each once.
  private(set) var texts: [String] = []

  /// For each row, the position of its label in `texts`.
  private(set) var rows: [Int32] = []
  private var positions: [String: Int32] = [:]

  /// Notes the label of the next row; false where there are more labels than `limit`.
  mutating func append(_ label: String, limit: Int = ClassLabels.limit) -> Bool {
    if let position = positions[label] {
      rows.append(position)
      return true
    }
    guard texts.count < limit else { return false }
    let position = Int32(texts.count)
    positions[label] = position
    texts.append(label)
    rows.append(position)
    return true
  }
}
