import Engine
import Networks

/// What a network of a run has come to, between two steps.
extension TrainingLane {
  /// The network with the weights it would have if the run ended here, and where it may go on.
  ///
  /// - Throws: `EngineError.memory`.
  func copy(at place: RunPlace) throws(EngineError) -> LearnedNetwork {
    var learned = LearnedState()
    (learned.parameters, learned.optimizerState) = try model.withAverage {
      () throws(EngineError) in try model.learned()
    }
    learned.steps = stepsInAll
    learned.epochs = epochsInAll
    return LearnedNetwork(
      name: request.name, network: model.network, learned: learned,
      point: try point(at: place, isEnd: false))
  }

  /// Where the network may go on.
  ///
  /// - Parameter isEnd: Whether the run ends, which may give the network other weights.
  /// - Throws: `EngineError.memory`.
  func point(at place: RunPlace, isEnd: Bool) throws(EngineError) -> RunPoint {
    var point = RunPoint()
    point.place = place
    point.recipe = recipe
    point.recipe.batching = wantedBatching ?? batching
    point.threads = model.threads
    point.memory = try model.stepMemory()
    note(&point)
    let hasOthers =
      point.memory.average != nil
      || isEnd && (point.memory.gathered != nil || point.best?.parameters != nil)
    if hasOthers { point.raw = try model.learned() }
    return point
  }

  /// How the network learns now.
  private var recipe: Recipe {
    var recipe = request.recipe
    recipe.optimizer = model.optimizer
    recipe.optimizer.learningRate = plan.base
    recipe.schedule = plan.schedule
    recipe.clipping = model.clipping
    recipe.precision = model.precision
    return recipe
  }

  /// Has a copy made where it is time for one.
  func offerCheckpoint(at place: RunPlace, isEpoch: Bool) {
    request.checkpointing?.look(at: self, place, isEpoch: isEpoch)
  }
}
