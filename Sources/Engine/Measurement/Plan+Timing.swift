import Kernels
import Networks

extension Plan {
  /// Runs forward and backward once and adds the seconds of each step, with a clock between steps that no other run
  /// has.
  ///
  /// - Throws: `EngineError.kernel` where a kernel refused, `EngineError.interrupted` between two parts of steps.
  func runTimed(number: Int, into times: inout [[Double]]) throws(EngineError) {
    cells.step.pointee = UInt64(truncatingIfNeeded: number)
    for (place, step) in plannedSteps.enumerated() {
      try EngineError.checkInterruption()
      let start = ContinuousClock.now
      for index in step.instructions { try run(index..<index + 1) }
      times[place].append(start.duration(to: .now) / .seconds(1))
    }
  }

  /// Runs the steps of a range of instructions, each with its time.
  func run(_ range: Range<Int>, _ clock: StepClock) throws(EngineError) {
    for step in plannedSteps where range.contains(step.instructions.lowerBound) {
      let start = ContinuousClock.now
      for index in step.instructions { try run(index..<index + 1) }
      clock.add(since: start, to: step.label.block)
    }
  }

  /// The lines of a report on times that were taken.
  func lines(_ network: Network, threads: Int, _ times: [[Double]]) -> [StepTimes.Line] {
    let calls = Dictionary(
      libraryCalls.map { ($0.call, $0) }, uniquingKeysWith: { first, _ in first })
    let words = KernelWords(calls)
    return zip(plannedSteps, times).map { step, seconds in
      let instructions = step.instructions.map { executor.instructions[$0] }
      let load = instructions.map { $0.work.load(calls) }.reduce(Workload(), +)
      let known = network.facts[step.label.block]
      let shape = known?.output ?? network.output
      return StepTimes.Line(
        block: known == nil ? nil : step.label.block, path: step.label.path,
        pass: step.isRecomputed
          ? .recompute : step.instructions.lowerBound < forwardEnd ? .forward : .backward,
        kernel: words.text(step.label.kernel, instructions.map(\.work)),
        layout: layout(of: shape, step.label.kernel),
        threads: instructions.map { min($0.parts, threads) }.max() ?? 1,
        operations: 2 * load.multiplyAdds,
        bytes: 4 * Double(load.moved ?? step.floats) + 4 * Double(load.weights),
        times: TimeSpread(seconds))
    }
  }

  private func layout(of shape: Shape, _ kernel: String) -> String {
    if kernel == "pack" || kernel.hasSuffix(" pack") || kernel == "order weight" { return "packed" }
    switch shape.spatialRank {
    case ...0: return "nc"
    case 1: return graph.order == .first ? "ncl" : "nlc"
    default: return "nhwc"
    }
  }
}
