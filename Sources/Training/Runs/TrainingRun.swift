import Engine
import Networks

/// One run, executed on the training thread: of one network, or of several in lockstep.
///
/// Every network takes a step on a batch before any takes the next step. The batches are those that the first
/// network would take alone.
struct TrainingRun {
  private let requests: [RunRequest]
  private let request: RunRequest
  private let board: RunBoard
  private let workbench: Workbench

  /// Does what others want of the training thread, between two steps.
  private let takeRequests: () -> Void

  private let clock = ContinuousClock()
  private var lanes: [TrainingLane] = []
  private var steps = 0
  private var finishedEpochs = 0

  /// A run of networks, of which there is at least one.
  init(
    requests: [RunRequest], board: RunBoard, workbench: Workbench,
    takeRequests: @escaping () -> Void
  ) {
    self.requests = requests
    request = requests[0]
    self.board = board
    self.workbench = workbench
    self.takeRequests = takeRequests
  }

  /// Trains until the run is over, and tells what it came to; a run that fails keeps what it has learned.
  mutating func execute() -> [RunResult] {
    do throws(EngineError) {
      if request.data.train.count == 0 { throw .batchSize(0) }
      let models = try workbench.begin(requests)
      lanes = zip(requests, models).enumerated().map { index, lane in
        TrainingLane(lane.0, model: lane.1, at: index, of: requests.count, board: board)
      }
    } catch {
      return requests.map {
        RunResult(
          name: $0.name, network: $0.network, learned: $0.learned, epochs: EpochRecord(),
          ending: .failed(.refused(error)), steps: 0, seconds: 0)
      }
    }
    defer { workbench.end() }
    let ending: RunResult.Ending
    do throws(EngineError) { ending = try train() } catch { ending = .failed(.refused(error)) }
    return lanes.map { $0.result(ending, workbench) }
  }

  private var learning: [TrainingLane] { lanes.filter(\.isLearning) }

  private func order(_ batching: Batching) -> BatchOrder {
    let count = request.data.train.count
    return BatchOrder(
      exampleCount: count, batchSize: min(batching.size, count), seed: request.recipe.seed)
  }

  /// Says how long the run is going to be.
  private func plan(_ limits: (steps: Int, epochs: Int?), _ order: BatchOrder) {
    let epochs = limits.epochs ?? (limits.steps - 1) / max(order.batchCount, 1) + 1
    for lane in lanes { lane.plan(steps: limits.steps, epochs: limits.epochs, scheduled: epochs) }
  }

  /// The steps after which the run is over, and its epochs where it is measured in them.
  private func limits(_ order: BatchOrder) -> (steps: Int, epochs: Int?) {
    switch request.length {
    case .epochs(let epochs):
      let (left, overflows) = max(0, epochs - finishedEpochs)
        .multipliedReportingOverflow(by: order.batchCount)
      let (limit, exceeds) = steps.addingReportingOverflow(left)
      return (overflows || exceeds ? .max : limit, epochs)
    case .steps(let steps): return (steps, nil)
    }
  }

  private mutating func train() throws(EngineError) -> RunResult.Ending {
    var batching = request.recipe.batching
    var order = order(batching)
    var (limit, epochLimit) = limits(order)
    var epoch = request.learned.steps / order.batchCount
    var first = epochLimit == nil ? request.learned.steps % order.batchCount : 0
    plan((limit, epochLimit), order)
    while steps < limit {
      if let other = board.takeBatching() {
        if other.size != batching.size {
          order = self.order(other)
          (limit, epochLimit) = limits(order)
          first = 0
          plan((limit, epochLimit), order)
        }
        batching = other
      }
      try order.checkMemory()
      let positions = order.positions(inEpoch: epoch).map { Int($0) }
      for lane in lanes { lane.beginEpoch() }
      let before = steps
      for index in first..<order.batchCount where steps < limit {
        let rows = positions[order.range(ofBatch: index)]
        workbench.next(rows)
        let waited = clock.measure(takeRequests)
        for lane in lanes { lane.leaveOut(waited) }
        let orders = board.takeOrders()
        if orders.stops {
          for lane in learning { lane.note(epochLimit: epochLimit) }
          return .stopped
        }
        if let rates = orders.rates {
          for lane in lanes { lane.change(rates) }
        }
        let isLast = index == order.batchCount - 1 || steps == limit - 1
        let updates = isLast || (index + 1) % batching.accumulation == 0
        if !(try step(rows, limit: limit, batching, updates: updates)) { return .finished }
        if epochLimit == nil, isDone() {
          for lane in learning { lane.note(epochLimit: nil) }
          return .conditionHolds
        }
      }
      let isWhole = first + steps - before == order.batchCount
      if let epochLimit {
        finishedEpochs += 1
        for lane in learning { try lane.finishEpoch(epochLimit: epochLimit) }
        if let isDone = request.isDone, isDone(lanes.map(\.facts)) { return .conditionHolds }
      } else {
        if isWhole { finishedEpochs += 1 }
        for lane in learning { lane.finishSteps(isWholeEpoch: isWhole) }
      }
      epoch += 1
      first = 0
    }
    return .finished
  }

  /// Has every network that learns take the next step; false where none is left.
  private mutating func step(
    _ rows: ArraySlice<Int>, limit: Int, _ batching: Batching, updates: Bool
  ) throws(EngineError) -> Bool {
    var isLeft = false
    var mixing: Double?
    if batching.mixup > 0 {
      mixing = Mixup.share(
        alpha: batching.mixup, seed: request.recipe.seed, step: request.learned.steps + steps)
    }
    for lane in lanes where lane.isLearning {
      try lane.step(rows, limit: limit, mixing: mixing, updates: updates)
      isLeft = isLeft || lane.isLearning
    }
    if isLeft { steps += 1 }
    return isLeft
  }

  private func isDone() -> Bool {
    guard let condition = request.isDone else { return false }
    for lane in learning { lane.look() }
    return condition(lanes.map(\.facts))
  }
}
