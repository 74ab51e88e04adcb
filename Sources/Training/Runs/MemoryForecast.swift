import Engine
import Networks

/// What a network is going to take, before any of it is taken.
package struct MemoryForecast: Hashable, Sendable {
  /// A step on one example; nothing where batch normalization refuses one.
  package var single: MemoryNeed?

  /// A step on a batch.
  package var step: MemoryNeed

  /// Answering examples, as `evaluate` and `predict` do.
  package var answer: MemoryNeed

  /// Bytes that can be had now.
  package var available: Int

  /// The largest batch, a power of two, whose steps fit; nothing where none does.
  package var largestBatch: Int?

  /// In which numbers operands of products are.
  package var precision = Precision.float32
}

extension Recipe {
  /// Asks what a network takes that learns so; without data the loss is the one that suits its output.
  package func memoryQuestion(_ network: Network, _ data: Dataset?) -> MemoryQuestion {
    let natural = network.output.spatialRank > 0 ? Loss.l2 : .crossEntropy
    var question = MemoryQuestion(
      network: network, optimizer: optimizer,
      loss: data.map { loss(for: $0) } ?? loss ?? natural,
      terms: data.map { terms(for: $0) } ?? LossTerms(), threads: threads ?? Processors.count)
    question.choices = choices
    question.precision = precision
    question.accumulates = batching.accumulation > 1
    question.mixes = batching.mixup > 0
    return question
  }
}

extension Trainer {
  /// What a network takes for steps on so many examples and for answering at most so many.
  ///
  /// - Throws: `EngineError` where it cannot learn so.
  package func memory(_ question: MemoryQuestion, batch: Int, answering count: Int) throws
    -> MemoryForecast
  {
    try perform { _ in
      var single: MemoryNeed?
      if batch != 1 {
        do throws(EngineError) { single = try question.training(batch: 1) } catch {
          guard case .singleValueNormalization = error else { throw error }
        }
      }
      let available = AvailableMemory.most(below: 1 << 46)
      return MemoryForecast(
        single: single, step: try question.training(batch: batch),
        answer: try question.answering(most: count), available: available,
        largestBatch: try question.largestBatch(within: available),
        precision: question.precision)
    }
  }
}
