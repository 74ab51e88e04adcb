import Engine
import Networks

/// Where the time of a training step goes, and what the machine can do at best.
package struct StepProfile: Sendable {
  package let times: StepTimes
  package let peak: MachinePeak
}

extension Trainer {
  /// Times each step of the plan that a request would train with, on a copy, between two steps where a run goes on.
  ///
  /// What the machine can do is measured when it is first asked for.
  ///
  /// - Throws: `EngineError` where network, data and memory do not agree, `interrupted` among them.
  package func profile(_ request: RunRequest, limit: TimingLimit) throws -> StepProfile {
    try perform { workbench in
      let times = try NetworkCopy(request).timeSteps(limit)
      let peak = try workbench.peak(threads: times.threads, bytes: times.footprint)
      return StepProfile(times: times, peak: peak)
    }
  }
}

extension Trainer {
  /// How long a convolution takes in bfloat16, beside one in float32, measured between two steps where a run goes on;
  /// nothing where it cannot be had.
  ///
  /// - Throws: `EngineError` where memory is short, `interrupted` among them.
  package func precisionSpeed() throws -> PrecisionSpeed? {
    try perform { _ in try PrecisionSpeed.measured() }
  }
}

extension NetworkCopy {
  /// Times the steps of a batch; the copy is of no use afterwards.
  fileprivate func timeSteps(_ limit: TimingLimit) throws(EngineError) -> StepTimes {
    let recipe = request.recipe
    return try model.timeSteps(
      request.data.train, rows: sample(recipe.batchSize),
      mixing: recipe.batching.mixup > 0 ? Self.usualShare : nil, limit: limit)
  }

  /// The share that examples keep where they are mixed: any would take as long.
  private static let usualShare = 0.7
}

extension Workbench {
  /// What the machine can do with some threads and plans of some size, measured once.
  fileprivate func peak(threads: Int, bytes: Int) throws(EngineError) -> MachinePeak {
    let footprint = MachinePeak.footprint(for: bytes)
    let known = peaks.filter { $0.peak.threads == threads }
    if let same = known.first(where: { $0.asked == footprint }) { return same.peak }
    let peak = try MachinePeak(
      threads: threads, footprint: footprint, operations: known.first?.peak.operations)
    peaks.append((footprint, peak))
    return peak
  }
}
