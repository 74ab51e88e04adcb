import Kernels
import Networks

/// Steps that several processes take together, each on its share of the examples (Goyal and others 2017).
extension Model {
  /// Trains on the examples of all processes: forward and backward on the own ones, then the update by the mean
  /// gradient of all, which is the same everywhere.
  ///
  /// A share may be empty. Running statistics follow the mean over the processes of those of the batches.
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
    do throws(EngineError) {
      let (plan, fault) = forward(share, step, as: peers.rank)
      let result = try combined(plan.map { self.result(of: $0) }, fault, peers)
      guard result.isFinite else {
        takeBack()
        return result
      }
      let own = plan.map { self.result(of: $0).terms } ?? 0
      try backward(plan, share: Double(own) / Double(result.terms), step, peers)
      try follow(threads: plan?.threads ?? 1, updates: step.updates)
      steps += 1
      noteUpdate()
      return result
    } catch {
      takeBack()
      throw error
    }
  }

  /// Forgets the step.
  private func takeBack() {
    slabs.restoreRunning()
    if gathered?.count == 0 { gathered = nil }
  }

  /// The forward pass on the own examples; nothing where there are none.
  private func forward(
    _ share: () throws(EngineError) -> (examples: Examples, rows: ArraySlice<Int>),
    _ step: SharedStep, as rank: Int
  ) -> (Plan?, EngineError?) {
    do throws(EngineError) {
      let (examples, rows) = try share()
      // Memory that the update needs is asked for where the others can still be told that there is none.
      if !step.updates, gathered == nil { gathered = try ParameterCopies(slabs.layout) }
      if step.updates { try beginAverage() }
      if rows.isEmpty { return (nil, nil) }
      let plan = try load(examples, rows: rows, mode: .training, mixing: step.mixing)
      // What is drawn for the examples of one process is not drawn again for those of another.
      try plan.forward(version: version, step: steps &+ rank << 40, clock: step.clock)
      lastTraining = plan
      return (plan, nil)
    } catch { return (nil, error) }
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
  private func backward(_ plan: Plan?, share: Double, _ step: SharedStep, _ peers: any StepPeers)
    throws(EngineError)
  {
    let (gradients, running) = (slabs.gradients, slabs.running)
    let send = { (bucket: GradientBucket) throws(EngineError) in
      let (start, count) = (gradients + bucket.range.lowerBound, bucket.range.count)
      let work = CopyWork(
        x: start, factor: Float(share), accumulate: false, y: start, count: count)
      Instruction(.copy(work)).run()
      try EngineError.among { () throws(RankFault) in try peers.beginSum(start, count: count) }
    }
    var fault: EngineError?
    slabs.takeRunningChange(share: Float(share))
    if slabs.layout.runningCount > 0 {
      try EngineError.among { () throws(RankFault) in
        try peers.beginSum(running, count: slabs.layout.runningCount)
      }
    }
    do throws(EngineError) {
      if let plan {
        try plan.backward(clock: step.clock, buckets: plan.buckets(slabs.layout), send)
      } else {
        gradients.update(repeating: 0, count: slabs.layout.learnableCount)
        for bucket in GradientBucket.all(slabs.layout) { try send(bucket) }
      }
    } catch { fault = error }
    try EngineError.among(peers.finishSums)
    if let fault { throw fault }
    slabs.addRunningChange()
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
