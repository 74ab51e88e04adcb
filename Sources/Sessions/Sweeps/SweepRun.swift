import Training

/// What a network has come to in one run of a sweep.
struct SweepRun: Sendable {
  /// The number in the store of runs, where runs are kept.
  var number: Int64?
  let network: String

  /// What the names of loops and `let`s stood for.
  let variables: [String: String]

  /// Commands that say all else of the run but its seed: settings, data, blocks and what began it.
  let facts: [String]

  /// 1, or one more than that of the run in the sweep whose weights it went on from.
  let stage: Int

  var hasDiverged = false
  var figures: [Watch.Measure: Double] = [:]
  var seconds = 0.0

  /// Notes what the run came to.
  mutating func note(_ result: RunResult, _ trace: RunTrace?) {
    seconds = result.seconds
    if case .failed(.diverged) = result.ending {
      hasDiverged = true
      return
    }
    let epoch = result.decidingEpoch
    for measure in Watch.Measure.all {
      figures[measure] = epoch.flatMap { measure.value(of: $0, result.metrics) }
    }
    if let best = result.best, best.isRestored { figures[best.measure] = best.value }
    if epoch == nil { figures[.loss(.train)] = trace?.record.losses.last.map(Double.init) }
  }

  /// The variables, as they are said: `rate 0.1, s 2`.
  func label(of names: [String]) -> String {
    names.compactMap { name in variables[name].map { "\(name) \($0)" } }.joined(separator: ", ")
  }
}

extension Watch.Measure {
  /// The figures that decide which run is best, the first that there is.
  static func deciding(_ asked: Watch.Measure?) -> [Watch.Measure] {
    let usual: [Watch.Measure] = [
      .accuracy(.test), .loss(.test), .accuracy(.train), .loss(.train),
    ]
    return (asked.map { [$0] } ?? []) + usual.filter { $0 != asked }
  }

  /// Whether one value is better than another; no number is the worst.
  func isBetter(_ value: Double, than other: Double) -> Bool {
    if value.isNaN || other.isNaN { return !value.isNaN }
    return prefersMore ? value > other : value < other
  }

  /// A value of the figure, as it is read.
  func text(of value: Double) -> String {
    if metric == .psnr { return Numbers.decibels(value) }
    return isShare ? Numbers.percent(value) : Numbers.loss(value)
  }

  /// The name that tables and programs have for the figure.
  var key: String {
    let name = rawValue.drop { $0 != "." }.dropFirst()
    switch part {
    case .train: return String(name)
    case .test: return "test_\(name)"
    }
  }
}
