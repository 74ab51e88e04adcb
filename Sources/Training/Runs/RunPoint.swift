import Engine
import Networks

/// What a network of a run needs, besides what it has learned, to go on between two steps as if the run had never
/// stopped: to the bit on the same data with as many threads.
package struct RunPoint: Sendable {
  package var place = RunPlace()

  /// How it learns now, after all changes during the run.
  package var recipe = Recipe()

  /// Where it is in its schedule.
  package var rates = RatePosition()

  /// What the current epoch has come to.
  package var sum = LossSum()

  /// The smoothed training loss.
  package var smoothed: Double?

  /// What was looked for and found of the best epoch.
  package var best: BestMemory?

  /// What the model carries from step to step.
  package var memory = StepMemory()

  /// Weights and the optimizer's memory in the midst of the run, where the network has others at its end: a moving
  /// average, those of the best epoch, or those after an update by part of the gradients.
  package var raw: (parameters: ParameterStore, optimizerState: OptimizerState)?

  /// Threads that the model uses; others may come to other bits.
  package var threads = 1

  /// The beginning of a run.
  package init() {}
}

/// What is remembered of the best epoch of a run.
package struct BestMemory: Sendable {
  package var best: BestEpoch?

  /// Its weights, where they shall come back.
  package var parameters: ParameterStore?

  /// Epochs since that were no better.
  package var waits = 0

  /// No epoch yet.
  package init() {}
}

extension RunRequest {
  /// The same run from a point on.
  package func resumed(at point: RunPoint) -> RunRequest {
    var request = self
    request.point = point
    if let raw = point.raw {
      (request.learned.parameters, request.learned.optimizerState) = raw
      request.learned.touch()
    }
    return request
  }
}
