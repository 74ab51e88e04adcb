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

  /// The processes that take the same steps.
  private let team: RunTeam

  /// Does what others want of the training thread, between two steps.
  private let takeRequests: () -> Void

  private let clock = ContinuousClock()
  private var lanes: [TrainingLane] = []
  private var place: RunPlace

  /// A run of networks, of which there is at least one.
  init(
    requests: [RunRequest], board: RunBoard, workbench: Workbench, team: RunTeam,
    takeRequests: @escaping () -> Void
  ) {
    self.requests = requests
    request = requests[0]
    self.board = board
    self.workbench = workbench
    self.team = team
    self.takeRequests = takeRequests
    place = request.point?.place ?? RunPlace()
    if request.point == nil {
      place.batching = team.whole(request.recipe.batching)
      place.firstStep = request.learned.steps
    }
  }

  /// Trains until the run is over, and tells what it came to; a run that fails keeps what it has learned.
  mutating func execute() -> [RunResult] {
    do throws(EngineError) {
      var fault: EngineError?
      do throws(EngineError) { try prepare() } catch { fault = error }
      try team.begin(digest: fault == nil && team.count > 1 ? digest : 0, fault: fault)
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
    do throws(EngineError) { ending = try finished() } catch {
      // The weights are those of the last step, from which the run may go on.
      ending = error == .ranks(.lost) ? .stopped : .failed(.refused(error))
    }
    return lanes.map { $0.result(ending, at: place, workbench) }
  }

  /// Trains, and meets the other processes at the end, whatever it is.
  private mutating func finished() throws(EngineError) -> RunResult.Ending {
    let ending: RunResult.Ending
    do throws(EngineError) { ending = try train() } catch {
      try team.finish(after: error)
      throw error
    }
    try team.finish(after: nil)
    return ending
  }

  private mutating func prepare() throws(EngineError) {
    if request.data.train.count == 0 { throw .batchSize(0) }
    let models = try workbench.begin(requests)
    lanes = zip(requests, models).enumerated().map { index, lane in
      TrainingLane(
        lane.0, model: lane.1, at: index, of: requests.count, board: board, ranks: team.ranks)
    }
    workbench.attach(lanes)
    let batching = place.batching
    let most = min(batching.size, request.data.train.count)
    try StepPreparation(
      models: models, batch: (most - 1) / team.count + 1, mixes: batching.mixup > 0,
      isShared: team.ranks != nil
    ).prepare()
  }

  /// Of all that has to be the same on each process.
  private var digest: Int64 {
    var digest = RunDigest()
    for lane in lanes { digest.add(lane.model) }
    digest.add(request, place)
    return digest.value
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
      if !isMidway, let own = board.takeBatching() ?? other {
        let wanted = team.whole(own)
        for lane in lanes { lane.batching = own }
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
      while place.batch < order.batchCount, place.steps < limit {
        let index = place.batch
        let batch = positions[order.range(ofBatch: index)]
        workbench.next(team.trial(of: batch), at: place)
        let start = clock.now
        let stops = try team.beforeStep(place.steps, takeRequests: takeRequests)
        if team.ranks == nil { for lane in lanes { lane.leaveOut(start.duration(to: clock.now)) } }
        let orders = board.takeOrders(stops: stops)
        if orders.stops {
          for lane in learning { lane.note(epochLimit: epochLimit) }
          return .stopped
        }
        if let rates = orders.rates {
          for lane in lanes { lane.change(rates) }
        }
        let isLast = index == order.batchCount - 1 || place.steps == limit - 1
        let updates = isLast || (index + 1) % place.batching.accumulation == 0
        let mixes = place.batching.mixup > 0
        let rows = team.share(of: batch, mixes: mixes)
        let held = try take(rows, from: readahead)
        if index + 1 < order.batchCount, place.steps + 1 < limit {
          let next = team.share(of: positions[order.range(ofBatch: index + 1)], mixes: mixes)
          if !next.isEmpty { readahead?.begin(next) }
        }
        switch try step(rows, held: held, limit: limit, updates: updates) {
        case .taken: break
        case .givenUp: continue
        case .nobodyLeft: return .finished
        }
        if epochLimit == nil, try isDone() {
          for lane in learning { lane.note(epochLimit: nil) }
          return .conditionHolds
        }
      }
      let isWhole = place.steps - unseen == order.batchCount
      var measures: [TrainingLane.EpochMeasures] = []
      if let epochLimit {
        let last = positions[order.range(ofBatch: order.batchCount - 1)]
        guard let found = try measureEpoch(after: last) else {
          for lane in learning { lane.note(epochLimit: epochLimit) }
          return .stopped
        }
        measures = found
      }
      place.passEpoch(isWhole: isWhole || epochLimit != nil)
      for (index, lane) in learning.enumerated() {
        if let epochLimit {
          try lane.finishEpoch(measures[index], epochLimit: epochLimit)
        } else {
          lane.finishSteps(isWholeEpoch: isWhole)
        }
        if isWhole || epochLimit != nil { lane.offerCheckpoint(at: place, isEpoch: true) }
      }
      let isOver = epochLimit != nil && request.isDone?(lanes.map(\.facts)) == true
      try team.agree(on: [isOver] + lanes.map(\.isLearning))
      if isOver { return .conditionHolds }
    }
    return .finished
  }

  /// The examples of a step that were read ahead.
  ///
  /// What cannot be read is found out once more in the step, where the other processes are told of it.
  private func take(_ rows: ArraySlice<Int>, from readahead: Readahead?) throws(EngineError)
    -> Examples?
  {
    guard let readahead, !rows.isEmpty else { return nil }
    return team.ranks == nil ? try readahead.take(rows) : try? readahead.take(rows)
  }

  /// Measures what there is to know after an epoch, of every network that learns; nothing where the run stops.
  ///
  /// A run that stops so stands before the end of the epoch, at which it goes on.
  private func measureEpoch(after last: ArraySlice<Int>) throws(EngineError)
    -> [TrainingLane.EpochMeasures]?
  {
    while true {
      do throws(EngineError) {
        var measures: [TrainingLane.EpochMeasures] = []
        for lane in learning { measures.append(try lane.measureEpoch()) }
        return measures
      } catch {
        guard error == .interrupted, team.ranks == nil else { throw error }
        workbench.next(last, at: place)
        takeRequests()
        if board.stopsRequested { return nil }
      }
    }
  }

  /// What became of a step.
  private enum StepOutcome {
    case taken

    /// An end or a pause was asked for in its midst: it comes again, if the run goes on.
    case givenUp

    /// No network learns any more.
    case nobodyLeft
  }

  /// Has every network that learns take the next step: weights follow once the gradients of all are known, so that a
  /// step is taken by all or by none.
  private mutating func step(_ rows: ArraySlice<Int>, held: Examples?, limit: Int, updates: Bool)
    throws(EngineError) -> StepOutcome
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
    let (learning, start) = (learning, clock.now)
    do throws(EngineError) {
      for lane in learning { try lane.compute(batch) }
    } catch {
      for lane in learning { lane.takeBack() }
      guard error == .interrupted else { throw error }
      for lane in learning { lane.leaveOut(start.duration(to: clock.now)) }
      return .givenUp
    }
    for lane in learning {
      try lane.follow(batch)
      isLeft = isLeft || lane.isLearning
    }
    guard isLeft else { return .nobodyLeft }
    place.passStep()
    for lane in self.learning { lane.offerCheckpoint(at: place, isEpoch: false) }
    return .taken
  }

  private func isDone() throws(EngineError) -> Bool {
    guard let condition = request.isDone else { return false }
    for lane in learning { lane.look() }
    let isDone = condition(lanes.map(\.facts))
    try team.agree(on: [isDone])
    return isDone
  }
}
