import Engine

/// What a run asks of the other processes that take its steps; one process alone asks nothing.
///
/// Belongs to the training thread.
struct RunTeam {
  private(set) var ranks: (any Ranks)?

  /// Processes that take no steps together with this one, but may end its run.
  private var others: (any Ranks)?
  var letters: LetterBox?
  let jobs: SharedJobs
  let board: RunBoard
  let queue: JobQueue

  /// A team of so many processes as there are.
  init(_ ranks: (any Ranks)?, jobs: SharedJobs, board: RunBoard, queue: JobQueue) {
    self.ranks = ranks.flatMap { $0.count > 1 ? $0 : nil }
    (self.jobs, self.board, self.queue) = (jobs, board, queue)
  }

  /// One process of several by itself, which looks whether it shall end.
  var alone: RunTeam {
    var team = self
    (team.ranks, team.others) = (nil, ranks)
    return team
  }

  /// How many processes there are.
  var count: Int { ranks?.count ?? 1 }

  /// The places at which processes meet, by which it is found out that one is elsewhere.
  private enum Meeting: Int64 {
    case begin = 1
    case step
    case edit
    case epoch
    case end
  }

  /// What process 0 wants before a step.
  private enum Wish: Int64 {
    case goOn, stop, hold, holdInterrupted
  }

  /// The own share of a batch.
  func share(of batch: ArraySlice<Int>, mixes: Bool) -> ArraySlice<Int> {
    guard let ranks else { return batch }
    return Dealing.share(of: batch, rank: ranks.rank, of: ranks.count, inPairs: mixes)
  }

  /// Examples of a batch on which all processes try out an edit: as many as one share has.
  func trial(of batch: ArraySlice<Int>) -> ArraySlice<Int> {
    ranks == nil ? batch : batch.prefix(max(1, batch.count / count))
  }

  /// A batching as it is for all processes together.
  func whole(_ batching: Batching) -> Batching {
    var batching = batching
    batching.size = Dealing.whole(batching.size, of: count)
    return batching
  }

  /// Begins a run where every process can begin it with the same weights, else nowhere.
  ///
  /// - Parameters:
  ///   - digest: Of all that decides how the run goes.
  ///   - fault: Why this process cannot.
  /// - Throws: `EngineError`: the own fault, or `EngineError.ranks`.
  func begin(digest: Int64, fault: EngineError?) throws(EngineError) {
    guard let ranks else {
      if let fault { throw fault }
      return
    }
    if let refusal = try refusal(ranks, .begin, fault?.description) {
      throw fault ?? .ranks(refusal)
    }
    let digests = try meet(ranks, .begin, [digest])
    if let rank = digests.firstIndex(where: { $0[2] != digests[0][2] }) {
      throw .ranks(.apart(rank: rank))
    }
  }

  /// Why the first process cannot that cannot; nothing where all can.
  ///
  /// - Throws: `EngineError.ranks`.
  private func refusal(_ ranks: any Ranks, _ place: Meeting, _ own: String?) throws(EngineError)
    -> RankFault?
  {
    let all = try meet(ranks, place, [own == nil ? 0 : 1])
    guard all.contains(where: { $0[2] != 0 }) else { return nil }
    return try EngineError.among { () throws(RankFault) in try ranks.refusal(own) }
  }

  /// Does what changes models of the run, where every process could do it, else it is taken back on all.
  ///
  /// - Throws: What the work throws, or `EngineError.ranks`.
  func agreed<Result>(on models: [Model], _ work: () throws -> Result) throws -> Result {
    guard let ranks else { return try work() }
    // What was gathered is followed by all before it, so that they are the same whoever cannot do the work.
    for model in models { try model.finishGathering() }
    let forms = models.map(\.form)
    let result = Swift.Result { try work() }
    var fault: String?
    if case .failure(let error) = result { fault = "\(error)" }
    guard let refusal = try refusal(ranks, .edit, fault) else { return try result.get() }
    for (model, form) in zip(models, forms) { model.restore(form) }
    _ = try result.get()
    throw EngineError.ranks(refusal)
  }

  /// Does what is wanted between two steps, on all processes between the same two; true where the run shall stop.
  ///
  /// Process 0 decides on pauses and the end; jobs on the run are done as far as every process has them.
  ///
  /// - Throws: `EngineError.ranks`.
  func beforeStep(_ step: Int, takeRequests: () -> Void) throws(EngineError) -> Bool? {
    guard let ranks else {
      takeRequests()
      guard let others else { return nil }
      letters?.fetch()
      return others.isLost || others.hasLetter(others.rank == 0 ? .failure : .stop) ? true : nil
    }
    while true {
      queue.drain()
      let wish = ranks.rank == 0 ? self.wish : .goOn
      let all = try meet(ranks, .step, [Int64(step), Int64(jobs.posted), wish.rawValue])
      if let rank = all.firstIndex(where: { $0[2] != Int64(step) }) {
        throw .ranks(.apart(rank: rank))
      }
      let wanted = Wish(rawValue: all[0][4]) ?? .goOn
      if ranks.rank != 0 { follow(wanted) }
      let isChanged = jobs.work(upTo: all.map { Int($0[3]) }.min() ?? 0)
      switch wanted {
      case .stop: return true
      case .goOn: if !isChanged { return false }
      case .hold, .holdInterrupted:
        if ranks.rank == 0, !isChanged { queue.drain { board.holds && !jobs.areWaiting } }
      }
    }
  }

  private var wish: Wish {
    if board.stopsRequested { return .stop }
    guard board.holds else { return .goOn }
    return board.isInterrupted && board.isPaused ? .holdInterrupted : .hold
  }

  private func follow(_ wish: Wish) {
    switch wish {
    case .goOn: break
    case .stop: board.requestStop()
    case .hold: board.pause()
    case .holdInterrupted: board.interrupt()
    }
  }

  /// Makes sure that all processes have decided alike.
  ///
  /// - Throws: `EngineError.ranks`.
  func agree(on decisions: [Bool]) throws(EngineError) {
    guard let ranks else { return }
    let bits = decisions.prefix(63).reduce(Int64(1)) { $0 << 1 | ($1 ? 1 : 0) }
    let all = try meet(ranks, .epoch, [bits])
    if let rank = all.firstIndex(where: { $0[2] != all[0][2] }) {
      throw .ranks(.apart(rank: rank))
    }
  }

  /// Ends a run on all processes; one that fails alone waits for the others here and says why, wherever they are.
  ///
  /// - Throws: `EngineError.ranks`.
  func finish(after fault: EngineError?) throws(EngineError) {
    guard let ranks else { return }
    if case .ranks(.lost) = fault { return }
    if case .ranks(.apart) = fault { return }
    while true {
      let all = try gather(ranks, .end, [fault == nil ? 0 : 1])
      let elsewhere = all.firstIndex { $0[0] != Meeting.end.rawValue }
      let failures = all.count(where: Self.hasFailed)
      if failures == 0, let elsewhere { throw .ranks(.apart(rank: elsewhere)) }
      if elsewhere == nil, failures == 0 || failures == all.count { return }
      let refusal = try told(ranks, fault)
      // The others leave the run now and come here.
      if elsewhere != nil { continue }
      if fault == nil { throw .ranks(refusal) }
      return
    }
  }

  /// Whether the record of a process says that it has failed.
  private static func hasFailed(_ record: [Int64]) -> Bool {
    record[0] == Meeting.end.rawValue && record[2] != 0
  }

  /// Why the first process has failed that has.
  private func told(_ ranks: any Ranks, _ own: EngineError?) throws(EngineError) -> RankFault {
    try EngineError.among { () throws(RankFault) in try ranks.refusal(own?.description) }
  }

  /// Meets the other processes; records are what is said behind the place and the number of processes.
  ///
  /// - Throws: `EngineError.ranks`; with what it says where a process has failed.
  private func meet(_ ranks: any Ranks, _ place: Meeting, _ record: [Int64]) throws(EngineError)
    -> [[Int64]]
  {
    let all = try gather(ranks, place, record)
    if let rank = all.firstIndex(where: { $0[0] != place.rawValue }) {
      if all.contains(where: Self.hasFailed) { throw .ranks(try told(ranks, nil)) }
      throw .ranks(.apart(rank: rank))
    }
    return all
  }

  private func gather(_ ranks: any Ranks, _ place: Meeting, _ record: [Int64]) throws(EngineError)
    -> [[Int64]]
  {
    let words =
      [place.rawValue, Int64(count)] + record + Array(repeating: 0, count: 3 - record.count)
    return try EngineError.among { () throws(RankFault) in
      try ranks.gather(words, on: .steps) { [queue] in queue.drain() }
    }
  }
}
