import Engine
import Networks

/// A network of the run that is going on, as jobs between two steps see it; touched on the training thread only.
struct LiveRun {
  let name: String
  let model: Model
  let examples: Examples

  /// Who has the network take its steps.
  var lane: TrainingLane?

  /// The examples of the next step, and where the run stands before it.
  var rows: ArraySlice<Int> = []
  var place = RunPlace()

  /// Takes over an edited network.
  ///
  /// - Throws: `EngineError` where the network cannot be computed; then nothing has changed.
  func adopt(_ network: Network, given: LearnedState, scheme: Initializer) throws(EngineError)
    -> LiveEdit
  {
    try model.finishGathering()
    let count = min(model.network.trialCount(of: rows.count), network.trialCount(of: rows.count))
    let before = try loss(of: count)
    let (old, form) = (model.network, model.form)
    let shapes = Dictionary(
      network.parameters.map { ($0.key, $0.shape) }, uniquingKeysWith: { first, _ in first })
    let gone = old.parameters.filter {
      shapes[$0.key] != $0.shape || given.parameters[$0.key]?.shape == $0.shape
    }
    var dropped = LearnedState()
    (dropped.parameters, dropped.optimizerState) = try model.contents(of: gone)
    do throws(EngineError) {
      let adoption = try model.adopt(
        network, given: given.parameters, givenState: given.optimizerState, initializer: scheme)
      return LiveEdit(
        kept: adoption.kept, given: adoption.given, new: adoption.new, gone: gone,
        dropped: dropped,
        losses: TrialLosses(
          before: before, after: try loss(of: count), examples: count, of: rows.count))
    } catch {
      model.restore(form)
      throw error
    }
  }

  /// What the network has come to; nothing before the first step.
  ///
  /// - Throws: `EngineError.memory`.
  func copy() throws(EngineError) -> LearnedNetwork? { try lane?.copy(at: place) }

  /// The loss on the first examples of the next step.
  private func loss(of count: Int) throws(EngineError) -> Double {
    try model.trainingLoss(examples, rows: rows.prefix(count)).loss
  }
}
