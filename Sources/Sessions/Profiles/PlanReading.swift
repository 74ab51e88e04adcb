import Engine
import Networks
import Training

/// The times of a plan's steps, held against what the machine can do.
struct PlanReading: Sendable {
  /// What keeps a step from being faster.
  enum Bound: String, Sendable {
    /// Products of matrices: it does more than a tenth of what the machine can, and has no less to do than to move.
    case matrix

    /// The bandwidth of caches or memory.
    case memory

    /// Neither: calls, threads that wait for each other, functions such as exp.
    case overhead
  }

  /// A step and its figures.
  struct Row: Sendable {
    let line: StepTimes.Line

    /// Its part of the time of all steps.
    let share: Double

    /// The operations and bytes a second in the median run, and their parts of what the machine can do.
    let operationRate: Double
    let byteRate: Double
    let matrixShare: Double
    let memoryShare: Double

    /// What it comes nearest to, and how near.
    let bound: Bound
    let boundShare: Double
  }

  let network: String

  /// The path that the steps are restricted to, where one was given.
  let path: String?

  /// What the batch is made of, such as `train examples`.
  let inputs: String
  let times: StepTimes
  let peak: MachinePeak

  /// The steps that were asked for, in the order of execution.
  let rows: [Row]

  /// The steps of a profile; where blocks are given only theirs.
  init(
    _ profile: StepProfile, network: String, inputs: String, path: String?, blocks: Set<BlockID>?
  ) {
    (self.network, self.inputs, self.path) = (network, inputs, path)
    times = profile.times
    let rates = profile.times.lines.map { $0.operations / max($0.times.median, 1e-9) }
    let peak = profile.peak.atLeast(operations: rates.max() ?? 0)
    self.peak = peak
    let sum = profile.times.lines.reduce(0) { $0 + $1.times.median }
    let asked = profile.times.lines.filter { line in
      blocks.map { known in line.block.map(known.contains) ?? false } ?? true
    }
    rows = asked.map { Row($0, of: sum, peak) }
  }

  /// The parts of all steps' time that each block has, of steps that belong to one.
  static func shares(_ times: StepTimes) -> [BlockID: Double] {
    let sum = times.lines.reduce(0) { $0 + $1.times.median }
    var shares: [BlockID: Double] = [:]
    for line in times.lines {
      guard let block = line.block, sum > 0 else { continue }
      shares[block, default: 0] += line.times.median / sum
    }
    return shares
  }

  /// Seconds and share of the rows of a pass.
  func total(_ pass: StepTimes.Pass) -> (seconds: Double, share: Double) {
    let own = rows.filter { $0.line.pass == pass }
    return (own.reduce(0) { $0 + $1.line.times.median }, own.reduce(0) { $0 + $1.share })
  }

  /// Seconds and share of all rows.
  var total: (seconds: Double, share: Double) {
    (rows.reduce(0) { $0 + $1.line.times.median }, rows.reduce(0) { $0 + $1.share })
  }
}

extension PlanReading.Row {
  /// What is small: less than a tenth of what the machine can do.
  private static let small = 0.1

  fileprivate init(_ line: StepTimes.Line, of sum: Double, _ peak: MachinePeak) {
    self.line = line
    let seconds = max(line.times.median, 1e-9)
    share = sum > 0 ? line.times.median / sum : 0
    operationRate = line.operations / seconds
    byteRate = line.bytes / seconds
    matrixShare = operationRate / max(peak.operations, 1)
    memoryShare = byteRate / max(peak.bandwidth, 1)
    boundShare = max(matrixShare, memoryShare)
    bound =
      boundShare < Self.small ? .overhead : matrixShare >= memoryShare ? .matrix : .memory
  }
}
