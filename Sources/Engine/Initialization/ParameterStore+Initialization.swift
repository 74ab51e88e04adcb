import Networks

extension ParameterStore {
  /// First values for every parameter of a network that has none here yet.
  ///
  /// - Throws: `EngineError.interrupted` or `EngineError.memory`; some have values then.
  /// - Returns: The parameters that were initialised, in order of execution.
  @discardableResult
  package mutating func initialize(
    missingFor network: Network, _ initializer: Initializer, seed: UInt64
  ) throws(EngineError) -> [ParameterSpecification] {
    var result: [ParameterSpecification] = []
    for specification in network.parameters
    where self[specification.key]?.shape != specification.shape {
      self[specification.key] = try initializer.values(for: specification, seed: seed)
      result.append(specification)
    }
    return result
  }
}
