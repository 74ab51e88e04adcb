import Networks

/// How large a batch may be, found by planning some on paper.
enum PlanSize {
  /// A batch, smaller than the one of the options, for which a plan would have memory: a power of two, the
  /// largest that does; nothing where none does.
  static func fittingBatch(_ network: Network, _ slabs: ParameterSlabs, _ options: PlanOptions)
    -> Int?
  {
    var options = options
    var limit = options.batch
    while limit > 1 {
      options.batch = powerOfTwo(below: limit)
      do throws(EngineError) {
        let draft = try PlanDraft(network, slabs: slabs, options: options, seed: 0)
        try Arena.check(bytes: AvailableMemory.bytes(draft.floats, 4))
        return options.batch
      } catch {
        guard case .memory(let needed, let available, _) = error else { return nil }
        // With what does not grow with the batch a plan is larger than in proportion, never smaller.
        let share = Double(options.batch) * Double(available) / Double(max(needed, 1))
        limit = min(options.batch, Int(share) + 1)
      }
    }
    return nil
  }

  /// Bytes that a plan would take whatever memory there is; nothing where they are more than can be counted.
  static func bytes(_ network: Network, _ slabs: ParameterSlabs, _ options: PlanOptions) -> Int? {
    let draft = try? PlanDraft(network, slabs: slabs, options: options, seed: 0, onPaper: true)
    return draft.map { AvailableMemory.bytes($0.floats, 4) }
  }

  /// The largest batch, at most that of the options and less than it a power of two, whose plan takes no more than
  /// so many bytes beyond those of a batch of 1; at least 1.
  ///
  /// Planned are our own kernels alone: the library's take about as much, and asking for them takes long.
  ///
  /// - Throws: `EngineError` where the network cannot run.
  static func boundedBatch(
    _ network: Network, _ slabs: ParameterSlabs, _ options: PlanOptions, bytes: Int
  ) throws(EngineError) -> Int {
    var options = options
    options.allowsLibrary = false
    options.threads = 1
    func size(_ batch: Int) throws(EngineError) -> Int {
      options.batch = batch
      let draft = try PlanDraft(
        network, slabs: slabs, options: options, seed: 0, onPaper: true)
      return AvailableMemory.bytes(draft.floats, 4)
    }
    var batch = options.batch
    var one: Int?
    while batch > 1 {
      let found = try size(batch)
      if found <= bytes { return batch }
      let least: Int
      if let one { least = one } else { least = try size(1) }
      if found - least <= bytes { return batch }
      one = least
      batch = powerOfTwo(below: batch)
    }
    return 1
  }

  /// The largest power of two below a number, which is above 1.
  private static func powerOfTwo(below number: Int) -> Int {
    1 << (Int.bitWidth - 1 - (number - 1).leadingZeroBitCount)
  }
}
