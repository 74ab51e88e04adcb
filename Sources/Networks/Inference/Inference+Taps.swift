extension Inference {
  /// Infers a join with a tapped value, whose layers lead from there to what comes in.
  mutating func infer(_ join: TapJoin, block: Block, input: Shape, field: ReceptiveField)
    throws(ShapeError) -> Outcome
  {
    guard let tapped = taps[join.tap] else {
      throw error(.tap(name: join.tap, known: taps.names), in: block)
    }
    let path = try infer(join.path, input: tapped.shape, field: tapped.receptiveField)
    var result = join
    result.path = path.block
    var resolved = block
    resolved.form = .join(result)
    let output: Shape
    do throws(ShapeFault) {
      output = try join.output(of: path.output, with: input)
    } catch {
      throw refusal(error, of: block, input: input)
    }
    return try close(
      resolved, input: input, output: output, field: field.union(path.receptiveField),
      strides: output.spatial == input.spatial
        ? Array(repeating: 1, count: input.spatialRank) : nil)
  }
}

extension TapJoin {
  /// The shape of what comes of a tapped value, behind its layers, and of the value that comes in.
  ///
  /// - Throws: A fault where the two do not agree.
  fileprivate func output(of tapped: Shape, with input: Shape) throws(ShapeFault) -> Shape {
    let agrees =
      switch join {
      case .add, .highway: tapped == input
      case .concatenate: tapped.spatial == input.spatial
      case .multiply:
        tapped == input || tapped.holds(forAllOf: input) || input.holds(forAllOf: tapped)
      }
    if !agrees { throw .join(tap: tap, join: join, tapped: tapped, input: input) }
    return try join.output(of: [tapped, input], input: input)
  }
}
