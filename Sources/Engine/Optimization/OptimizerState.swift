import Networks

/// What an optimizer remembers of each parameter, kept by block identity.
///
/// A value: it goes with the parameters of a network through edits, undo and forks.
package struct OptimizerState: Equatable, Sendable {
  /// The optimizer's moments in its own order, such as velocity, or mean and mean square.
  package var moments: [ParameterStore] = []

  /// How many updates each parameter has had, which Adam's corrections need.
  package var updates: [ParameterKey: Int] = [:]

  /// The optimizer that gathered it.
  package var optimizer: Optimizer?

  /// Nothing remembered.
  package init() {}

  /// Whether an optimizer can go on with it.
  func isUnderstood(by optimizer: Optimizer) -> Bool {
    self.optimizer.map(optimizer.understandsState(of:)) ?? true
  }

  /// The updates that a parameter has had, where what is remembered of it is of its shape.
  func updates(of specification: ParameterSpecification) -> Int? {
    let fits = moments.allSatisfy {
      ($0[specification.key]?.shape ?? specification.shape) == specification.shape
    }
    return fits ? updates[specification.key] : nil
  }

  /// What is remembered of a network's parameters as they are: an edit may have given some another shape.
  package func fitting(_ network: Network) -> OptimizerState {
    var result = OptimizerState()
    result.optimizer = optimizer
    result.moments = moments.map { _ in ParameterStore() }
    for specification in network.parameters {
      guard let count = updates(of: specification) else { continue }
      let key = specification.key
      result.updates[key] = count
      for index in moments.indices { result.moments[index][key] = moments[index][key] }
    }
    return result
  }
}
