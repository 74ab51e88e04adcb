import Networks

/// What passes of a network ask in their midst on the training thread, each for one kind of work.
struct RunSignals: Sendable {
  /// Whether a step in hand is given up, or what is measured after an epoch: the run ends, or waits since Ctrl-C was
  /// pressed.
  let step = StopSignal()

  /// Whether a job ends that somebody waits for: Ctrl-C was pressed, or the program ends.
  let job = StopSignal()

  /// Whether a look ends that nobody waits for: others do.
  let look = StopSignal()
}
