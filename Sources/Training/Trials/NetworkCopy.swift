import Engine
import Networks

/// A network with its weights copied, on which steps can be tried while the original stays as it is.
///
/// Belongs to the training thread. Batches are those that a run of the request would take next.
package final class NetworkCopy {
  package let request: RunRequest
  let model: Model
  private let order: BatchOrder
  private var epoch: Int
  private var batch: Int
  private var positions: [Int] = []
  private var taken = 0

  /// A copy of what a request would train; weights without values are drawn.
  ///
  /// - Throws: `EngineError` where network, data and memory do not agree.
  init(_ request: RunRequest) throws(EngineError) {
    self.request = request
    let (recipe, data, learned) = (request.recipe, request.data, request.learned)
    let count = data.train.count
    if count == 0 { throw .batchSize(0) }
    order = BatchOrder(
      exampleCount: count, batchSize: min(recipe.batchSize, count), seed: recipe.seed)
    try order.checkMemory()
    (epoch, batch) = learned.steps.quotientAndRemainder(dividingBy: order.batchCount)
    model = try Model(
      network: request.network, parameters: learned.parameters, optimizer: recipe.optimizer,
      optimizerState: learned.optimizerState, loss: recipe.loss(for: data),
      terms: recipe.terms(for: data), initializer: recipe.scheme, seed: recipe.seed,
      steps: learned.steps, threads: recipe.threads ?? Processors.count,
      precision: recipe.precision, choices: recipe.choices)
    model.clipping = recipe.clipping
    positions = order.positions(inEpoch: epoch).map { Int($0) }
  }

  /// Takes the next step of the run; nothing is updated where the loss is no number.
  ///
  /// - Parameter rate: The learning rate, or nothing for that of the recipe.
  /// - Throws: `EngineError`, `interrupted` among it.
  package func step(rate: Double? = nil) throws(EngineError) -> StepResult {
    if Interruption.isRequested() { throw .interrupted }
    if batch >= order.batchCount {
      (epoch, batch) = (epoch + 1, 0)
      positions = order.positions(inEpoch: epoch).map { Int($0) }
    }
    let batching = request.recipe.batching
    let rows = positions[order.range(ofBatch: batch)]
    batch += 1
    taken += 1
    let updates =
      batch == order.batchCount || batch.isMultiple(of: max(1, batching.accumulation))
    let mixing =
      batching.mixup > 0
      ? Mixup.share(
        alpha: batching.mixup, seed: request.recipe.seed, step: request.learned.steps + taken - 1)
      : nil
    let (examples, places) = try request.examples(
      of: StepBatch(
        rows: rows, held: nil, epoch: epoch, limit: .max, mixing: mixing, updates: updates))
    return try model.step(
      examples, rows: places, learningRate: rate ?? request.recipe.optimizer.learningRate,
      mixing: mixing, updates: updates)
  }

  /// Takes a step on some training examples, whatever the order of the run.
  package func step(on rows: [Int], rate: Double) throws(EngineError) -> StepResult {
    if Interruption.isRequested() { throw .interrupted }
    return try model.step(request.data.train, rows: rows, learningRate: rate)
  }

  /// A sample of the training examples, always the same, whatever their order in the set.
  package func sample(_ most: Int) -> [Int] {
    order.positions(inEpoch: 0).prefix(max(1, most)).map { Int($0) }
  }

  /// The loss of some training examples as a step computes it, with the batch's statistics.
  package func trainingLoss(on rows: [Int]) throws(EngineError) -> StepResult {
    if Interruption.isRequested() { throw .interrupted }
    return try model.trainingLoss(request.data.train, rows: rows)
  }

  /// Loss and accuracy of some examples as `evaluate` computes them, with running statistics.
  package func evaluate(_ examples: Examples, rows: [Int]) throws(EngineError) -> StepResult {
    if Interruption.isRequested() { throw .interrupted }
    return try model.evaluate(examples, inBatches: rows)
  }

  /// What leaves each block for some training examples, as in a step.
  package func trace(_ rows: [Int]) throws(EngineError) -> [BlockTrace] {
    if Interruption.isRequested() { throw .interrupted }
    return try model.trace(request.data.train, rows: rows, training: true)
  }

  /// Loss and gradients of some training examples, as in a step.
  package func gradients(on rows: [Int]) throws(EngineError) -> (
    result: StepResult, gradients: ParameterStore
  ) {
    if Interruption.isRequested() { throw .interrupted }
    let result = try model.differentiate(request.data.train, rows: rows)
    return (result, try model.copiedGradients())
  }

  /// The values of all parameters.
  package func parameters() throws(EngineError) -> ParameterStore { try model.copiedParameters() }

  /// Gives parameters other values.
  package func set(_ parameters: ParameterStore) { model.set(parameters) }

  /// The first block whose output was no number in the last step, where there is one.
  package func firstNonFinite() -> String? { (try? model.firstNonFinite())?.path }
}

extension Trainer {
  /// Does work on a copy of what a request would train, between two steps if a run goes on.
  ///
  /// - Throws: What the work throws; `EngineError` where network, data and memory do not agree.
  package func withCopy<Result: Sendable>(
    of request: RunRequest, _ work: @escaping @Sendable (NetworkCopy) throws -> Result
  ) throws -> Result {
    try perform { _ in try work(try NetworkCopy(request)) }
  }
}
