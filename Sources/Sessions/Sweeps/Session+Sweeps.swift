import Interchange
import Language
import Networks
import Training

/// Sweeps: runs one after the other, which leave nothing but a table and the best network.
extension Session {
  /// Runs the braces of a sweep; the report has the table of the runs, which is shown before whatever has ended them.
  ///
  /// - Throws: What ended the sweep before its end.
  func sweep(
    _ order: SweepOrder, of invocation: Invocation, into report: inout Report,
    with interpreter: inout Interpreter
  ) throws {
    try checkOutsideSweep(invocation)
    let before = state
    let clock = ContinuousClock()
    let start = clock.now
    let firstRun = runs.traces.count
    if let note = undealtNote(order) { show(Report([note])) }
    if !options.checksOnly, let note = order.note { show(Report([note])) }
    if let together, deals(order) { dealt = DealtSweep(together.ranks) }
    var failure = run(order, with: &interpreter)
    guard var log = sweep else { return }
    var best = log.best?.known
    if let dealt { failure = finish(dealt, &log, &best, failure) }
    dealt = nil
    sweep = nil
    // The networks are those from before the sweep again, and so are their curves.
    runs.traces.rename(from: firstRun) { "\($0) in sweep" }
    state = before
    state.environment = interpreter.environment
    let name = best.map { keep($0) }
    revise()
    if let failure, log.runs.isEmpty { throw ended(by: failure, after: 0) }
    if options.checksOnly {
      report.lines.append("would put the runs in a table")
    } else {
      let elapsed = start.duration(to: clock.now) / .seconds(1)
      answer(log, seconds: elapsed, best: name, in: &report)
    }
    do {
      try writeTable(&report, of: invocation, with: &interpreter) {
        $0 == "csv" ? SweepTable(log).csv.text : nil
      }
      guard let failure else { return }
      throw ended(by: failure, after: log.runs.count)
    } catch {
      report.subject = invocation.subject(in: state.environment)
      show(report)
      throw error
    }
  }

  /// Refuses commands that would leave a sweep while it goes on.
  func checkOutsideSweep(_ invocation: Invocation) throws(Diagnostic) {
    if sweep == nil { return }
    throw Diagnostic(
      .state, "\(invocation.verb.text) cannot stand in a sweep", at: invocation.verb.range,
      offers: ["help sweep"])
  }

  /// Runs the commands of a sweep; tells what ended them before their end, where that was not a run that diverged.
  private func run(_ order: SweepOrder, with interpreter: inout Interpreter) -> (any Error)? {
    let tag = options.checksOnly ? nil : recorder?.freshSweepTag()
    sweep = SweepLog(order.measure, tag: tag, in: interpreter.environment)
    recorder?.tag = tag
    defer { recorder?.tag = nil }
    let failure = endingRuns {
      var host = SessionHost(session: self)
      try interpreter.run(order.body.statements, host: &host)
    }
    return failure.flatMap { endsPass($0) ? nil : $0 }
  }

  /// Gives a network a place beside the others: the one that an earlier sweep has kept, where it is as it was then.
  private func keep(_ known: NetworkState) -> String {
    var name = state.networks["best"] == nil ? "best" : NameSupply(state.networkNames).fresh("best")
    if let kept = sweptBest, kept.name != state.currentName,
      let there = state.networks[kept.name], there.stamp == kept.stamp,
      there.weights.version == kept.version
    {
      name = kept.name
    }
    if state.networks[name] == nil { state.networkNames.append(name) }
    state.networks[name] = known
    sweptBest = (name, known.stamp, known.weights.version)
    return name
  }

  private func answer(
    _ log: SweepLog, seconds: Double, best name: String?, in report: inout Report
  ) {
    let table = SweepTable(log)
    let best: JSON = [
      "network": .optional(name), "run": .optional(log.bestRun?.number.map { Int($0) }),
    ]
    report.data = { table.data.with(["tag": .optional(log.tag), "best": best]) }
    if log.runs.isEmpty {
      report.lines.append("no run has ended in the sweep")
      return
    }
    report.lines += table.lines(columns: scope.context.columns, glyphs)
    var line = StyledText(Numbers.count(log.runs.count, "run"), .dim)
    line.append(" in \(Numbers.duration(seconds))", .clock)
    if let measure = table.measure { line.append("; the best by \(measure.rawValue) first", .dim) }
    if let asked = log.measure, asked != table.measure {
      line.append(": none has \(asked.rawValue)", .warning)
    }
    if let tag = log.tag {
      line.append("; ", .dim)
      line.append("runs \(tag)", .typable)
      line.append(" lists them", .dim)
    }
    report.lines.append(line)
    if let run = log.bestRun, let name, let measure = table.measure {
      report.lines.append(Self.line(on: run, log.names, measure, keptAs: name))
    }
  }

  /// `net best takes the network of rate 0.1, s 2, test.accuracy 97.1 %; rerun 5 repeats that run`.
  private static func line(
    on run: SweepRun, _ names: [String], _ measure: Watch.Measure, keptAs name: String
  ) -> StyledText {
    let label = run.label(of: names)
    let figure = run.figures[measure].map { measure.text(of: $0) } ?? ""
    var line = StyledText("net \(name)", .typable)
    line.append(
      " takes the network of " + (label.isEmpty ? "the best run" : label)
        + ", \(measure.rawValue) \(figure)")
    if let number = run.number {
      line.append("; ")
      line.append("rerun \(number)", .typable)
      line.append(" repeats that run")
    }
    return line
  }

  /// Writes what a report tells behind `>`: as text, as JSON, or as what there is for the ending of the file.
  func writeTable(
    _ report: inout Report, of invocation: Invocation, with interpreter: inout Interpreter,
    as text: (_ ending: String) -> String?
  ) throws {
    guard let file = invocation.redirect else { return }
    report.subject = invocation.subject(in: state.environment)
    var writing = scope
    let text =
      if invocation.writesData {
        report.answer.document
      } else {
        text(Path.fileExtension(of: file.text)) ?? report.text + "\n"
      }
    let lines = writing.written(text, to: file).lines
    // The Ctrl-C that ended the sweep shall not keep its table from the disk.
    try Interruption.with({ false }) {
      for effect in writing.effects { _ = try perform(effect, of: invocation, with: &interpreter) }
    }
    report.lines += lines
  }

  private func ended(by failure: any Error, after count: Int) -> any Error {
    guard let diagnostic = failure as? Diagnostic, diagnostic.code == .interrupted else {
      return failure
    }
    return Diagnostic(
      .interrupted,
      "stopped by Ctrl-C after \(Numbers.count(count, "run")); networks and settings are as before",
      at: nil)
  }
}

/// What a sweep sees of the commands in it.
extension Session {
  /// Goes on with another state where a loop of a sweep has it so.
  func follow(_ event: LoopEvent) {
    dealt?.deal.follow(event)
    guard let next = sweep?.next(event, in: state) else { return }
    let environment = state.environment
    state = next
    state.environment = environment
    revise()
  }

  /// Whether an error ends no more than a pass: in a sweep a run that diverged, which is told, or what another process
  /// takes.
  func endsPass(_ error: any Error) -> Bool {
    if error is PassOfAnother { return true }
    guard sweep != nil, let diagnostic = error as? Diagnostic, diagnostic.code == .diverged else {
      return false
    }
    // Which weights are kept is of no matter, since the next pass does not see them.
    let fault = diagnostic.message.split(separator: ";").first ?? ""
    show(Report([StyledText(fault + "; the sweep goes on", .bad)]))
    return true
  }

  /// Whether an answer need not be shown: one of a sweep that sets something, and was shown before.
  func isRepeated(_ report: Report, since before: SessionState?) -> Bool {
    guard sweep != nil, let before, running == nil, console?.wantsData != true,
      state.differs(from: before)
    else { return false }
    return sweep?.tells(report.text) == false
  }
}
