import Engine
import Networks

/// What a run shall do.
package struct RunRequest: Sendable {
  /// How long it goes on.
  package enum Length: Hashable, Sendable {
    case epochs(Int)
    case steps(Int)
  }

  /// The name of the network, for progress.
  package var name: String
  package var network: Network
  package var learned: LearnedState
  package var data: Dataset
  package var recipe: Recipe
  package var length: Length

  /// Whether the run is over early, asked after each epoch, and after each step of a run of steps.
  ///
  /// It is told of every network of the run in their order; where several learn side by side the first one's is asked.
  package var isDone: (@Sendable ([RunFacts]) -> Bool)?

  /// The parts of which metrics are asked for, which are measured after each epoch.
  package var measured: Set<DataPart> = []

  /// What is looked at after each epoch, in a run that is measured in them.
  package var watch: Watch?

  /// What each epoch is handed to, and each step where it asks for them, with the network between two steps.
  package var checkpointing: Checkpointing?

  /// Where a run goes on that was stopped before; nothing where it begins.
  package internal(set) var point: RunPoint?

  /// Whether this process takes the steps alone, though there are others.
  package var isAlone = false

  /// A run of a network on data.
  package init(
    name: String, network: Network, learned: LearnedState, data: Dataset, recipe: Recipe,
    length: Length, isDone: (@Sendable ([RunFacts]) -> Bool)? = nil
  ) {
    self.name = name
    self.network = network
    self.learned = learned
    self.data = data
    self.recipe = recipe
    self.length = length
    self.isDone = isDone
  }
}

/// What a network has come to in a run so far.
package struct RunFacts: Hashable, Sendable {
  package var network: String

  /// Whether it still learns; one that has diverged has the facts from before.
  package var isLearning = true

  /// The mean training loss of the last epoch, or of the steps since.
  package var loss: Double

  /// The training accuracy of the last epoch, where targets are classes.
  package var accuracy: Double?
  package var testLoss: Double?
  package var testAccuracy: Double?

  /// The metrics of the parts of which they were asked for, measured after the last epoch.
  package var metrics: [DataPart: Metrics] = [:]

  /// Epochs and steps of this run.
  package var epochs: Int
  package var steps: Int
}

/// How a run ended.
package struct RunResult: Sendable {
  /// Why it ended.
  package enum Ending: Sendable {
    case finished

    /// The condition of `until` holds.
    case conditionHolds

    /// No epoch was better than the best for as long as the run waits for one.
    case outOfPatience(epochs: Int)
    case stopped
    case failed(RunFault)
  }

  package var name: String
  package var network: Network
  package var learned: LearnedState
  package var epochs: EpochRecord
  package var ending: Ending

  /// The best epoch, where one was looked for.
  package var best: BestEpoch?

  /// Where it may go on, where it was stopped.
  package var point: RunPoint?

  /// Steps of this run since it began or went on, and seconds they took without evaluation.
  package var steps: Int
  package var seconds: Double

  /// How long other processes were waited for, where some have taken the steps together.
  package var peerTimes: PeerTimes?

  /// The metrics that were asked for, measured with the weights that the network has.
  package var metrics: [DataPart: Metrics] = [:]

  /// The epoch whose weights the network has, as far as it is known: the best, where that has come back, or the last.
  package var decidingEpoch: EpochSummary? {
    guard let best, best.isRestored else { return epochs.last }
    return epochs.last { $0.epoch == best.epoch } ?? epochs.last
  }

  /// Why it failed, if it did.
  package var fault: RunFault? { if case .failed(let fault) = ending { fault } else { nil } }
}

/// Why a run cannot go on, as facts.
package enum RunFault: Error, Hashable, Sendable {
  /// The loss became infinite or no number; `path` is the first block whose output is, where one was found.
  case diverged(step: Int, loss: Double, path: String?)

  /// The network or data cannot be trained as asked.
  case refused(EngineError)
}
