import Networks

extension Examples {
  /// The examples at these positions, in this order; each lies within the examples.
  package func selecting(_ positions: some Collection<Int>) -> Examples {
    selecting(positions) {}
  }

  /// The same, with a check from time to time that may end it.
  func selecting<Failure>(
    _ positions: some Collection<Int>, check: () throws(Failure) -> Void
  ) throws(Failure) -> Examples {
    let selected: InputRows =
      switch rows {
      case .memory(let tensor):
        .memory(
          Tensor(
            shape: [positions.count] + tensor.shape.dropFirst(),
            values: try Self.rows(of: tensor.values, size: rows.rowSize, positions, check)))
      case .stored(let stored): .stored(stored.selecting(positions))
      }
    return Examples(rows: selected, targets: try selectingTargets(positions, check: check))
  }

  /// The examples at these positions with their inputs in memory.
  ///
  /// Throws where they cannot be read.
  package func held(_ positions: some Collection<Int>) throws(RowFault) -> Examples {
    Examples(
      inputs: try rows.tensor(at: positions), targets: selectingTargets(positions) {})
  }

  private func selectingTargets<Failure>(
    _ positions: some Collection<Int>, check: () throws(Failure) -> Void
  ) throws(Failure) -> Targets {
    switch targets {
    case .classes(let labels, let names):
      return .classes(positions.map { labels[$0] }, names: names)
    case .maps(let maps):
      return .maps(
        maps.with(
          labels: try Self.rows(of: maps.labels, size: maps.positions, positions, check)))
    case .values(let values):
      let width = values.shape.dropFirst().reduce(1, *)
      return .values(
        Tensor(
          shape: [positions.count] + values.shape.dropFirst(),
          values: try Self.rows(of: values.values, size: width, positions, check)))
    case .none: return .none
    }
  }

  /// Both parts, one after the other, which have the same shape and the same kind of targets.
  func joined(with other: Examples) -> Examples {
    let both = joinedRows(with: other)
    switch (targets, other.targets) {
    case (.classes(let labels, let names), .classes(let otherLabels, _)):
      return Examples(rows: both, targets: .classes(labels + otherLabels, names: names))
    case (.maps(let maps), .maps(let others)):
      return Examples(rows: both, targets: .maps(maps.with(labels: maps.labels + others.labels)))
    case (.values(let values), .values(let otherValues)):
      return Examples(
        rows: both,
        targets: .values(
          Tensor(
            shape: [count + other.count] + values.shape.dropFirst(),
            values: Self.joined(values.values, otherValues.values))))
    case (.classes, _), (.maps, _), (.values, _), (.none, _):
      return Examples(rows: both, targets: .none)
    }
  }

  private func joinedRows(with other: Examples) -> InputRows {
    let shape = rows.shape
    return switch (rows, other.rows) {
    case (.memory(let own), .memory(let others)):
      .memory(
        Tensor(
          shape: [count + other.count] + shape.dropFirst(),
          values: Self.joined(own.values, others.values)))
    case (.stored(let own), .stored(let others)): .stored(own.joined(with: others))
    case (.memory(let own), .stored(let others)):
      .stored(
        StoredRows([TensorRows(own)], rowShape: Array(shape.dropFirst())).joined(with: others))
    case (.stored(let own), .memory(let others)):
      .stored(
        own.joined(with: StoredRows([TensorRows(others)], rowShape: Array(shape.dropFirst()))))
    }
  }

  /// How many examples each class has, or how many positions, in the order of the classes; nothing where there are none.
  package var classCounts: [Int]? {
    guard let labels, let names = classNames else { return nil }
    var counts = [Int](repeating: 0, count: names.count)
    for label in labels { counts[Int(label)] += 1 }
    return counts
  }

  /// Both arrays in exactly the memory that they take, where `+` may take twice as much.
  private static func joined(_ first: [Float], _ second: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: first.count + second.count) { buffer, count in
      count = buffer.initialize(fromContentsOf: first)
      count = buffer[count...].initialize(fromContentsOf: second)
    }
  }

  private static func rows<Failure, Element>(
    of values: [Element], size: Int, _ positions: some Collection<Int>,
    _ check: () throws(Failure) -> Void
  ) throws(Failure) -> [Element] {
    var result: [Element] = []
    result.reserveCapacity(positions.count * size)
    for (index, position) in positions.enumerated() {
      if index % 4096 == 0 { try check() }
      result.append(contentsOf: values[position * size..<(position + 1) * size])
    }
    return result
  }
}
