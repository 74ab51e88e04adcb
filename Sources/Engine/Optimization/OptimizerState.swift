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
}
