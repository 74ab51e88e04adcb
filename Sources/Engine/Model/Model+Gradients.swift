import Networks

extension Model {
  /// The norm of the last step's gradient of each block that has parameters of its own to learn; none where that step
  /// was stopped in its midst.
  package func gradientNorms() -> [BlockID: Double] {
    if gradientsAreCut { return [:] }
    var squares: [BlockID: Double] = [:]
    for entry in slabs.layout.entries where slabs.learns(entry.specification.key) {
      guard let values = slabs.gradient(of: entry.specification.key) else { continue }
      var sum: Float = 0
      for value in values { sum += value * value }
      squares[entry.specification.key.block, default: 0] += Double(sum)
    }
    return squares.mapValues { $0.squareRoot() }
  }

  /// The gradients of the last step, of all parameters that are not frozen.
  package var gradients: ParameterStore {
    var store = ParameterStore()
    for entry in slabs.layout.entries where slabs.learns(entry.specification.key) {
      let key = entry.specification.key
      if let values = slabs.gradient(of: key) {
        store[key] = Tensor(shape: entry.specification.shape, values: Array(values))
      }
    }
    return store
  }

  /// Copies of the last step's gradients of all parameters that learn.
  ///
  /// - Throws: `EngineError.memory` where there is no room for them.
  package func copiedGradients() throws(EngineError) -> ParameterStore {
    try makeRoom(floats: slabs.layout.floatsCopied(stateSlabs: 0))
    var result = ParameterStore()
    for entry in slabs.layout.entries where slabs.learns(entry.specification.key) {
      guard let values = slabs.gradient(of: entry.specification.key) else { continue }
      result[entry.specification.key] = Tensor(
        shape: entry.specification.shape, values: Array(values))
    }
    return result
  }
}
