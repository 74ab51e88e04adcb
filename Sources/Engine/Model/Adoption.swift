import Networks

/// What became of the parameters when a model took over another network.
package struct Adoption: Sendable {
  /// Parameters that kept their values and what the optimizer knows of them.
  package let kept: [ParameterSpecification]

  /// Parameters that were given values by the caller.
  package let given: [ParameterSpecification]

  /// Parameters that are new or changed shape, and were initialised.
  package let new: [ParameterSpecification]
}
