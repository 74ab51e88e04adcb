import Networks

/// What was made of the rows of texts: the shape of each, and targets for each part; the values are elsewhere.
struct TextExamples: Equatable {
  /// The name of the set, and what was found by looking at the files.
  var name: String
  var remark: String?

  /// The files that were read, the training part's first.
  var files: [String]

  /// The shape of a row of inputs.
  var rowShape: [Int]

  /// The number of rows of each part, one or two, which lie one after the other.
  var counts: [Int]
  var targets: [Examples.Targets]

  static func == (one: TextExamples, other: TextExamples) -> Bool {
    one.encoded == other.encoded
  }

  /// The examples, with the values that a spool has or, where they were given away, a file.
  func pair(_ values: [Float]) -> ExamplesPair {
    let size = rowShape.reduce(1, *)
    if counts.count == 1 {
      return pair([.memory(Tensor(shape: [counts[0]] + rowShape, values: values))])
    }
    var start = 0
    return pair(
      counts.map { count in
        defer { start += count * size }
        return .memory(
          Tensor(
            shape: [count] + rowShape, values: Array(values[start..<start + count * size])))
      })
  }

  /// The examples, with values in a file behind its header: read when they are needed, or now where they are few.
  func pair(_ file: ReadableFile, _ storage: RowStorage) throws(FileError) -> ExamplesPair {
    let size = rowShape.reduce(1, *)
    var parts: [InputRows] = []
    var start = 0
    let isStored = storage.stores(AvailableMemory.bytes(counts.reduce(0, +), size))
    for count in counts {
      let place = ValueSpool.headerSize + start * size * ElementType.float32.size
      let rows = StoredRows(
        [
          FileRows(
            file, type: .float32, start: place, distance: size * ElementType.float32.size,
            count: count, size: size)
        ], rowShape: rowShape)
      let input = InputRows.stored(rows)
      parts.append(isStored ? input : .memory(try input.wholeTensor(for: file.path)))
      start += count
    }
    return pair(parts)
  }

  private func pair(_ parts: [InputRows]) -> ExamplesPair {
    let examples = zip(parts, targets).map { Examples(rows: $0, targets: $1) }
    return ExamplesPair(
      name: name, train: examples[0], test: examples.count > 1 ? examples[1] : nil, files: files,
      remark: remark)
  }
}
