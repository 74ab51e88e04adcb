import Networks

/// What a model carries from step to step besides its weights and what the optimizer remembers.
package struct StepMemory: Equatable, Sendable {
  /// Values of learnable parameters, and how much has gone into them.
  package struct Copies: Equatable, Sendable {
    package var values: ParameterStore
    package var count: Int

    /// Values that so many updates or gradients have gone into.
    package init(values: ParameterStore, count: Int) {
      self.values = values
      self.count = count
    }
  }

  /// The moving average of the weights, while one is kept, and the updates that it has followed.
  package var average: Copies?

  /// The sum of gradients that wait for an update, and how many they are.
  package var gathered: Copies?

  /// Nothing carried.
  package init(average: Copies? = nil, gathered: Copies? = nil) {
    self.average = average
    self.gathered = gathered
  }

  /// Whether nothing is carried.
  package var isEmpty: Bool { average == nil && gathered == nil }
}

extension Model {
  /// A copy of what is carried from step to step; plans give way where memory is short.
  ///
  /// - Throws: `EngineError.memory`.
  package func stepMemory() throws(EngineError) -> StepMemory {
    let copies = [average, gathered].compactMap(\.self).count
    if copies > 0 { try makeRoom(floats: slabs.layout.learnableCount * copies) }
    return StepMemory(
      average: average.map(slabs.values), gathered: gathered.map(slabs.values))
  }

  /// Goes on with what another model of the same network carried; parameters without values there carry nothing.
  ///
  /// - Throws: `EngineError.memory`; then nothing has changed.
  package func restore(_ memory: StepMemory) throws(EngineError) {
    let average = try memory.average.map { copies throws(EngineError) in
      let target = try slabs.copiedWeights()
      slabs.put(copies, into: target)
      return target
    }
    let gathered = try memory.gathered.map { copies throws(EngineError) in
      let target = try ParameterCopies(slabs.layout)
      slabs.put(copies, into: target)
      return target
    }
    self.average = average
    self.gathered = gathered
  }
}

extension ParameterSlabs {
  /// The values of a slab of copies, by parameter.
  fileprivate func values(of copies: ParameterCopies) -> StepMemory.Copies {
    var store = ParameterStore()
    for entry in layout.entries where entry.specification.isLearnable {
      let values = UnsafeBufferPointer(
        start: copies.values + entry.offset, count: entry.specification.count)
      store[entry.specification.key] = Tensor(
        shape: entry.specification.shape, values: Array(values))
    }
    return StepMemory.Copies(values: store, count: copies.count)
  }

  /// Fills a slab of copies with values, as far as there are some.
  fileprivate func put(_ copies: StepMemory.Copies, into target: ParameterCopies) {
    target.count = copies.count
    for entry in layout.entries where entry.specification.isLearnable {
      guard let tensor = copies.values[entry.specification.key],
        tensor.shape == entry.specification.shape
      else { continue }
      _ = UnsafeMutableBufferPointer(
        start: target.values + entry.offset, count: entry.specification.count
      ).update(fromContentsOf: tensor.values)
    }
  }
}
