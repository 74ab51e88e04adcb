import Networks

extension Model {
  /// Copies of all parameters and of what the optimizer remembers; plans give way where memory is short.
  ///
  /// - Throws: `EngineError.memory`.
  package func learned() throws(EngineError) -> (
    parameters: ParameterStore, optimizerState: OptimizerState
  ) {
    try makeRoom(floats: slabs.layout.floatsCopied(stateSlabs: slabs.stateSlabs))
    return (parameters, optimizerState)
  }

  /// Copies of all parameters; plans give way where memory is short.
  ///
  /// - Throws: `EngineError.memory`.
  package func copiedParameters() throws(EngineError) -> ParameterStore {
    try makeRoom(floats: slabs.layout.floatsCopied(stateSlabs: 0))
    return parameters
  }

  /// Has room for copies.
  func makeRoom(floats: Int) throws(EngineError) {
    let bytes = AvailableMemory.bytes(floats, 4)
    do throws(EngineError) { try Arena.check(bytes: bytes) } catch {
      forgetPlans()
      try Arena.check(bytes: bytes)
    }
  }

  /// Copies of all parameters.
  var parameters: ParameterStore {
    var store = ParameterStore()
    for entry in slabs.layout.entries {
      store[entry.specification.key] = slabs.tensor(entry.specification.key)
    }
    return store
  }

  /// Copies of what the optimizer remembers.
  var optimizerState: OptimizerState {
    var state = OptimizerState()
    state.optimizer = optimizer
    for index in 0..<slabs.stateSlabs {
      var store = ParameterStore()
      for entry in slabs.layout.entries where entry.specification.isLearnable {
        let key = entry.specification.key
        if let values = slabs.moment(index, of: key) {
          store[key] = Tensor(shape: entry.specification.shape, values: Array(values))
        }
      }
      state.moments.append(store)
    }
    for entry in slabs.layout.entries where entry.specification.isLearnable {
      state.updates[entry.specification.key] = groups.updates(at: entry.offset)
    }
    return state
  }
}
