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
    let missing = network.parameters.filter { self[$0.key]?.shape != $0.shape }
    let bytes = missing.reduce(0) { sum, specification in
      let size = specification.shape.reduce(MemoryLayout<Float>.size) {
        AvailableMemory.bytes($0, $1)
      }
      let (total, overflows) = sum.addingReportingOverflow(size)
      return overflows ? .max : total
    }
    try Arena.check(bytes: bytes)
    for specification in missing {
      self[specification.key] = try initializer.values(for: specification, seed: seed)
    }
    return missing
  }
}
