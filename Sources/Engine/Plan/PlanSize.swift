import Networks

/// How large a batch may be, found by planning smaller ones.
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

  /// The largest power of two below a number, which is above 1.
  private static func powerOfTwo(below number: Int) -> Int {
    1 << (Int.bitWidth - 1 - (number - 1).leadingZeroBitCount)
  }
}
