import Engine
import Networks
import Training

/// Parts of what was learned, as they move between the states of a session.
extension LearnedState {
  /// Whether there are values for a parameter.
  func has(_ specification: ParameterSpecification) -> Bool {
    parameters[specification.key]?.shape == specification.shape
  }

  /// Takes over a parameter's values, with the optimizer's memory of them.
  mutating func take(_ key: ParameterKey, from other: LearnedState) {
    parameters[key] = other.parameters[key]
    let state = other.optimizerState
    guard let optimizer = state.optimizer else { return }
    if !(optimizerState.optimizer.map { $0.understandsState(of: optimizer) } ?? false) {
      optimizerState = OptimizerState()
      optimizerState.optimizer = optimizer
    }
    while optimizerState.moments.count < state.moments.count {
      optimizerState.moments.append(ParameterStore())
    }
    for index in state.moments.indices {
      optimizerState.moments[index][key] = state.moments[index][key]
    }
    optimizerState.updates[key] = state.updates[key]
  }
}

extension NetworkState {
  /// What a network has learned that differs from another one by an edit: parameters that both have, and
  /// none drew anew, as the other one knows them, the rest as known here.
  func weights(following other: NetworkState) -> LearnedState {
    if stamp == other.stamp { return other.weights }
    var result = LearnedState()
    result.steps = other.weights.steps
    result.epochs = other.weights.epochs
    result.optimizerState.optimizer = other.weights.optimizerState.optimizer
    for specification in network.parameters {
      let isSame = drawings[specification.key] == other.drawings[specification.key]
      if isSame, other.weights.has(specification) {
        result.take(specification.key, from: other.weights)
      } else if weights.has(specification) {
        result.take(specification.key, from: weights)
      }
    }
    return result
  }

  /// Keeps values that an edit is about to take from the network.
  ///
  /// - Returns: The parameters that were kept: those the network has in that shape.
  mutating func keep(
    _ gone: [ParameterSpecification], of dropped: LearnedState, except known: Set<ParameterKey> = []
  ) -> Set<ParameterKey> {
    let own = Dictionary(
      network.parameters.map { ($0.key, $0.shape) }, uniquingKeysWith: { first, _ in first })
    var kept: Set<ParameterKey> = []
    for specification in gone
    where own[specification.key] == specification.shape && !known.contains(specification.key) {
      weights.take(specification.key, from: dropped)
      kept.insert(specification.key)
    }
    if !kept.isEmpty { weights.touch() }
    return kept
  }
}
