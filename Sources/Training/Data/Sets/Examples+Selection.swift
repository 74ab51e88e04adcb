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
    let size = inputs.shape.dropFirst().reduce(1, *)
    let selected = Tensor(
      shape: [positions.count] + inputs.shape.dropFirst(),
      values: try Self.rows(of: inputs.values, size: size, positions, check))
    switch targets {
    case .classes(let labels, let names):
      return Examples(
        inputs: selected, targets: .classes(positions.map { labels[$0] }, names: names))
    case .values(let values):
      let width = values.shape.dropFirst().reduce(1, *)
      return Examples(
        inputs: selected,
        targets: .values(
          Tensor(
            shape: [positions.count] + values.shape.dropFirst(),
            values: try Self.rows(of: values.values, size: width, positions, check))))
    case .none:
      return Examples(inputs: selected, targets: .none)
    }
  }

  /// Both parts, one after the other, which have the same shape and the same kind of targets.
  func joined(with other: Examples) -> Examples {
    let both = Tensor(
      shape: [count + other.count] + inputs.shape.dropFirst(),
      values: Self.joined(inputs.values, other.inputs.values))
    switch (targets, other.targets) {
    case (.classes(let labels, let names), .classes(let otherLabels, _)):
      return Examples(inputs: both, targets: .classes(labels + otherLabels, names: names))
    case (.values(let values), .values(let otherValues)):
      return Examples(
        inputs: both,
        targets: .values(
          Tensor(
            shape: [count + other.count] + values.shape.dropFirst(),
            values: Self.joined(values.values, otherValues.values))))
    case (.classes, _), (.values, _), (.none, _):
      return Examples(inputs: both, targets: .none)
    }
  }

  /// How many examples each class has, in the order of the classes; nothing where there are none.
  package var classCounts: [Int]? {
    guard case .classes(let labels, let names) = targets else { return nil }
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

  private static func rows<Failure>(
    of values: [Float], size: Int, _ positions: some Collection<Int>,
    _ check: () throws(Failure) -> Void
  ) throws(Failure) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(positions.count * size)
    for (index, position) in positions.enumerated() {
      if index % 4096 == 0 { try check() }
      result.append(contentsOf: values[position * size..<(position + 1) * size])
    }
    return result
  }
}
