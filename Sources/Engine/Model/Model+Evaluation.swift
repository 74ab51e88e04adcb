import Networks

/// Losses of examples that nothing is learned from.
extension Model {
  /// Computes the loss of some examples with running statistics and without dropout.
  ///
  /// - Parameter earlier: The sum of the losses of other examples, to which `sum` of the result is added. Added
  ///   example by example, it has the same bits however examples come together in batches.
  package func evaluate(
    _ examples: Examples, rows: some RandomAccessCollection<Int>, after earlier: Double = 0
  ) throws(EngineError) -> StepResult {
    let plan = try load(examples, rows: rows, mode: .inference)
    plan.carry(earlier)
    try plan.forward(version: version, step: steps)
    return result(of: plan, after: earlier)
  }

  /// Computes the same, and puts the outputs in plain order, `[rows, output…]`, into an array that is used again.
  package func evaluate(
    _ examples: Examples, rows: some RandomAccessCollection<Int>, after earlier: Double = 0,
    outputs: inout [Float]
  ) throws(EngineError) -> StepResult {
    let plan = try load(examples, rows: rows, mode: .inference)
    let count = rows.count * network.output.count
    if outputs.count < count {
      try Arena.check(bytes: AvailableMemory.bytes(count, 4))
      outputs = Array(repeating: 0, count: count)
    }
    plan.carry(earlier)
    try plan.forward(version: version, step: steps)
    outputs.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      Batch(plan: plan).copyOutputs(to: base)
    }
    return result(of: plan, after: earlier)
  }

  /// Computes the same for as many examples as there are, in batches of `answerBatch`.
  package func evaluate(_ examples: Examples, inBatches rows: [Int]) throws(EngineError)
    -> StepResult
  {
    let batch = try answerBatch()
    var whole = try evaluate(examples, rows: rows.prefix(batch))
    var rest = rows.dropFirst(batch)
    while !rest.isEmpty {
      whole.add(try evaluate(examples, rows: rest.prefix(batch), after: whole.sum))
      rest = rest.dropFirst(batch)
    }
    return whole
  }

  /// Bytes that the plan of a batch may take which is only answered, unless a model is told otherwise.
  package static let usualAnswerBound = 256 << 20

  /// Examples that are answered at once where memory is no matter.
  package static let mostAnswered = 256

  /// How many examples are answered at once: the largest power of two up to `mostAnswered` whose plan for
  /// inference takes no more than `answerBound`, beside what it takes for a batch of 1.
  ///
  /// It depends on network and bound alone, so that answers have the same bits whatever memory there is.
  ///
  /// - Throws: `EngineError` where not even one example can be answered.
  package func answerBatch() throws(EngineError) -> Int {
    if let known = knownAnswerBatch { return known }
    let found = try PlanSize.boundedBatch(
      network, slabs, options(batch: Self.mostAnswered, mode: .inference, leavesStatistics: false),
      bytes: answerBound)
    knownAnswerBatch = found
    return found
  }
}
