import Synchronization

/// What the training thread and whoever watches it both see.
final class RunBoard: Sendable {
  /// Steps that are timed.
  let timings = TimingBoard()

  /// What work in hand is asked to end by.
  let signals = RunSignals()

  /// What is known of one network of a run.
  private struct Lane {
    var progress: Progress
    var record: LossRecord?
    var epochs = EpochRecord()
    var fault: RunFault?
  }

  /// Where the current run stands.
  private enum Phase {
    /// No run goes on.
    case idle
    case running

    /// It takes so many steps more, then waits; at rest it is once no step is in hand.
    case paused(stepsAllowed: Int, isAtRest: Bool)

    /// It ends before its next step, and gives up the one in hand.
    case stopping
  }

  private struct Contents {
    let signals: RunSignals

    /// The networks of the current run or of the last one.
    var lanes: [Lane] = []
    var phase = Phase.idle { didSet { signal() } }

    /// The latest finished epochs of all networks, as they came, and the number up to which somebody who says
    /// each of them has got.
    var epochs = RecentEpochs()
    var listener: Int?
    var results: [RunResult] = []
    var isInterrupted = false { didSet { signal() } }

    /// Whether nothing that is computed is waited for, as the program ends.
    var isGivenUp = false { didSet { signal() } }

    /// Whether a run that is paused waits for no step in hand, which is taken again later.
    var isPauseUrgent = false { didSet { signal() } }

    /// Whether an interruption pauses the run instead of stopping it.
    var pausesWhenInterrupted = false
    var release: (@Sendable () -> Void)?
    var rates: RatePlan?
    var batching: Batching?

    /// A rate that was asked for and does not change, until the run has it.
    var steadyRate: Double? { rates.flatMap { $0.schedule.isConstant ? $0.base : nil } }
    var wake: (@Sendable () -> Void)?

    /// Who waits until a pause allows no more steps.
    var whenTaken: (@Sendable () -> Void)?

    var hasStepsAllowed: Bool { if case .paused(1..., _) = phase { true } else { false } }
    var isOn: Bool { if case .idle = phase { false } else { true } }
    var isStopping: Bool { if case .stopping = phase { true } else { false } }

    /// The state as it is told; nothing where no run goes on.
    var state: Progress.State? {
      switch phase {
      case .idle: nil
      case .running: .running
      case .paused: .paused
      case .stopping: .stopping
      }
    }

    mutating func stop() {
      if isOn { phase = .stopping }
    }

    mutating func pause(atOnce: Bool = false) {
      guard case .running = phase else { return }
      isPauseUrgent = atOnce
      phase = .paused(stepsAllowed: 0, isAtRest: false)
    }

    /// Whether a step in hand is given up: only where no other one begins before something is asked for again.
    private var givesUpStep: Bool {
      switch phase {
      case .idle, .running: false
      case .paused(let steps, _): steps == 0 && (isPauseUrgent || isInterrupted)
      case .stopping: true
      }
    }

    /// Tells who computes.
    private func signal() {
      signals.step.set(givesUpStep)
      signals.job.set(isInterrupted || isGivenUp)
      signals.look.set(isInterrupted || isGivenUp || isStopping)
    }
  }

  private let contents: Mutex<Contents>

  init() { contents = Mutex(Contents(signals: signals)) }

  /// Changes where the run stands, and tells who waits for the steps that a pause allows.
  private func move<Result: Sendable>(_ body: (inout Contents) -> Result) -> Result {
    let (result, whenTaken) = contents.withLock { contents in
      let result = body(&contents)
      let whenTaken = contents.hasStepsAllowed ? nil : contents.whenTaken
      if whenTaken != nil { contents.whenTaken = nil }
      return (result, whenTaken)
    }
    whenTaken?()
    return result
  }

  // MARK: The beginning and end of runs

  /// Makes room for a run; false where one goes on.
  func begin(_ requests: [RunRequest]) -> Bool {
    contents.withLock { contents in
      guard !contents.isOn, !requests.isEmpty else { return false }
      contents.rates = nil
      contents.batching = nil
      contents.results = []
      contents.epochs = RecentEpochs()
      contents.lanes = requests.map {
        Lane(
          progress: Progress(network: $0.name), record: LossRecord(firstStep: $0.learned.steps))
      }
      contents.phase = .running
      return true
    }
  }

  /// Ends the current run.
  func end(with results: [RunResult]) {
    move { contents in
      for index in contents.lanes.indices {
        contents.lanes[index].record?.finish()
        contents.lanes[index].epochs.finish()
      }
      contents.results = results
      contents.phase = .idle
    }
    wake()
  }

  func takeResults() -> [RunResult] {
    contents.withLock { contents in
      defer { contents.results = [] }
      return contents.results
    }
  }

  /// The results of a run that is over, as long as nobody has taken them.
  var results: [RunResult] { contents.withLock { $0.results } }

  // MARK: News

  var isOn: Bool { contents.withLock { $0.isOn } }

  /// How far each network of the current run is; none where no run goes on.
  var progress: [Progress] {
    contents.withLock { contents in
      guard let state = contents.state else { return [] }
      return contents.lanes.map { lane in
        var progress = lane.progress
        progress.state = state
        progress.isLearning = lane.fault == nil
        progress.learningRate = contents.steadyRate ?? progress.learningRate
        return progress
      }
    }
  }

  func setWake(_ wake: (@Sendable () -> Void)?) { contents.withLock { $0.wake = wake } }

  /// Says that there is news.
  func wake() { contents.withLock { $0.wake }?() }

  /// Looks at the record without keeping it, so that it is never copied.
  func withRecord<Result: Sendable>(_ lane: Int, _ look: (LossRecord) -> Result) -> Result? {
    contents.withLock { contents in
      contents.lanes.indices.contains(lane) ? contents.lanes[lane].record.map(look) : nil
    }
  }

  /// How many epochs all networks have finished between them.
  var epochCount: Int { contents.withLock { $0.epochs.count } }

  func epochs(from index: Int) -> EpochNews {
    contents.withLock { contents in
      let news = contents.epochs.news(from: index)
      if contents.listener != nil { contents.listener = news.end }
      return news
    }
  }

  /// Has the run wait rather than be further ahead of who says each epoch than epochs are kept.
  func setListener(from index: Int?) { contents.withLock { $0.listener = index } }

  func epochRecord(_ lane: Int) -> EpochRecord? {
    contents.withLock { $0.lanes.indices.contains(lane) ? $0.lanes[lane].epochs : nil }
  }

  func epochs(from index: Int, of lane: Int) -> [EpochSummary] {
    contents.withLock { contents in
      guard contents.lanes.indices.contains(lane) else { return [] }
      return Array(contents.lanes[lane].epochs.dropFirst(max(index, 0)))
    }
  }

  /// Whole epochs that a network has finished in the current run.
  func finishedEpochs(of network: String) -> Int {
    contents.withLock { contents in
      let lane = contents.lanes.first { $0.progress.network == network }
      return lane.map { $0.progress.epochs == nil ? 0 : $0.epochs.total } ?? 0
    }
  }

  var faults: [(network: String, fault: RunFault)] {
    contents.withLock { contents in
      guard contents.isOn else { return [] }
      return contents.lanes.compactMap { lane in lane.fault.map { (lane.progress.network, $0) } }
    }
  }

  func publish(_ lane: Int, _ change: (inout Progress, inout LossRecord) -> Void) {
    contents.withLock { contents in
      guard var record = contents.lanes[lane].record else { return }
      contents.lanes[lane].record = nil
      change(&contents.lanes[lane].progress, &record)
      contents.lanes[lane].record = record
    }
    wake()
  }

  func publish(_ network: String, _ change: (inout Progress, inout LossRecord) -> Void) {
    let lane = contents.withLock { contents in
      contents.lanes.firstIndex { $0.progress.network == network }
    }
    if let lane { publish(lane, change) }
  }

  func publish(_ epoch: EpochSummary, of lane: Int) {
    contents.withLock { contents in
      contents.epochs.append(epoch)
      contents.lanes[lane].epochs.append(epoch)
    }
    wake()
  }

  /// Notes that a network learns no more.
  func publish(_ fault: RunFault, of lane: Int) {
    contents.withLock { $0.lanes[lane].fault = fault }
    wake()
  }

  // MARK: Wishes

  var stopsRequested: Bool { contents.withLock { $0.isStopping } }

  func requestStop() { move { $0.stop() } }

  func giveUp() {
    move { contents in
      contents.isGivenUp = true
      contents.stop()
    }
  }

  /// What is asked of the run before its next step, which begins where it does not stop.
  ///
  /// - Parameter stops: Whether it stops, where several processes have agreed on that.
  func takeOrders(stops: Bool? = nil) -> Orders {
    move { contents in
      if stops ?? contents.isStopping { return Orders(stops: true, rates: nil) }
      if contents.isPauseUrgent { contents.isPauseUrgent = false }
      if case .paused(let steps, let isAtRest) = contents.phase {
        contents.phase = .paused(stepsAllowed: max(0, steps - 1), isAtRest: isAtRest)
      }
      let rates = contents.rates
      if let rate = contents.steadyRate {
        for lane in contents.lanes.indices { contents.lanes[lane].progress.learningRate = rate }
      }
      contents.rates = nil
      return Orders(stops: false, rates: rates)
    }
  }

  var isInterrupted: Bool { contents.withLock { $0.isInterrupted } }

  func interrupt() {
    let release: (@Sendable () -> Void)? = move { contents in
      contents.isInterrupted = true
      if !contents.pausesWhenInterrupted {
        contents.stop()
      } else if case .paused(_, let isAtRest) = contents.phase {
        contents.phase = .paused(stepsAllowed: 0, isAtRest: isAtRest)
      } else {
        contents.pause()
      }
      return contents.state == .paused ? contents.release : nil
    }
    release?()
  }

  /// Who waits for the run's end is told when an interruption has paused it.
  func setRelease(_ release: (@Sendable () -> Void)?) { contents.withLock { $0.release = release } }

  func setPausesWhenInterrupted(_ pauses: Bool) {
    contents.withLock { $0.pausesWhenInterrupted = pauses }
  }

  func clearInterrupt() { contents.withLock { $0.isInterrupted = false } }

  func setRates(_ rates: RatePlan) {
    contents.withLock { contents in
      if contents.isOn { contents.rates = rates }
    }
  }

  func setBatching(_ batching: Batching) {
    contents.withLock { contents in
      if contents.isOn { contents.batching = batching }
    }
  }

  /// Other batches that were asked for.
  var wantedBatching: Batching? { contents.withLock { $0.batching } }

  /// Other batches, once.
  func takeBatching() -> Batching? {
    contents.withLock { contents in
      defer { contents.batching = nil }
      return contents.batching
    }
  }

  // MARK: Pauses

  var isPaused: Bool { contents.withLock { $0.state == .paused } }

  /// Has the run wait before its next step.
  ///
  /// - Parameter atOnce: Whether a step in hand is given up, to be taken again later.
  func pause(atOnce: Bool = false) { contents.withLock { $0.pause(atOnce: atOnce) } }

  /// Notes that no step is in hand.
  func rest() {
    contents.withLock { contents in
      if case .paused(let steps, _) = contents.phase {
        contents.phase = .paused(stepsAllowed: steps, isAtRest: true)
      }
    }
    wake()
  }

  var isAtRest: Bool {
    contents.withLock { if case .paused(_, true) = $0.phase { true } else { false } }
  }

  func resume() {
    move { contents in
      if case .paused = contents.phase { contents.phase = .running }
    }
  }

  /// Lets a run that is paused take so many steps, and tells when the last one begins, or none is allowed any more.
  func allow(steps: Int, whenTaken: @escaping @Sendable () -> Void) {
    move { contents in
      contents.whenTaken = whenTaken
      if case .paused(_, let isAtRest) = contents.phase {
        contents.phase = .paused(stepsAllowed: steps, isAtRest: isAtRest)
      }
    }
  }

  /// Whether the next step has to wait.
  var holds: Bool {
    contents.withLock { contents in
      if contents.isStopping { return false }
      if case .paused(0, _) = contents.phase { return true }
      let unheard = contents.listener.map { contents.epochs.count - $0 } ?? 0
      return unheard >= RecentEpochs.most / 2
    }
  }
}
