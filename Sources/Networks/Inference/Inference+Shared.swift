extension Inference {
  /// Infers a body that is run through so many times, which must keep the shape of its input.
  ///
  /// The facts of what lies in it are those of the first pass.
  mutating func inferShared(
    _ children: BlockList, passes: Int, block: Block, input: Shape, field: ReceptiveField
  ) throws(ShapeError) -> Outcome {
    var chain = Chain(input: input, field: field)
    chain.resolved.reserveCapacity(children.count)
    for child in children { try extend(&chain, with: child) }
    if passes > 1, chain.output != input {
      throw refusal(.pass(input: input, output: chain.output), of: block, input: input)
    }
    let result = block.with(children: chain.resolved)
    var sums = try self.sums(of: result)
    sums.repeat(passes)
    try check(sums, of: result)
    var seen = chain.field
    var strides = chain.strides
    var before = field
    let taps = taps
    for _ in 0..<max(passes - 1, 0) {
      strides = Chain.product(strides, chain.strides)
      if seen == before { continue }
      before = seen
      seen = Self.field(of: chain.resolved, input: input, field: seen, taps) ?? seen
    }
    return try record(
      sums.facts(input: input, output: chain.output, field: seen, strides: strides), of: result)
  }

  /// What one output position of a chain sees where each position of its input sees a field.
  private static func field(
    of blocks: [Block], input: Shape, field: ReceptiveField, _ taps: TapScope<TappedValue>
  ) -> ReceptiveField? {
    var pass = Inference(triesRepairs: false, taps: taps)
    var chain = Chain(input: input, field: field)
    for block in blocks {
      do throws(ShapeError) { try pass.extend(&chain, with: block) } catch { return nil }
    }
    return chain.field
  }
}
