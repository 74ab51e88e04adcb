import Engine
import Language
import Networks
import Training

/// Looking at the current network on a copy.
extension CommandScope {
  /// What is seen of the current network, its data and its recipe; nothing of the state is changed by it.
  ///
  /// - Throws: A diagnostic where there is nothing to learn or Ctrl-C was pressed.
  func observation(at range: SourceRange) throws -> Observation {
    let request = try requestForCopy(at: range)
    let budget = TrialBudget(request)
    let lastRun = (context.runs.finished.all + context.runs.growing).last {
      $0.network == request.name
    }.flatMap { $0.leads(to: request.learned.steps) ? $0 : nil }
    let (count, steps) = (budget.examples, request.network.trainableCount > 0 ? budget.steps : 0)
    let bare = request.network.bareResiduals
    return try computing(at: range) {
      try context.calculator.withCopy(of: request) { copy in
        let rows = copy.sample(count)
        let traces = try copy.trace(rows)
        let (result, gradients) = try copy.gradients(on: rows)
        let data = request.data
        let evaluated = try copy.evaluate(data.train, rows: rows)
        let tested = try data.test.map {
          try copy.evaluate($0, rows: Array(0..<min(rows.count, $0.count)))
        }
        let inputs = InputFigures(try data.train.rows.sample(rows))
        let baseline = try TrialCurve(
          copy, steps: steps, within: TrialTime(seconds: TrialBudget.timeForBaseline))
        let after = baseline.fault == nil ? try copy.evaluate(data.train, rows: rows).loss : nil
        let reader = LayerReader(request.network, traces, gradients.blockNorms)
        return Observation(
          request: request, layers: reader.layers, count: rows.count, loss: result.loss,
          evaluated: evaluated, tested: tested, baseline: baseline,
          baselineEvaluated: after, inputs: inputs, labels: LabelFigures(data.train),
          lastRun: lastRun, bareResiduals: bare)
      }
    }
  }

  /// The current network as it would be trained now, in a run that goes on as it is between two steps.
  ///
  /// - Throws: A diagnostic where it cannot be trained.
  func requestForCopy(at range: SourceRange) throws -> RunRequest {
    var scope = self
    let network = try scope.currentNetwork(at: range)
    let data = try scope.currentData(at: range)
    try checkTrainable(network, data: data, at: range)
    var request = scope.runRequestForWeights(network, data: data)
    if let known = state.current { request.learned = try presentWeights(of: known) }
    return request
  }
}

/// How much is looked at and tried, by the size of the network and its batches.
struct TrialBudget: Sendable {
  /// Steps of each trial.
  let steps: Int

  /// Training examples that are looked at.
  let examples: Int

  /// Seconds for the steps as things are, and for all trials.
  static let (timeForBaseline, timeForTrials) = (2.0, 5.0)

  /// A budget for a network: the same for the same request, whatever the machine.
  init(_ request: RunRequest) {
    let price = Double(max(1, request.network.multiplyAdds))
    let batch = min(request.recipe.batchSize, request.data.train.count)
    let affordable = Self.multiplyAdds / (price * Double(max(1, batch)))
    steps = Int(min(max(affordable, Double(Observation.leastSteps)), Self.mostSteps))
    let seen = Int(min(Self.multiplyAdds / price, Self.mostExamples))
    examples = max(min(batch, Int(Self.mostExamples)), seen)
  }

  private static let (multiplyAdds, mostSteps, mostExamples) = (4e8, 100.0, 256.0)
}

extension RunTrace {
  /// Whether the weights are those that the run came to, rather than drawn or loaded since, by their steps.
  fileprivate func leads(to steps: Int) -> Bool {
    let last = record.points(from: record.losses.count - 1).last?.step
    return (last.map { $0 + 1 } ?? record.firstStep) == steps
  }
}

extension InputRows {
  /// The rows at some places, in memory.
  func sample(_ positions: [Int]) throws(EngineError) -> Tensor {
    do throws(RowFault) { return try tensor(at: positions) } catch { throw .rows(error) }
  }
}

extension ParameterStore {
  /// The Euclidean norm of all that a block has, by block.
  var blockNorms: [BlockID: Double] {
    var squares: [BlockID: Double] = [:]
    for key in keys {
      let values = self[key]?.values ?? []
      squares[key.block, default: 0] += values.reduce(0) { $0 + Double($1) * Double($1) }
    }
    return squares.mapValues { $0.squareRoot() }
  }
}
