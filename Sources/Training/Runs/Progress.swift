/// How far a network is in a run: the latest state only, for whoever shows it.
package struct Progress: Sendable, Hashable {
  /// What the trainer is doing.
  package enum State: Sendable, Hashable {
    case running
    case paused

    /// Asked to stop; a step in hand is given up, unless weights follow it already.
    case stopping
  }

  package var state: State

  /// The name of the network being trained.
  package var network: String

  /// The current epoch, counted from 1, and how many there will be, where that is known.
  package var epoch: Int
  package var epochs: Int?

  /// Steps done in this run, and how many there will be, where that is known.
  package var step: Int
  package var steps: Int?

  /// Those that the run had behind it when it went on after a stop.
  package var earlierSteps = 0

  /// The smoothed training loss, and accuracy where the task has one.
  package var loss: Double?
  package var accuracy: Double?

  package var samplesPerSecond: Double?
  package var secondsLeft: Double?
  package var learningRate: Double?

  /// Whether the rate changes by itself.
  package var rateChanges = false

  /// Whether it still learns; a network that has diverged waits for the others of its run.
  package var isLearning = true

  /// A run's beginning, or any later state of it.
  package init(
    state: State = .running, network: String, epoch: Int = 1, epochs: Int? = nil, step: Int = 0,
    steps: Int? = nil, loss: Double? = nil, accuracy: Double? = nil,
    samplesPerSecond: Double? = nil, secondsLeft: Double? = nil
  ) {
    self.state = state
    self.network = network
    self.epoch = epoch
    self.epochs = epochs
    self.step = step
    self.steps = steps
    self.loss = loss
    self.accuracy = accuracy
    self.samplesPerSecond = samplesPerSecond
    self.secondsLeft = secondsLeft
  }
}
