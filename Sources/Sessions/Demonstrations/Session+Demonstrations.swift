import Interchange
import Language
import Training

/// Demonstrations that train: one run after the other, of networks that the session does not have.
extension Session {
  /// Trains the networks of a demonstration; the report has the table, which is shown before whatever has ended it.
  ///
  /// - Throws: What ended the demonstration before its end.
  func demonstrate(
    _ demonstration: Demonstration, of invocation: Invocation, into report: inout Report,
    with interpreter: inout Interpreter
  ) throws {
    try checkOutsideSweep(invocation)
    if options.checksOnly {
      let count = Numbers.count(demonstration.count, "network")
      report.lines.append(StyledText("would train \(count) beside those of the session"))
      return
    }
    let clock = ContinuousClock()
    let start = clock.now
    let failure = run(demonstration, of: invocation)
    let results = self.demonstration?.results ?? []
    self.demonstration = nil
    if results.isEmpty {
      throw failure.map { ended(by: $0, after: 0) } ?? interruption
    }
    let table = TrialTable(demonstration.heads, results)
    state.shown = table.figures
    report.lines += table.lines(glyphs) + demonstration.conclusion(table)
    report.lines += table.chart(glyphs)
    var line = StyledText(Numbers.count(results.count, "network"), .dim)
    line.append(" in \(Numbers.duration(start.duration(to: clock.now) / .seconds(1)))", .clock)
    line.append("; networks, data and recipe of the session are as before", .dim)
    report.lines.append(line)
    report.data = { table.data }
    do {
      try writeTable(&report, of: invocation, with: &interpreter) { ending in
        switch ending {
        case "csv": table.csv.text
        case "svg": table.curves.picture(title: invocation.range.text).svg
        default: nil
        }
      }
      if let failure { throw ended(by: failure, after: results.count) }
    } catch {
      report.subject = invocation.subject(in: state.environment)
      show(report)
      throw error
    }
  }

  /// Trains networks round by round; tells what ended that before its end.
  private func run(_ demonstration: Demonstration, of invocation: Invocation) -> (any Error)? {
    self.demonstration = DemonstrationLog()
    return endingRuns {
      for round in demonstration.rounds { try run(round, of: invocation) }
    }
  }

  private func run(_ round: Demonstration.Round, of invocation: Invocation) throws {
    if isInterrupted { throw interruption }
    guard let first = round.trials.first?.request else { return }
    show(Report([StyledText(round.title, .emphasis)]))
    let gradients = try scope.computing(at: invocation.range) {
      try trainer.prepare()
      return try round.trials.map { try trainer.gradients($0.request) }
    }
    demonstration?.begin(round.trials, gradients)
    let names = round.trials.map(\.request.name)
    let run = OngoingRun(
      lanes: names.map { OngoingRun.Lane(name: $0, stamp: 0) }, command: invocation.range,
      data: first.data, loss: first.recipe.loss(for: first.data),
      origin: RunOrigin(
        names: names, command: invocation.command, dataCommands: state.dataCommands,
        fingerprint: state.fingerprint ?? Fingerprint(of: first.data), data: first.data))
    runs.begin(run, round.trials.map(\.request))
    console?.waitForRun()
    while trainer.isRunning { trainer.waitForEndOrInterruption() }
    if let report = collectRun() {
      let faults = report.diagnostics.map { StyledText($0.message, .bad) }
      show(Report(report.lines + faults))
    }
    if let fault = demonstration?.fault { throw Diagnostic(fault, at: invocation.range) }
    if isInterrupted { throw interruption }
  }

  private func ended(by failure: any Error, after count: Int) -> any Error {
    guard let diagnostic = failure as? Diagnostic, diagnostic.code == .interrupted else {
      return failure
    }
    return Diagnostic(
      .interrupted,
      "stopped by Ctrl-C after \(Numbers.count(count, "network")); the session is as before",
      at: nil)
  }
}
