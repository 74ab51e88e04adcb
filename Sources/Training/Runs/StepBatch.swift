import Networks

/// What is to be done in one step of a run.
struct StepBatch {
  /// The examples, by their places in the training part.
  let rows: ArraySlice<Int>

  /// Those examples, where they are in memory already.
  let held: Examples?

  /// The number of the epoch, which decides how examples are changed at random.
  let epoch: Int

  /// Steps after which the run is over.
  let limit: Int

  /// The share that examples keep of themselves where they are mixed.
  let mixing: Double?

  /// Whether weights follow.
  let updates: Bool
}
