import Engine
import Networks
import Training

/// What a saved network keeps besides its weights, so that it learns on as if it had never left.
struct SavedLearning: Sendable {
  /// What the optimizer remembers.
  var optimizerState: OptimizerState

  /// How it learns.
  var recipe: Recipe

  /// The commands that made the data it learns from.
  var dataCommands: [String]

  /// A run that may go on.
  var run: Run?

  /// The losses so far, where they are kept.
  var curve: SavedCurve?

  /// A run that was not over.
  struct Run: Sendable {
    var point: RunPoint
    var names: [String]
    var command: String
    var fingerprint: Fingerprint

    /// Whether it went on meanwhile, neither paused nor stopped.
    var isRunning = false
  }

  /// The most steps a saved network may have taken, so that counting on never overflows.
  static let most = 1_000_000_000_000
}

extension SavedLearning {
  /// What is kept of a network that learns now.
  ///
  /// - Parameter recipe: How it learns where the run has just ended.
  init(_ copy: LearnedNetwork, _ origin: RunOrigin, _ recipe: Recipe, isRunning: Bool = true) {
    optimizerState = copy.learned.optimizerState.fitting(copy.network)
    self.recipe = copy.point?.recipe ?? recipe
    dataCommands = origin.dataCommands
    run = copy.point.map {
      Run(
        point: $0, names: origin.names, command: origin.command, fingerprint: origin.fingerprint,
        isRunning: isRunning)
    }
  }

  /// What is kept of a network at rest.
  init(_ known: NetworkState, _ recipe: Recipe, _ dataCommands: [String]) {
    optimizerState = known.weights.optimizerState.fitting(known.network)
    self.recipe = recipe
    self.dataCommands = dataCommands
    guard let resumption = known.presentResumption else { return }
    let origin = resumption.origin
    // Where its settings are still in force, the run has those it was stopped with.
    if recipe == resumption.settings || resumption.settings == nil {
      self.recipe = resumption.point.recipe
    }
    self.dataCommands = origin.dataCommands
    run = Run(
      point: resumption.point, names: origin.names, command: origin.command,
      fingerprint: origin.fingerprint, isRunning: resumption.wasRunning)
    run?.point.recipe = self.recipe
  }

  /// The stores of values that are kept, under the words that stand before the paths of parameters.
  var stores: [(word: String, values: ParameterStore)] {
    optimizerState.stores(named: "moment") + (run?.point.stores ?? [])
  }
}

extension RunPoint {
  /// The stores of values that it has, under the words by which files know them.
  var stores: [(word: String, values: ParameterStore)] {
    var stores: [(word: String, values: ParameterStore)] = []
    if let raw {
      stores.append(("raw", raw.parameters))
      stores += raw.optimizerState.stores(named: "rawmoment")
    }
    if let average = memory.average { stores.append(("average", average.values)) }
    if let gathered = memory.gathered { stores.append(("gathered", gathered.values)) }
    if let best = best?.parameters { stores.append(("best", best)) }
    return stores
  }
}

extension OptimizerState {
  fileprivate func stores(named word: String) -> [(word: String, values: ParameterStore)] {
    moments.enumerated().map { ("\(word)\($0.offset)", $0.element) }
  }
}
