/// The inputs of examples, a row for each: all of them in memory, or left where they are and read when they are needed.
package enum InputRows: Sendable {
  case memory(Tensor)
  case stored(StoredRows)

  /// `[count, …]`.
  package var shape: [Int] {
    switch self {
    case .memory(let tensor): tensor.shape
    case .stored(let rows): rows.shape
    }
  }

  /// The number of rows.
  package var count: Int { shape[0] }

  /// The values of one row.
  package var rowSize: Int { shape.dropFirst().reduce(1, *) }

  /// All values, where they are in memory.
  package var tensor: Tensor? {
    if case .memory(let tensor) = self { tensor } else { nil }
  }

  /// Whether rows are read when they are needed.
  package var isStored: Bool { tensor == nil }

  /// Copies the rows at these positions one after the other to where there is room for them.
  package func copy(
    _ positions: some Collection<Int>, to target: UnsafeMutablePointer<Float>
  ) throws(RowFault) {
    switch self {
    case .memory(let tensor):
      let size = rowSize
      tensor.values.withUnsafeBufferPointer { values in
        guard let base = values.baseAddress else { return }
        for (place, position) in zip(0..., positions) {
          (target + place * size).update(from: base + position * size, count: size)
        }
      }
    case .stored(let rows): try rows.copy(positions, to: target)
    }
  }

  /// The rows at these positions, in memory.
  package func tensor(at positions: some Collection<Int>) throws(RowFault) -> Tensor {
    var result = Tensor(shape: [positions.count] + shape.dropFirst())
    try result.values.withUnsafeMutableBufferPointer { values throws(RowFault) in
      guard let base = values.baseAddress else { return }
      try copy(positions, to: base)
    }
    return result
  }

  /// The values of one row.
  package func row(_ position: Int) throws(RowFault) -> [Float] {
    try tensor(at: CollectionOfOne(position)).values
  }

  /// The first rows.
  package func prefix(_ count: Int) -> InputRows {
    switch self {
    case .memory(let tensor):
      .memory(
        Tensor(
          shape: [count] + shape.dropFirst(),
          values: Array(tensor.values.prefix(count * rowSize))))
    case .stored(let rows): .stored(rows.selecting(0..<count))
    }
  }

  /// Hands on whole rows in their order, about a million values at a time.
  ///
  /// Throws also where the user asks for an end.
  package func forEachPiece(
    _ body: (UnsafeBufferPointer<Float>) -> Void
  ) throws(RowFault) {
    let size = rowSize
    guard size > 0 else { return }
    let most = max(1, 1 << 20 / size)
    let isRead = isStored
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(
      capacity: isRead ? min(most, count) * size : 0)
    defer { buffer.deallocate() }
    for start in stride(from: 0, to: count, by: most) {
      if Interruption.isRequested() { throw RowFault(path: "", problem: .interrupted) }
      let rows = start..<min(start + most, count)
      switch self {
      case .memory(let tensor):
        tensor.values.withUnsafeBufferPointer {
          body(.init(rebasing: $0[rows.lowerBound * size..<rows.upperBound * size]))
        }
      case .stored(let stored):
        guard let base = buffer.baseAddress else { return }
        try stored.copy(rows, to: base)
        body(.init(start: base, count: rows.count * size))
      }
    }
  }
}
