import Engine
import Interchange
import Language
import Networks
import Records
import Training

/// Carrying out what commands ask for; the one place where they reach beyond the state.
extension Session {
  /// Carries out an effect, and tells what there is to say of it.
  ///
  /// - Throws: A diagnostic; `RunEndedMeanwhile` where the run is over that it was for; `Quit`.
  func perform(
    _ effect: Effect, of invocation: Invocation, with interpreter: inout Interpreter
  ) throws -> [StyledText] {
    switch effect {
    case .begin(let run, var requests):
      if let measure = sweep?.measure, measure.metric != nil {
        for index in requests.indices { requests[index].measured.insert(measure.part) }
      }
      try begin(run, requests)
      if dealt != nil { return beginDealt(run, requests, of: invocation.command) }
      let title = sweep?.begin(requests, of: invocation.command, in: state) ?? []
      return title + (recorder?.begin(run, requests, of: invocation.command, in: state) ?? [])
    case .takeSteps(let count): return try takeSteps(count)
    case .pause: return try pause()
    case .resume: return resume()
    case .stop:
      trainer.requestStop()
      try awaitRun()
    case .wait: try awaitRun()
    case .redraw(let drawn, let scheme): return [try redraw(drawn, scheme, invocation)]
    case .operate(let surgery, let known): return try operate(surgery, on: known, invocation)
    case .move(let count, let redoing):
      try checkOutsideSweep(invocation)
      return try moveInHistory(count, redoing: redoing, invocation)
    case .run(let statements, let arguments, let folder, let file):
      try run(statements, arguments, in: folder, of: file, with: &interpreter)
    case .runInPlace(let statements):
      try runInPlace(statements, of: invocation, with: &interpreter)
    case .rerun(let statements, let runs, let word):
      recorder?.expect(runs)
      defer { recorder?.expect([:]) }
      try run(statements, [], in: folder, of: word, with: &interpreter)
    case .annotate(let id, let change): try keep { try $0.annotate(id, change) }
    case .forgetRuns(let ids): try keep { try $0.remove(ids) }
    case .time(let block, let repeats):
      return [try time(block, repeats, with: &interpreter)]
    case .sweep, .demonstrate: return []
    case .write(let word, let write):
      if lessonTyping.isCheck || isFollower { return [] }
      let path = scope.resolved(word.text)
      try scope.filing(at: word.range) { () throws(FileError) in try write(path) }
    case .compare(let comparison, let word):
      return isFollower ? [] : try compare(comparison, of: word)
    case .noteSaved(let withWeights): noteFiled(withWeights: withWeights)
    case .noteLoaded(let path): noteLoaded(from: path)
    case .restore(let curve): runs.restore(curve, of: state.currentName)
    case .fold(let block, let fold): setFold(fold, of: block)
    case .forget(let numbers):
      let gone = numbers.count { keeping?.autosave.kept.remove($0) ?? false }
      return [StyledText("forgot \(Numbers.count(gone, "session"))")]
    case .keepChoices(let choices): return isFollower ? [] : tuning.keep(choices)
    case .forgetChoices: return isFollower ? [] : tuning.forget()
    case .walk(let file): try walk(file, with: &interpreter)
    case .awaitKey(let elsewhere):
      let line = StyledText("pause: Space or Enter goes on", .dim)
      if console?.key(before: [line]) == nil, !elsewhere.isEmpty { return [StyledText(elsewhere)] }
    case .theme(let theme):
      self.theme = theme
      renderer?.show(in: theme)
    case .lesson(let move): return try perform(move, with: &interpreter)
    case .quit(let status):
      if trainer.isRunning {
        trainer.requestStop()
        try awaitRun()
      }
      if let loss = lossByLeaving(at: invocation.range) { throw loss }
      throw Quit(status: status)
    }
    return []
  }

  /// Changes the store of runs.
  private func keep(_ work: (RunStore) throws -> Void) throws {
    guard let store = recorder?.store else { return }
    do { try work(store) } catch let problem as StoreProblem {
      throw Diagnostic(problem, of: store, at: nil)
    }
  }

  private func begin(_ run: OngoingRun, _ requests: [RunRequest]) throws {
    try scope.computing(at: run.command) { try trainer.prepare() }
    runs.begin(
      run,
      requests.map { request in
        var request = request
        request.isAlone = dealt != nil
        return request
      })
    for name in run.names {
      state.networks[name]?.run = run.number
      state.networks[name]?.normalization = run.data.normalization
      state.networks[name]?.classNames = run.data.train.classNames ?? []
    }
  }

  private func takeSteps(_ count: Int) throws -> [StyledText] {
    try trainer.takeSteps(count)
    // Where Ctrl-C has ended the steps, that is said of the statement.
    if collectFinishedRun() || isHeld { return [] }
    return [StyledText("paused" + placeOfRun)]
  }

  private func pause() throws -> [StyledText] {
    trainer.pause()
    try trainer.perform { _ in }
    return collectFinishedRun() ? [] : [StyledText("paused" + placeOfRun)]
  }

  private func resume() -> [StyledText] {
    guard let run = running else { return [] }
    let place = placeOfRun
    trainer.resume()
    return [StyledText("\(run.title) \(run.lanes.count > 1 ? "go" : "goes") on\(place)")]
  }

  private func run(
    _ statements: [Statement], _ arguments: [Atom], in inner: String, of file: Word,
    with interpreter: inout Interpreter
  ) throws {
    let outer = folder
    folder = inner
    defer { folder = outer }
    do {
      var host = SessionHost(session: self)
      try interpreter.run(statements, arguments: arguments, host: &host)
    } catch var diagnostic as Diagnostic {
      diagnostic.addSource(file)
      throw diagnostic
    }
    state.environment = interpreter.environment
  }

  /// Runs statements in the place of a command: behind the last one nothing waits where nothing follows the command.
  private func runInPlace(
    _ statements: [Statement], of invocation: Invocation, with interpreter: inout Interpreter
  ) throws {
    let outer = lastStatement
    if invocation.range == outer { lastStatement = statements.last?.range }
    defer { lastStatement = outer }
    try run(statements, [], in: folder, of: invocation.verb, with: &interpreter)
  }

  /// Runs a block so many times; of several the median is told, and the least and the most.
  private func time(_ block: Language.Block, _ repeats: Int, with interpreter: inout Interpreter)
    throws -> StyledText
  {
    let clock = ContinuousClock()
    var seconds: [Double] = []
    for _ in 0..<repeats {
      let start = clock.now
      var host = SessionHost(session: self)
      try interpreter.run(block.statements, host: &host)
      state.environment = interpreter.environment
      seconds.append(start.duration(to: clock.now) / .seconds(1))
    }
    let times = TimeSpread(seconds)
    func text(_ seconds: Double) -> String { Numbers.significant(seconds, digits: 3) }
    if repeats == 1 { return StyledText("took \(text(times.median)) s") }
    return StyledText(
      "took \(text(times.median)) s, the median of \(Numbers.grouped(repeats)): "
        + "\(text(times.least)) to \(text(times.most)) s")
  }

  private func compare(_ comparison: CodeComparison, of word: Word) throws -> [StyledText] {
    let path = scope.resolved(word.text)
    let program = Variables.value(of: CodeComparison.variable) ?? CodeComparison.usualProgram
    let figures = try scope.filing(at: word.range) { () throws(FileError) in
      try comparison.run(path, with: program)
    }
    return figures.map { StyledText($0) }
  }
}
