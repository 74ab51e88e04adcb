/// The different labels of one file in the order they were met, and the label of each row.
struct LabelIndex {
  /// The labels as written, each once.
  private(set) var texts: [String] = []

  /// For each row, the position of its label in `texts`.
  private(set) var rows: [Int32] = []
  private var positions: [String: Int32] = [:]

  /// Notes the label of the next row of a file.
  ///
  /// - Throws: `FileError` where there are more labels than `limit`, or no memory for them.
  mutating func append(
    _ label: String, limit: Int = ClassLabels.limit, for path: String, line: Int
  ) throws(FileError) {
    if let position = positions[label] { return try rows.append(position, for: path) }
    guard texts.count < limit else {
      throw FileError(
        path: path, line: line, problem: .examples(.tooManyClasses(limit: ClassLabels.limit)))
    }
    let position = Int32(texts.count)
    try rows.append(position, for: path)
    positions[label] = position
    texts.append(label)
  }
}
