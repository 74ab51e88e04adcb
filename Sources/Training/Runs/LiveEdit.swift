import Networks

/// What an edit did to a network between two steps of its run.
package struct LiveEdit: Sendable {
  /// Parameters that went on with their values and the optimizer's memory of them.
  package let kept: [ParameterSpecification]

  /// Parameters that got the values the caller gave.
  package let given: [ParameterSpecification]

  /// Parameters that are new or changed shape, and were drawn.
  package let new: [ParameterSpecification]

  /// Parameters that were taken away, reshaped or overwritten.
  package let gone: [ParameterSpecification]

  /// The values of those, with the optimizer's memory of them.
  package let dropped: LearnedState

  package let losses: TrialLosses
}

/// The losses of two forms of a network on examples of the next step, measured in training mode without learning.
package struct TrialLosses: Hashable, Sendable {
  package let before: Double
  package let after: Double

  /// How many examples they were measured on, where not on the whole batch.
  package let examples: Int?

  /// Losses on so many examples of a batch.
  init(before: Double, after: Double, examples: Int, of batch: Int) {
    (self.before, self.after) = (before, after)
    self.examples = examples < batch ? examples : nil
  }
}
