import Networks

extension Model {
  /// Copies of some parameters and of what the optimizer remembers of them.
  ///
  /// - Throws: `EngineError.memory`.
  package func contents(of specifications: [ParameterSpecification]) throws(EngineError)
    -> (parameters: ParameterStore, optimizerState: OptimizerState)
  {
    let floats = specifications.reduce(0) { $0 + $1.count }
    try makeRoom(floats: floats * (1 + slabs.stateSlabs))
    var parameters = ParameterStore()
    var state = OptimizerState()
    state.optimizer = optimizer
    state.moments = Array(repeating: ParameterStore(), count: slabs.stateSlabs)
    for specification in specifications {
      let key = specification.key
      guard let entry = slabs.layout.entry(key) else { continue }
      parameters[key] = slabs.tensor(key)
      guard specification.isLearnable else { continue }
      state.updates[key] = groups.updates(at: entry.offset)
      for index in 0..<slabs.stateSlabs {
        state.moments[index][key] = slabs.moment(index, of: key).map {
          Tensor(shape: specification.shape, values: Array($0))
        }
      }
    }
    return (parameters, state)
  }
}
