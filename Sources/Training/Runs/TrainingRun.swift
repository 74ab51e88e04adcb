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
  private var place: RunPlace

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
    place = request.point?.place ?? RunPlace()
    if request.point == nil {
      place.batching = request.recipe.batching
      place.firstStep = request.learned.steps
    }
  }

  /// Trains until the run is over, and tells what it came to; a run that fails keeps what it has learned.
  mutating func execute() -> [RunResult] {
    do throws(EngineError) {
      if request.data.train.count == 0 { throw .batchSize(0) }
      let models = try workbench.begin(requests)
      lanes = zip(requests, models).enumerated().map { index, lane in
        TrainingLane(lane.0, model: lane.1, at: index, of: requests.count, board: board)
      }
      workbench.attach(lanes)
      let batching = place.batching
      try StepPreparation(
        models: models, batch: min(batching.size, request.data.train.count),
        mixes: batching.mixup > 0
      ).prepare()
    } catch {
      workbench.end()
      return requests.map {
        RunResult(
          name: $0.name, network: $0.network, learned: $0.learned, epochs: EpochRecord(),
          ending: .failed(.refused(error)), steps: 0, seconds: 0)
      }
    }
    defer { workbench.end() }
    let ending: RunResult.Ending
    do throws(EngineError) { ending = try train() } catch { ending = .failed(.refused(error)) }
    return lanes.map { $0.result(ending, at: place, workbench) }
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
      let (left, overflows) = max(0, epochs - place.epochs)
        .multipliedReportingOverflow(by: order.batchCount)
      let (limit, exceeds) = (place.steps - place.batch).addingReportingOverflow(left)
      return (overflows || exceeds ? .max : limit, epochs)
    case .steps(let steps): return (steps, nil)
    }
  }

  private mutating func train() throws(EngineError) -> RunResult.Ending {
    var order = order(place.batching)
    if request.point == nil {
      place.epoch = request.learned.steps / order.batchCount
      if case .steps = request.length { place.batch = request.learned.steps % order.batchCount }
    }
    place.batch = min(place.batch, order.batchCount)
    var (limit, epochLimit) = limits(order)
    plan((limit, epochLimit), order)
    // An epoch in which a run goes on keeps its batches.
    var other = request.point == nil ? nil : Optional(request.recipe.batching)
    var isMidway = request.point != nil && place.batch > 0
    let readahead = Readahead(request.data.train)
    while place.steps < limit || isMidway {
      if !isMidway, let wanted = board.takeBatching() ?? other {
        if wanted.size != place.batching.size {
          order = self.order(wanted)
          place.batch = 0
          (limit, epochLimit) = limits(order)
          plan((limit, epochLimit), order)
        }
        place.batching = wanted
        other = nil
      }
      try order.checkMemory()
      let positions = order.positions(inEpoch: place.epoch).map { Int($0) }
      if !isMidway { for lane in lanes { lane.beginEpoch() } }
      isMidway = false
      let unseen = place.steps - place.batch
      for index in place.batch..<order.batchCount where place.steps < limit {
        let rows = positions[order.range(ofBatch: index)]
        workbench.next(rows, at: place)
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
        let isLast = index == order.batchCount - 1 || place.steps == limit - 1
        let updates = isLast || (index + 1) % place.batching.accumulation == 0
        let held = try readahead?.take(rows)
        if index + 1 < order.batchCount, place.steps + 1 < limit {
          readahead?.begin(positions[order.range(ofBatch: index + 1)])
        }
        if !(try step(rows, held: held, limit: limit, updates: updates)) { return .finished }
        if epochLimit == nil, isDone() {
          for lane in learning { lane.note(epochLimit: nil) }
          return .conditionHolds
        }
      }
      let isWhole = place.steps - unseen == order.batchCount
      place.passEpoch(isWhole: isWhole || epochLimit != nil)
      for lane in learning {
        if let epochLimit {
          try lane.finishEpoch(epochLimit: epochLimit)
        } else {
          lane.finishSteps(isWholeEpoch: isWhole)
        }
        if isWhole || epochLimit != nil { lane.offerCheckpoint(at: place, isEpoch: true) }
      }
      if epochLimit != nil, let isDone = request.isDone, isDone(lanes.map(\.facts)) {
        return .conditionHolds
      }
    }
    return .finished
  }

  /// Has every network that learns take the next step; false where none is left.
  private mutating func step(_ rows: ArraySlice<Int>, held: Examples?, limit: Int, updates: Bool)
    throws(EngineError) -> Bool
  {
    var isLeft = false
    var mixing: Double?
    if place.batching.mixup > 0 {
      mixing = Mixup.share(
        alpha: place.batching.mixup, seed: request.recipe.seed,
        step: place.firstStep + place.steps)
    }
    let batch = StepBatch(
      rows: rows, held: held, epoch: place.epoch, limit: limit, mixing: mixing, updates: updates)
    for lane in lanes where lane.isLearning {
      try lane.step(batch)
      isLeft = isLeft || lane.isLearning
    }
    if isLeft {
      place.passStep()
      for lane in learning { lane.offerCheckpoint(at: place, isEpoch: false) }
    }
    return isLeft
  }

  private func isDone() -> Bool {
    guard let condition = request.isDone else { return false }
    for lane in learning { lane.look() }
    return condition(lanes.map(\.facts))
  }
}
