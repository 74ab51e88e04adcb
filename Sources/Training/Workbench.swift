import Engine
import Networks

/// The models in memory, which belong to the training thread.
///
/// A model is used again as long as its weights are those asked for, so that commands in a row copy nothing.
/// Kept are as many as learned side by side in the last run.
package final class Workbench {
  /// A model that no run has, with the weights of a version.
  private struct Kept {
    let model: Model
    let version: UInt64
    let seed: UInt64
  }

  private var kept: [Kept] = []
  private var limit = 1

  /// The networks of the run that is going on.
  private(set) var live: [LiveRun] = []

  /// The model that is moved through places around the weights of another one, while a survey lasts.
  var surveyed: SurveyedModel?

  /// What the machine can do at best, as far as it was measured, by the bytes that were asked for.
  var peaks: [(asked: Int, peak: MachinePeak)] = []

  init() {}

  /// A network of the run that is going on, or nothing.
  func live(_ name: String) -> LiveRun? { live.first { $0.name == name } }

  /// Whether the network of a request is being trained right now.
  func isLive(_ request: RunRequest) -> Bool { live(request.name) != nil }

  /// Takes networks for a run; all, or none.
  ///
  /// - Throws: `EngineError` where a network, its loss and memory do not agree.
  func begin(_ requests: [RunRequest]) throws(EngineError) -> [Model] {
    var lanes: [LiveRun] = []
    for request in requests {
      let model = try model(for: request)
      // A fork has the weights of its original under the same version, but needs a model of its own.
      kept.removeAll { $0.model === model }
      if let point = request.point { try model.restore(point.memory) }
      lanes.append(LiveRun(name: request.name, model: model, examples: request.data.train))
    }
    live = lanes
    limit = max(1, lanes.count)
    return lanes.map(\.model)
  }

  /// Says who has the networks of the run take their steps.
  func attach(_ lanes: [TrainingLane]) {
    for (index, lane) in lanes.enumerated() { live[index].lane = lane }
  }

  /// Notes the examples of the next step, and where the run stands.
  func next(_ rows: ArraySlice<Int>, at place: RunPlace) {
    for index in live.indices { (live[index].rows, live[index].place) = (rows, place) }
  }

  /// Ends the run that is going on.
  func end() {
    for run in live { run.model.freeSpare() }
    live = []
  }

  /// A model with the weights, recipe and network of a request.
  ///
  /// - Throws: `EngineError` where network, loss and memory do not agree.
  func model(for request: RunRequest) throws(EngineError) -> Model {
    if let live = live(request.name) { return live.model }
    let recipe = request.recipe
    let loss = recipe.loss(for: request.data)
    let terms = recipe.terms(for: request.data)
    let threads = recipe.threads ?? Processors.count
    let known = kept.first {
      $0.version == request.learned.version && $0.seed == recipe.seed && $0.model.threads == threads
    }
    if let model = known?.model {
      if model.network.root != request.network.root || model.network.input != request.network.input
      {
        _ = try model.adopt(
          request.network, given: request.learned.parameters,
          givenState: request.learned.optimizerState, initializer: recipe.scheme)
      }
      model.use(recipe.choices)
      if model.loss != loss || model.terms != terms { model.use(loss, terms) }
      if model.optimizer != recipe.optimizer {
        try model.use(recipe.optimizer, givenState: request.learned.optimizerState)
      }
      model.clipping = recipe.clipping
      model.precision = recipe.precision
      return model
    }
    if kept.count >= limit { kept.removeFirst(kept.count - limit + 1) }
    let make = { () throws(EngineError) in
      try Model(
        network: request.network, parameters: request.learned.parameters,
        optimizer: recipe.optimizer, optimizerState: request.learned.optimizerState, loss: loss,
        terms: terms, initializer: recipe.scheme, seed: recipe.seed, steps: request.learned.steps,
        threads: threads, precision: recipe.precision, choices: recipe.choices)
    }
    let fresh: Model
    do throws(EngineError) { fresh = try make() } catch {
      guard case .memory = error, !kept.isEmpty else { throw error }
      kept = []
      fresh = try make()
    }
    fresh.clipping = recipe.clipping
    kept.append(Kept(model: fresh, version: request.learned.version, seed: recipe.seed))
    return fresh
  }

  /// What the model knows now, after so many more steps and epochs.
  ///
  /// - Throws: `EngineError.memory` where there is no room for it.
  func learned(
    by model: Model, for request: RunRequest, steps: Int, epochs: Int
  ) throws(EngineError) -> LearnedState {
    var learned = request.learned
    (learned.parameters, learned.optimizerState) = try model.learned()
    learned.steps += steps
    learned.epochs += epochs
    learned.touch()
    if kept.count >= limit { kept.removeFirst() }
    kept.append(Kept(model: model, version: learned.version, seed: request.recipe.seed))
    return learned
  }

  /// Takes the values of drawn parameters without saying that anything was learned.
  ///
  /// - Throws: `EngineError.memory` where there is no room for them.
  func drawn(by model: Model, for request: RunRequest) throws(EngineError) -> LearnedState {
    if isLive(request) { return request.learned }
    var learned = request.learned
    learned.parameters = try model.copiedParameters()
    return learned
  }
}

extension Dataset {
  /// The loss that suits the targets.
  package var naturalLoss: Loss {
    train.classNames == nil ? .l2 : .crossEntropy
  }
}
