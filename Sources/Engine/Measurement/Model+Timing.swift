import Networks

/// How long a step of training is timed.
package struct TimingLimit: Hashable, Sendable {
  /// Steps that are timed.
  package var steps: Int

  /// Seconds after which no further one is begun, once there are a few.
  package var seconds: Double

  /// A limit of steps and of seconds.
  package init(steps: Int, seconds: Double) { (self.steps, self.seconds) = (steps, seconds) }

  static let fewSteps = 5
}

extension Model {
  /// Times each step of the plan with which some examples are trained on, and between these runs whole steps without
  /// a clock in them.
  ///
  /// Steps are taken at a learning rate of 0, which leaves the weights as they are, not running statistics and the
  /// optimizer's memory: this is for a model that nobody needs afterwards.
  ///
  /// - Parameter mixing: The share that examples keep where they are mixed.
  /// - Throws: `EngineError` where examples do not fit the network or memory is short, `interrupted` among them.
  package func timeSteps(
    _ examples: Examples, rows: [Int], mixing: Double? = nil, limit: TimingLimit
  ) throws(EngineError) -> StepTimes {
    var still = optimizer
    still.learningRate = 0
    try use(still)
    let plan = try load(examples, rows: rows, mode: .training, mixing: mixing)
    try warmUp(examples, rows, mixing)
    let threads = plan.usableThreads
    var whole: [Double] = []
    var loading: [Double] = []
    var times = Array(repeating: [Double](), count: plan.plannedSteps.count)
    var updates = UpdateTimes()
    let start = ContinuousClock.now
    while whole.count < limit.steps {
      if whole.count >= TimingLimit.fewSteps, start.seconds > limit.seconds { break }
      try EngineError.checkInterruption()
      let begin = ContinuousClock.now
      let loaded = try load(examples, rows: rows, mode: .training, mixing: mixing)
      slabs.keepRunning()
      loading.append(begin.seconds)
      try loaded.runTimed(number: steps, into: &times)
      try timeUpdate(threads: plan.threads, into: &updates)
      whole.append(try wholeStep(examples, rows, mixing))
    }
    let batch = StepTimes.Line(
      block: nil, path: "input", pass: .forward, kernel: "copy of the batch",
      layout: plan.graph.inputShape.spatialRank == 0
        ? "nc" : "channels \(plan.graph.order.rawValue)",
      threads: 1, operations: 0, bytes: 8 * Double(plan.graph.input.count),
      times: TimeSpread(loading))
    return StepTimes(
      lines: [batch] + plan.lines(network, threads: threads, times)
        + updates.lines(of: self, threads: threads),
      whole: TimeSpread(whole), count: whole.count, batch: rows.count, threads: threads,
      footprint: plan.arenaBytes + slabs.bytes, precision: precision)
  }

  /// Has kernels compiled and memory touched.
  private func warmUp(_ examples: Examples, _ rows: [Int], _ mixing: Double?) throws(EngineError) {
    let start = ContinuousClock.now
    for number in 0..<Self.warmUpSteps {
      if number > 1, start.seconds > Self.warmUpSeconds { break }
      try EngineError.checkInterruption()
      _ = try wholeStep(examples, rows, mixing)
    }
  }

  private static let (warmUpSteps, warmUpSeconds) = (8, 0.5)

  /// Takes a step as training does, whatever the loss, and gives the seconds it took.
  private func wholeStep(_ examples: Examples, _ rows: [Int], _ mixing: Double?)
    throws(EngineError) -> Double
  {
    let start = ContinuousClock.now
    let plan = try load(examples, rows: rows, mode: .training, mixing: mixing)
    slabs.keepRunning()
    try plan.forward(version: version, step: steps)
    try plan.backward()
    try follow(threads: plan.threads, updates: true)
    return start.seconds
  }

  /// The parts of an update, each timed, in the order in which training does them.
  private func timeUpdate(threads: Int, into times: inout UpdateTimes) throws(EngineError) {
    try beginAverage()
    if let clipping {
      let start = ContinuousClock.now
      groups.clip(slabs, clipping)
      times.clipping.append(start.seconds)
    }
    let start = ContinuousClock.now
    updateWeights(threads: threads)
    noteUpdate()
    times.optimizer.append(start.seconds)
    if average != nil {
      let start = ContinuousClock.now
      followAverage()
      times.average.append(start.seconds)
    }
  }
}

/// Seconds of the parts of updates.
private struct UpdateTimes {
  var clipping: [Double] = []
  var optimizer: [Double] = []
  var average: [Double] = []

  /// Their lines, of those that a model has.
  func lines(of model: Model, threads: Int) -> [StepTimes.Line] {
    let count = Double(model.groups.learningCount)
    if count == 0 { return [] }
    let shared = model.groups.threads(of: threads)
    let state = Double(2 * model.slabs.stateSlabs)
    // Weights and what is remembered of them are read and written, gradients read.
    let parts: [(kernel: String, threads: Int, seconds: [Double], floats: Double)] = [
      ("gradients clipped", 1, clipping, 2 * count),
      (model.optimizer.rule.kernel, shared, optimizer, (3 + state) * count),
      ("moving average", 1, average, 3 * count),
    ]
    return parts.filter { !$0.seconds.isEmpty }.map { part in
      StepTimes.Line(
        block: nil, path: "weights", pass: .update, kernel: part.kernel, layout: "flat",
        threads: part.threads, operations: 0, bytes: 4 * part.floats,
        times: TimeSpread(part.seconds))
    }
  }
}

extension Optimizer.Rule {
  /// What its kernel is called.
  fileprivate var kernel: String {
    guard case .sgd(let momentum, let nesterov) = self else { return name }
    return nesterov ? "sgd nesterov" : momentum > 0 ? "sgd momentum" : name
  }
}

extension ContinuousClock.Instant {
  /// Seconds from then until now.
  fileprivate var seconds: Double { duration(to: .now) / .seconds(1) }
}
