import Networks

/// Putting examples into a plan, and what comes out.
extension Model {
  /// A plan with some examples in its memory.
  func load(
    _ examples: Examples, rows: some RandomAccessCollection<Int>, mode: PlanOptions.Mode,
    leavesStatistics: Bool = false, mixing: Double? = nil
  ) throws(EngineError) -> Plan {
    var options = options(batch: rows.count, mode: mode, leavesStatistics: leavesStatistics)
    options.mixes = mixing != nil
    let plan = try load(examples, rows: rows, options)
    if let mixing { Batch(plan: plan).mix(Float(mixing)) }
    return plan
  }

  /// A plan for some options with some examples in its memory.
  func load(_ examples: Examples, rows: some RandomAccessCollection<Int>, _ options: PlanOptions)
    throws(EngineError) -> Plan
  {
    if loss.comparesClasses { try checkPositions(of: examples) }
    if loss == .binaryCrossEntropy, network.output.channels != 1 {
      throw .severalOutputs(network.output.channels)
    }
    if examples.shape != network.input {
      throw .inputShape(expected: network.input, found: examples.shape)
    }
    let plan = try plan(options)
    let batch = Batch(plan: plan)
    try batch.setTargets(examples.targets, rows: rows)
    try batch.setInputs(examples.rows, rows: rows)
    return plan
  }

  /// Refuses an output that has not the positions at which there are classes.
  private func checkPositions(of examples: Examples) throws(EngineError) {
    let output = network.output
    if let maps = examples.maps {
      if output.spatial != maps.extents {
        throw .targetPositions(expected: output, found: maps.extents)
      }
    } else if output.spatialRank > 0 {
      throw .outputHasPositions(loss: loss, output: output)
    }
  }

  /// What a batch came to; `earlier` is the sum that its losses were added to.
  func result(of plan: Plan, after earlier: Double = 0) -> StepResult {
    let cell = plan.loss
    let count = plan.options.batch
    let answers = loss.answers(of: network.output)
    let terms = loss.comparesClasses ? count * answers : count
    return StepResult(
      loss: (cell.loss - earlier) / Double(terms), correct: cell.correct, count: count,
      answers: answers, sum: cell.loss, terms: terms)
  }
}
