extension Parallel.Join {
  /// The shape of joined branches that read an input.
  ///
  /// - Throws: A fault where branches do not agree, or are more or fewer than the join takes.
  func output(of shapes: [Shape], input: Shape) throws(ShapeFault) -> Shape {
    let first = shapes[0]
    let output: Shape
    switch self {
    case .add:
      try check(shapes) { $0 == first }
      output = first
    case .concatenate:
      try check(shapes) { $0.spatial == first.spatial }
      output = first.with(channels: shapes.map(\.channels).reduce(0, +))
    case .multiply: output = try product(of: shapes)
    case .highway:
      if shapes.count != 2 { throw .highwayBranches(count: shapes.count) }
      for (index, shape) in shapes.enumerated()
      where !(shape == input || index == 1 && shape.holds(forAllOf: input)) {
        throw .highway(isGate: index == 1, output: shape, input: input)
      }
      output = input
    }
    try output.checkBounds()
    return output
  }

  private func check(_ shapes: [Shape], _ agrees: (Shape) -> Bool) throws(ShapeFault) {
    for (index, shape) in shapes.enumerated() where !agrees(shape) {
      throw .branches(join: self, first: shapes[0], ordinal: index + 1, other: shape)
    }
  }

  /// The shape of the branches with positions, where there are any.
  private func product(of shapes: [Shape]) throws(ShapeFault) -> Shape {
    let widest = shapes.firstIndex { $0.spatialRank > 0 } ?? 0
    let output = shapes[widest]
    for (index, shape) in shapes.enumerated()
    where !(shape == output || shape.holds(forAllOf: output)) {
      let (low, high) = (min(index, widest), max(index, widest))
      throw .factors(
        ordinal: low + 1, shape: shapes[low], otherOrdinal: high + 1, other: shapes[high])
    }
    return output
  }
}

extension Shape {
  /// Whether it is one value per channel of another shape, which holds for all positions there.
  func holds(forAllOf other: Shape) -> Bool {
    spatialRank == 0 && other.spatialRank > 0 && channels == other.channels
  }
}
