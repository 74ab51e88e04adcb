import Engine
import Networks

/// Keeps the best epoch of a network in a run, with its weights where they shall come back.
struct BestKeeper {
  private let watch: Watch
  private(set) var best: BestEpoch?
  private var kept: (network: Network, parameters: ParameterStore)?
  private var waits = 0

  /// A keeper for a network, with what it remembers of the run so far.
  init(_ watch: Watch, _ memory: BestMemory?, of network: Network) {
    self.watch = watch
    guard let memory else { return }
    (best, waits) = (memory.best, memory.waits)
    kept = memory.parameters.map { (network, $0) }
  }

  /// What to go on with later.
  func memory(of model: Model) -> BestMemory {
    var memory = BestMemory()
    if let kept, kept.network.root != model.network.root { return memory }
    (memory.best, memory.parameters, memory.waits) = (best, kept?.parameters, waits)
    return memory
  }

  /// Takes in an epoch and what was measured after it; true where there was no better one for too long.
  ///
  /// The best from before an edit of the network is forgotten.
  ///
  /// - Throws: `EngineError.memory` where there is no room for its weights.
  mutating func look(
    at epoch: EpochSummary, _ metrics: [DataPart: Metrics], of model: Model
  ) throws(EngineError) -> Bool {
    if let kept, kept.network.root != model.network.root {
      (best, self.kept, waits) = (nil, nil, 0)
    }
    let value = watch.measure.value(of: epoch, metrics) ?? .nan
    if isBetter(value) {
      best = BestEpoch(measure: watch.measure, value: value, epoch: epoch.epoch)
      waits = 0
      if watch.restores {
        kept = (
          model.network,
          try model.withAverage { () throws(EngineError) in
            try model.copiedParameters()
          }
        )
      }
      return false
    }
    waits += 1
    return watch.patience.map { waits >= $0 } ?? false
  }

  private func isBetter(_ value: Double) -> Bool {
    guard let best else { return !value.isNaN }
    return watch.measure.prefersMore ? value > best.value : value < best.value
  }

  /// Puts the best weights back, where they are wanted and those of the network as it is now.
  mutating func restore(to model: Model) {
    guard let kept, kept.network.root == model.network.root else { return }
    model.set(kept.parameters)
    best?.isRestored = true
  }
}
