import Engine
import Networks

/// A network of a run with the weights it has come to.
package struct LearnedNetwork: Sendable {
  package let name: String
  package let network: Network

  /// Weights and figures; the optimizer's memory is left out.
  package let learned: LearnedState
}

extension Trainer {
  /// What the networks of the current run have learned, between two of its steps; of a run that is over,
  /// what it has come to, until that is collected.
  ///
  /// The run waits while weights are copied, and no longer; where there is no memory for copies, there are none.
  /// Safe to call from any thread but the trainer's.
  package func learnedNetworks() -> [LearnedNetwork] {
    let job: @Sendable (Workbench) throws -> [LearnedNetwork] = { [board] workbench in
      let progress = board.progress
      return try workbench.live.map { live in
        var learned = LearnedState()
        learned.parameters = try live.model.withAverage { () throws(EngineError) in
          try live.model.copiedParameters()
        }
        let steps = progress.first { $0.network == live.name }?.step ?? 0
        learned.steps = live.before.steps + steps
        learned.epochs = live.before.epochs + board.finishedEpochs(of: live.name)
        return LearnedNetwork(name: live.name, network: live.model.network, learned: learned)
      }
    }
    let live = (try? perform(job)) ?? []
    if !live.isEmpty { return live }
    return board.results.map { result in
      var learned = result.learned
      learned.optimizerState = OptimizerState()
      return LearnedNetwork(name: result.name, network: result.network, learned: learned)
    }
  }
}
