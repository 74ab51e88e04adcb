import Engine
import Networks

/// Trains networks on a thread of its own, which owns plans and memory.
///
/// Requests are taken between two steps; the latest progress can be read at any time. A trainer that nobody
/// holds any more stops its run.
package final class Trainer: Sendable {
  let thread = WorkThread()
  let board = RunBoard()

  /// The processes that learn together with this one, and jobs on runs that all of them do.
  package let ranks: (any Ranks)?
  let shared = SharedJobs()

  /// What other processes tell process 0 while it takes steps alone.
  private let letters: LetterBox?
  private let workbench = ThreadBound(Workbench())
  let looks = LookBoard()
  let glances = GlanceBoard()

  /// A trainer whose thread starts with its first job.
  ///
  /// - Parameter ranks: The processes whose trainers do the same runs, of several.
  package init(ranks: (any Ranks)? = nil) {
    self.ranks = ranks
    letters = ranks.flatMap { $0.rank == 0 ? LetterBox($0) : nil }
    ProcessHeap.share()
  }

  deinit { requestStop() }

  /// Begins the thread that runs and jobs need.
  ///
  /// - Throws: `EngineError.memory` where the system gives none.
  package func prepare() throws(EngineError) { try thread.prepare() }

  // MARK: Runs

  /// Begins a run of one network or of several in lockstep; false, and nothing happens, where one goes on
  /// already.
  ///
  /// All take the same batches: those that the first would take alone. Data, recipe, length and condition
  /// are the first one's. What an earlier run has come to is gone if it was not collected.
  @discardableResult
  package func start(_ requests: RunRequest...) -> Bool { start(requests) }

  /// Begins a run of networks in lockstep; false, and nothing happens, where one goes on already.
  @discardableResult
  package func start(_ requests: [RunRequest]) -> Bool {
    guard board.begin(requests) else { return false }
    let team = requests.contains(where: \.isAlone) ? self.team.alone : self.team
    if team.count > 1 { shared.open() }
    thread.enqueue { [board, workbench, queue = thread.queue] in
      var run = TrainingRun(
        requests: requests, board: board, workbench: workbench.onItsThread(), team: team,
        takeRequests: { queue.drain { board.holds } })
      let results = run.execute()
      team.jobs.close()
      board.end(with: results)
    }
    return true
  }

  /// Whoever takes the steps of a run.
  private var team: RunTeam {
    var team = RunTeam(ranks, jobs: shared, board: board, queue: thread.queue)
    team.letters = letters
    return team
  }

  /// What other processes have told of their parts of a sweep; for process 0.
  package func takeLetters() -> [(from: Int, bytes: [UInt8])] { letters?.take() ?? [] }

  /// Whether a run goes on.
  package var isRunning: Bool { board.isOn }

  /// Gives the current run another learning rate from its next step on.
  package func setLearningRate(_ rate: Double) { setRates(RatePlan(rate)) }

  /// Gives the current run other learning rates from its next step on; places go on to count from its beginning.
  package func setRates(_ rates: RatePlan) { together { [board] in board.setRates(rates) } }

  /// Waits until the current run is over, or an interruption has paused it.
  package func waitForEndOrInterruption() {
    let done = Handover<Bool>()
    board.setRelease { done.give(true) }
    defer { board.setRelease(nil) }
    if isInterrupted, isPaused { return }
    thread.enqueue(atEnd: true) { done.give(true) }
    _ = done.take()
  }

  /// Waits until the current run is over; one that is paused goes on.
  package func waitForEnd() {
    resume()
    let done = Handover<Bool>()
    thread.enqueue(atEnd: true) { done.give(true) }
    _ = done.take()
  }

  /// Asks the run to stop: before the current step, unless weights follow it already.
  package func requestStop() {
    board.requestStop()
    thread.queue.nudge()
  }

  /// The result of a run that is over, once: that of its first network.
  package func collect() -> RunResult? { board.takeResults().first }

  /// The results of a run that is over, once: those of its networks in their order.
  package func collectAll() -> [RunResult] { board.takeResults() }

  /// The state of the current run, as its first network has it, or nothing.
  package var progress: Progress? { board.progress.first }

  /// The state of each network of the current run.
  package var progressOfAll: [Progress] { board.progress }

  /// The state of a network of the current run, or nothing where it is not in it.
  package func progress(of network: String) -> Progress? {
    board.progress.first { $0.network == network }
  }

  // MARK: What the last run has recorded

  /// All losses of the last run; who looks often reads what is new instead.
  package var record: LossRecord? { record(0) }

  /// All losses of a network of the last run, by its place.
  package func record(_ lane: Int) -> LossRecord? { board.withRecord(lane) { $0 } }

  /// The steps that the network of the last run had taken before.
  package var firstStep: Int? { firstStep(0) }

  /// The steps that a network of the last run had taken before.
  package func firstStep(_ lane: Int) -> Int? { board.withRecord(lane) { $0.firstStep } }

  /// The training losses of the last run from a point of its record on.
  package func losses(from index: Int, of lane: Int = 0) -> [LossRecord.Point] {
    board.withRecord(lane) { $0.points(from: index) } ?? []
  }

  /// The test losses of the last run from an index on.
  package func tests(from index: Int, of lane: Int = 0) -> [LossRecord.Point] {
    board.withRecord(lane) { Array($0.tests.dropFirst(max(index, 0))) } ?? []
  }

  /// What happened in the last run, from an index on.
  package func marks(from index: Int, of lane: Int = 0) -> [LossRecord.Mark] {
    board.withRecord(lane) { Array($0.marks.dropFirst(max(index, 0))) } ?? []
  }

  /// How many epochs were finished in the last run, by all its networks.
  package var epochCount: Int { board.epochCount }

  /// The finished epochs of the last run from a number on, as far as they are kept.
  package func epochs(from index: Int) -> EpochNews {
    defer { thread.queue.nudge() }
    return board.epochs(from: index)
  }

  /// Has the current run wait for who says each of its epochs, from a number on; nothing lets it go on alone.
  package func setListener(from index: Int?) {
    board.setListener(from: index)
    thread.queue.nudge()
  }

  /// The finished epochs of a network of the last run, by its place.
  package func epochRecord(_ lane: Int) -> EpochRecord? { board.epochRecord(lane) }

  /// The finished epochs that are kept of a network of the last run, from one of them on.
  package func epochs(from index: Int, of lane: Int) -> [EpochSummary] {
    board.epochs(from: index, of: lane)
  }

  /// Why networks of the current run learn no more, while others go on.
  package var faults: [(network: String, fault: RunFault)] { board.faults }

  /// Calls a closure, on the training thread, whenever there is news.
  package func onNews(_ wake: (@Sendable () -> Void)?) { board.setWake(wake) }

  /// Calls that closure, as if there were news.
  package func ring() { board.wake() }

  // MARK: Interruption

  /// Notes that the user wants to stop; safe to call from any thread.
  package func interrupt() {
    board.interrupt()
    thread.queue.nudge()
  }

  /// Has the run stop, and jobs that compute end, since the program does; safe to call from any thread.
  package func giveUp() {
    board.giveUp()
    thread.queue.nudge()
  }

  /// Says whether an interruption pauses the current run, or stops it.
  package func setPausesWhenInterrupted(_ pauses: Bool) { board.setPausesWhenInterrupted(pauses) }

  /// Forgets an earlier interruption.
  package func clearInterrupt() { board.clearInterrupt() }

  /// Whether the user wants to stop.
  package var isInterrupted: Bool { board.isInterrupted }

  // MARK: Jobs

  /// Does a job on the training thread, between two steps if a run goes on, without waiting for it; its passes throw
  /// `interrupted` where somebody waits for the run's end, or has pressed Ctrl-C.
  func post(_ job: @escaping @Sendable (Workbench) -> Void) {
    thread.enqueue { [workbench, board] in
      Interruption.with(board.signals.look) { job(workbench.onItsThread()) }
    }
  }

  /// Does a job on the training thread, between two steps if a run goes on, and waits for it.
  ///
  /// - Throws: What the job throws, `EngineError.interrupted` among it, or `EngineError.memory` where there is
  ///   no thread to do it.
  package func perform<Result: Sendable>(
    _ job: @escaping @Sendable (Workbench) throws -> Result
  ) throws -> Result {
    try thread.prepare()
    let done = Handover<Swift.Result<Result, any Error>>()
    thread.enqueue { [workbench, board] in
      Interruption.with(board.signals.job) {
        done.give(Swift.Result { try job(workbench.onItsThread()) })
      }
    }
    return try done.take().get()
  }

  /// Does a job on a run between the same two steps on all processes, each of which has to ask for it, without
  /// waiting for it; one process alone does it at once.
  func together(_ job: @escaping @Sendable () -> Void) {
    if shared.post(job) { thread.queue.nudge() } else { job() }
  }

  /// As `perform`, but between the same two steps on all processes, each of which has to ask for it.
  ///
  /// A job that fails on one of them is taken back on all: networks of the run that goes on are as before.
  ///
  /// - Parameter note: What is noted of it on the training thread, once it has come to something everywhere.
  /// - Throws: What the job throws, or `EngineError.ranks` with what it has thrown elsewhere.
  func performTogether<Result: Sendable>(
    _ job: @escaping @Sendable (Workbench) throws -> Result,
    note: @escaping @Sendable (Result) -> Void = { _ in }
  ) throws -> Result {
    let alone: @Sendable (Workbench) throws -> Result = { workbench in
      let result = try job(workbench)
      note(result)
      return result
    }
    guard ranks != nil else { return try perform(alone) }
    try thread.prepare()
    let done = Handover<Swift.Result<Result, any Error>>()
    let work: @Sendable () -> Void = { [workbench, team] in
      let workbench = workbench.onItsThread()
      done.give(
        Swift.Result {
          // Where the run is over everywhere there is nothing to agree on.
          if workbench.live.isEmpty { return try alone(workbench) }
          let result = try team.agreed(on: workbench.live.map(\.model)) { try job(workbench) }
          note(result)
          return result
        })
    }
    if shared.post(work) {
      thread.queue.nudge()
    } else {
      thread.enqueue { [workbench] in
        done.give(Swift.Result { try alone(workbench.onItsThread()) })
      }
    }
    return try done.take().get()
  }

  /// Loss and accuracy of a network on examples and what else is asked for, and its weights with those that had to
  /// be drawn.
  ///
  /// - Returns: A loss that is no number where there are no examples.
  /// - Throws: `EngineError` where network and examples do not agree.
  package func evaluate(
    _ request: RunRequest, on examples: Examples, measuring measures: Measures = .loss
  ) throws -> (Evaluation, LearnedState) {
    try perform { [board] workbench in
      let model = try workbench.model(for: request)
      let result = try Evaluation(model, on: examples, measuring: measures) {
        board.isInterrupted
      }
      if board.isInterrupted { throw EngineError.interrupted }
      return (
        result ?? Evaluation(loss: .nan, accuracy: nil, count: 0),
        try workbench.drawn(by: model, for: request)
      )
    }
  }

  /// Outputs of a network for inputs, and its weights with those that had to be drawn.
  ///
  /// - Throws: `EngineError` where network and inputs do not agree.
  package func predict(_ request: RunRequest, inputs: Tensor) throws -> (Tensor, LearnedState) {
    try predict(request, inputs: .memory(inputs))
  }

  /// Outputs of a network for rows of inputs, and its weights with those that had to be drawn.
  ///
  /// - Throws: `EngineError` where network and inputs do not agree, or rows cannot be read.
  package func predict(_ request: RunRequest, inputs: InputRows) throws -> (Tensor, LearnedState) {
    try perform { workbench in
      let model = try workbench.model(for: request)
      let outputs = try model.withAverage { () throws(EngineError) in try model.predict(inputs) }
      return (outputs, try workbench.drawn(by: model, for: request))
    }
  }
}
