import Networks

/// Asks what a network takes to learn and to answer, without taking it.
package struct MemoryQuestion: Sendable {
  package var network: Network
  package var optimizer: Optimizer
  package var loss: Loss
  package var terms: LossTerms

  /// The most threads that plans use.
  package var threads: Int

  /// In which numbers operands of products are.
  package var precision = Precision.float32

  /// Whether gradients of several steps are summed before an update.
  package var accumulates = false

  /// Whether examples of a batch are mixed.
  package var mixes = false

  /// Who computes convolutions where that was measured.
  package var choices: ConvolutionChoices?

  /// Whether oneDNN may be used.
  package var usesLibrary = true

  /// A network and how it learns.
  package init(
    network: Network, optimizer: Optimizer, loss: Loss, terms: LossTerms = LossTerms(), threads: Int
  ) {
    self.network = network
    self.optimizer = optimizer
    self.loss = loss
    self.terms = terms
    self.threads = max(threads, 1)
  }

  /// What a step of training takes.
  ///
  /// - Throws: `EngineError` where the network cannot learn so.
  package func training(batch: Int) throws(EngineError) -> MemoryNeed {
    var need = MemoryNeed(try draft(options(.training, batch)))
    let layout = ParameterLayout(network.parameters)
    let slab = 4 * layout.learnableCount
    need.weights = slab
    need.weightGradients = accumulates ? 2 * slab : slab
    need.messages = 4 * ParameterSlabs.failureCount
    need.optimizer = slab * (optimizer.kernel.stateSlabs + (optimizer.averaging > 0 ? 1 : 0))
    need.statistics = 8 * layout.runningCount
    return need
  }

  /// What answering takes, as `evaluate` and `predict` do, of a network that does not learn meanwhile.
  ///
  /// - Parameter most: The examples that there are; more than one batch of them are not answered at once.
  /// - Throws: `EngineError` where the network cannot run.
  package func answering(most: Int) throws(EngineError) -> MemoryNeed {
    let slabs = try paper()
    let batch = min(
      max(most, 1),
      try PlanSize.boundedBatch(
        network, slabs, options(.inference, Model.mostAnswered), bytes: Model.usualAnswerBound))
    var need = MemoryNeed(try draft(options(.inference, batch)))
    let layout = ParameterLayout(network.parameters)
    need.weights = 4 * layout.learnableCount
    need.statistics = 8 * layout.runningCount
    return need
  }

  /// The largest batch, a power of two, of which a step of training takes no more than so many bytes; nothing where
  /// not even one example does.
  ///
  /// - Throws: `EngineError` where the network cannot learn.
  package func largestBatch(within bytes: Int) throws(EngineError) -> Int? {
    var simple = self
    simple.usesLibrary = false
    var found: Int?
    var batch = 1
    while batch <= Self.mostSearched {
      guard let need = try simple.need(batch), need <= bytes else { break }
      found = batch
      batch *= 2
    }
    while let batch = found, usesLibrary {
      if let need = try need(batch), need <= bytes { break }
      found = batch > 1 ? batch / 2 : nil
    }
    return found
  }

  /// The largest batch that is looked for.
  private static let mostSearched = 1 << 16

  /// Bytes of a step; nothing where they are more than can be counted.
  private func need(_ batch: Int) throws(EngineError) -> Int? {
    try EngineError.checkInterruption()
    do throws(EngineError) { return try training(batch: batch).total } catch {
      if case .memory = error { return nil }
      // A batch normalization that sees one value takes none, and a larger batch does.
      if case .singleValueNormalization = error { return 0 }
      throw error
    }
  }

  func options(_ mode: PlanOptions.Mode, _ batch: Int) -> PlanOptions {
    var options = PlanOptions(
      mode: mode, batch: batch, loss: loss, threads: threads, precision: precision,
      choices: choices, allowsLibrary: usesLibrary)
    if mode == .training {
      if !terms.isPlain { options.terms = terms }
      options.mixes = mixes
    }
    return options
  }

  func draft(_ options: PlanOptions) throws(EngineError) -> PlanDraft {
    let (count, overflows) = network.input.count.multipliedReportingOverflow(by: options.batch)
    if options.batch < 1 || overflows || count > Int(Int32.max) { throw .batchSize(options.batch) }
    return try PlanDraft(network, slabs: paper(), options: options, seed: 0, onPaper: true)
  }

  private func paper() throws(EngineError) -> ParameterSlabs {
    guard let slabs = ParameterSlabs(onPaper: ParameterLayout(network.parameters)) else {
      throw .memory(needed: .max, available: AvailableMemory.bytesAvailable)
    }
    return slabs
  }
}
