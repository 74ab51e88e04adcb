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

  /// The loss on the batch of the next step, measured without learning.
  package let lossBefore: Double
  package let lossAfter: Double
}
