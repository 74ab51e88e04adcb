import Kernels
import Networks

/// Steps that several processes take together, each on its share of the examples (Goyal and others 2017).
extension Model {
  /// Trains on the examples of all processes: forward and backward on the own ones, then the update by the mean
  /// gradient of all, which is the same everywhere.
  ///
  /// A share may be empty. Running statistics follow the mean over the processes of those of the batches, or those of
  /// the examples of all processes where a normalization takes them so.
  ///
  /// - Parameters:
  ///   - share: The examples of this process; what it throws is told to the others.
  /// - Returns: What the examples of all processes came to.
  /// - Throws: `EngineError`, `EngineError.ranks` among it, on every process; then nothing has changed.
  package func step(
    with peers: any StepPeers, _ step: SharedStep,
    on share: () throws(EngineError) -> (examples: Examples, rows: ArraySlice<Int>)
  ) throws(EngineError) -> StepResult {
    optimizer.learningRate = step.learningRate
    slabs.keepRunning()
    gradientsAreCut = false
    var times = PeerTimes()
    do throws(EngineError) {
      let sums = StatisticsSums(peers)
      let (plan, fault) = forward(share, step, sums, as: peers.rank)
      let start = ContinuousClock.now
      var result = try combined(plan.map { self.result(of: $0) }, fault, peers)
      times.losses = start.duration(to: .now) / .seconds(1)
      guard result.isFinite else {
        takeBack()
        return result
      }
      let own = plan.map { self.result(of: $0).terms } ?? 0
      sums.share = Double(own) / Double(result.terms)
      try backward(plan, step, sums, peers, &times)
      times.statistics = sums.seconds
      result.peerTimes = times
      try follow(threads: plan?.threads ?? 1, updates: step.updates)
      steps += 1
      noteUpdate()
      return result
    } catch {
      takeBack()
      throw error
    }
  }

  /// The forward pass on the own examples; nothing where there are none.
  ///
  /// Where sums are taken over all processes in the midst of it, those that cannot take part say so in the next one.
  private func forward(
    _ share: () throws(EngineError) -> (examples: Examples, rows: ArraySlice<Int>),
    _ step: SharedStep, _ sums: StatisticsSums, as rank: Int
  ) -> (Plan?, EngineError?) {
    do throws(EngineError) {
      let (examples, rows) = try share()
      // Memory that the update needs is asked for where the others can still be told that there is none.
      if !step.updates, gathered == nil { gathered = try ParameterCopies(slabs.layout) }
      if step.updates { try beginAverage() }
      if rows.isEmpty {
        try sums.takePart(of: exchanges().forward)
        return (nil, nil)
      }
      let options = stepOptions(batch: rows.count, mixes: step.mixing != nil, isShared: true)
      let plan = try load(examples, rows: rows, options)
      if let mixing = step.mixing { Batch(plan: plan).mix(Float(mixing)) }
      // What is drawn for the examples of one process is not drawn again for those of another.
      let isWhole = try plan.forward(
        version: version, step: steps &+ rank << 40, clock: step.clock, sums: sums)
      if !isWhole { return (nil, nil) }
      lastTraining = plan
      return (plan, nil)
    } catch {
      if case .ranks = error { return (nil, error) }
      do throws(EngineError) {
        try sums.takePart(of: exchanges().forward, givesUp: true)
      } catch { return (nil, error) }
      return (nil, error)
    }
  }

  /// What all processes came to.
  private func combined(_ own: StepResult?, _ fault: EngineError?, _ peers: any StepPeers)
    throws(EngineError) -> StepResult
  {
    let sums = try EngineError.among { () throws(RankFault) in
      try peers.sum([
        fault == nil ? 0 : 1, own?.sum ?? 0, Double(own?.correct ?? 0), Double(own?.count ?? 0),
        Double(own?.terms ?? 0),
      ])
    }
    if sums[0] > 0 {
      let refusal = try EngineError.among { () throws(RankFault) in
        try peers.refusal(fault?.description)
      }
      throw fault ?? .ranks(refusal)
    }
    let terms = max(Int(sums[4]), 1)
    return StepResult(
      loss: sums[1] / Double(terms), correct: Int(sums[2]), count: Int(sums[3]),
      answers: loss.answers(of: network.output), sum: sums[1], terms: terms)
  }

  /// The backward pass on the own examples, in which gradients are sent as soon as they are known.
  ///
  /// A process that fails goes on to send, so that nobody waits for it, and says so with the last gradients.
  private func backward(
    _ plan: Plan?, _ step: SharedStep, _ sums: StatisticsSums, _ peers: any StepPeers,
    _ times: inout PeerTimes
  ) throws(EngineError) {
    sums.beginPass()
    var begun: ContinuousClock.Instant?
    slabs.failures.update(repeating: 0, count: ParameterSlabs.failureCount)
    slabs.takeRunningChange(share: Float(sums.share))
    if slabs.layout.runningCount > 0 {
      let (running, count) = (slabs.running, slabs.layout.runningCount)
      try EngineError.among { () throws(RankFault) in try peers.beginSum(running, count: count) }
    }
    let fault = try sendGradients(of: plan, step, sums, peers, &begun)
    let start = ContinuousClock.now
    try EngineError.among(peers.finishSums)
    times.gradients = start.duration(to: .now) / .seconds(1)
    times.flight = (begun ?? start).duration(to: .now) / .seconds(1)
    if slabs.failures.pointee > 0 {
      let refusal = try EngineError.among { () throws(RankFault) in
        try peers.refusal(fault?.description)
      }
      throw fault ?? .ranks(refusal)
    }
    slabs.addRunningChange()
  }

  /// Runs backward and begins to sum all gradients; why this process could not compute its own, which are good for
  /// nothing then.
  ///
  /// - Throws: `EngineError.ranks`.
  private func sendGradients(
    of plan: Plan?, _ step: SharedStep, _ sums: StatisticsSums, _ peers: any StepPeers,
    _ begun: inout ContinuousClock.Instant?
  ) throws(EngineError) -> EngineError? {
    let buckets = plan?.buckets(slabs.layout) ?? GradientBucket.all(slabs.layout)
    let (gradients, share) = (slabs.gradients, Float(sums.share))
    if buckets.isEmpty { return nil }
    var sent = 0
    func send(_ bucket: GradientBucket) throws(EngineError) {
      sent += 1
      let (start, count) = (gradients + bucket.range.lowerBound, bucket.range.count)
      let work = CopyWork(x: start, factor: share, accumulate: false, y: start, count: count)
      Instruction(.copy(work)).run()
      if begun == nil { begun = .now }
      let failures = sent == buckets.count ? ParameterSlabs.failureCount : 0
      try EngineError.among { () throws(RankFault) in
        try peers.beginSum(start - failures, count: count + failures)
      }
    }
    guard let plan else {
      gradients.update(repeating: 0, count: slabs.layout.learnableCount)
      for bucket in buckets { try send(bucket) }
      try sums.takePart(of: exchanges().backward)
      return nil
    }
    var fault: EngineError?
    do throws(EngineError) {
      try plan.backward(
        clock: step.clock, buckets: buckets, sums: sums, nudge: peers.nudgeSums, send)
    } catch {
      if case .ranks = error { throw error }
      fault = error
      slabs.failures.pointee = 1
      try sums.takePart(of: exchanges().backward, givesUp: true)
    }
    for bucket in buckets.dropFirst(sent) { try send(bucket) }
    return fault
  }
}

extension Model {
  /// A number of the bits of all parameters and of the optimizer's memory.
  package var digest: UInt64 {
    var digest = BitDigest()
    func add(_ values: UnsafeMutableBufferPointer<Float>?) {
      for value in values ?? UnsafeMutableBufferPointer(start: nil, count: 0) {
        digest.add(UInt64(value.bitPattern))
      }
    }
    for entry in slabs.layout.entries {
      let key = entry.specification.key
      add(slabs.values(of: key))
      for index in 0..<slabs.stateSlabs { add(slabs.moment(index, of: key)) }
    }
    return digest.value
  }
}
