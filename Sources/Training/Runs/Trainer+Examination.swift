import Engine
import Networks

/// The gradient of a block's own parameters beside the parameters themselves.
package struct BlockGradient: Hashable, Sendable {
  package let block: BlockID

  /// Euclidean norms over all learnable parameters of the block.
  package let gradientNorm: Double
  package let parameterNorm: Double
}

/// What was seen in one pass of a batch.
package struct Examination: Sendable {
  /// The outputs of the blocks in the order of execution.
  package var traces: [BlockTrace] = []

  /// By block, for those that have learnable parameters.
  package var gradients: [BlockID: BlockGradient] = [:]

  /// The examples in the batch and, where gradients were computed, their mean loss.
  package var count = 0
  package var loss: Double?

  /// The weights, with those that had to be drawn.
  package var learned: LearnedState
}

/// Looking inside a network, at rest or between two steps of its run; nothing is learned.
extension Trainer {
  /// Runs the first examples of a set forward: with `training` as a step does, with the batch's statistics
  /// and dropout, else as evaluation does.
  ///
  /// - Throws: `EngineError` where network and examples do not agree.
  package func trace(_ request: RunRequest, on examples: Examples, training: Bool) throws
    -> Examination
  {
    try perform { workbench in
      let model = try workbench.model(for: request)
      let rows = 0..<min(request.recipe.batchSize, examples.count)
      let traces = try model.trace(examples, rows: rows, training: training)
      return Examination(
        traces: traces, count: rows.count, learned: try workbench.drawn(by: model, for: request))
    }
  }

  /// Computes loss and gradients of the batch that the next step would take, without taking it.
  ///
  /// - Throws: `EngineError` where network and data do not agree.
  package func gradients(_ request: RunRequest) throws -> Examination {
    try perform { workbench in
      let model = try workbench.model(for: request)
      let rows = workbench.live(request.name)?.rows
      let next = if let rows { rows } else { try request.nextRows()[...] }
      let result = try model.differentiate(request.data.train, rows: next)
      let parameters = try model.copiedParameters()
      var norms: [BlockID: Double] = [:]
      for specification in model.network.parameters where specification.isLearnable {
        let key = specification.key
        let values = parameters[key]?.values ?? []
        norms[key.block, default: 0] += values.reduce(0) { $0 + Double($1) * Double($1) }
      }
      var gradients: [BlockID: BlockGradient] = [:]
      for (block, norm) in model.gradientNorms() {
        gradients[block] = BlockGradient(
          block: block, gradientNorm: norm, parameterNorm: (norms[block] ?? 0).squareRoot())
      }
      return Examination(
        gradients: gradients, count: result.count, loss: result.loss,
        learned: try workbench.drawn(by: model, for: request))
    }
  }
}

extension RunRequest {
  /// The training examples of the next step.
  ///
  /// - Throws: `EngineError.memory` where an epoch's order is longer than memory.
  package func nextRows() throws(EngineError) -> [Int] {
    let count = data.train.count
    let order = BatchOrder(
      exampleCount: count, batchSize: min(recipe.batchSize, count), seed: recipe.seed)
    try order.checkMemory()
    let (epoch, batch) = learned.steps.quotientAndRemainder(dividingBy: order.batchCount)
    return order.positions(inEpoch: epoch)[order.range(ofBatch: batch)].map { Int($0) }
  }
}

extension BatchOrder {
  /// Refuses an order of more examples than there is memory for.
  func checkMemory() throws(EngineError) {
    let size = MemoryLayout<Int>.size + MemoryLayout<Int32>.size
    try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
      try AvailableMemory.check(bytes: AvailableMemory.bytes(exampleCount, size))
    }
  }
}

extension Trainer {
  /// The gradients of all parameters on all training examples of a request, in training mode.
  ///
  /// - Throws: `EngineError` where network and data do not agree.
  package func parameterGradients(_ request: RunRequest) throws -> ParameterStore {
    try perform { workbench in
      let model = try workbench.model(for: request)
      _ = try model.differentiate(request.data.train, rows: Array(0..<request.data.train.count))
      return try model.copiedGradients()
    }
  }
}
