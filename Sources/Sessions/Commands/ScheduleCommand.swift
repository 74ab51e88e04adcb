import Language
import Training

extension CommandTable {
  /// The learning rate, constant or along a curve.
  static let rateRow = CommandRow(
    "lr", .train,
    usage:
      "lr [VALUE|find] [constant|cosine|step N …|poly|exponential|onecycle|plateau] [key=value …]",
    "sets the learning rate and what becomes of it in a run, also while training runs",
    details: [
      "lr VALUE is constant; lr alone shows rate and curve; lr key=value changes the curve there is.",
      "step N: times gamma every N epochs; step N N …: times gamma once at each. N counts from the run's beginning.",
      "cosine, poly and onecycle are spread over the run, after the warm-up, whose rates rise in even steps.",
      "plateau looks at the loss after each epoch of a run measured in epochs. onecycle leaves momentum alone.",
      "Each train begins the curve anew; resume goes on where pause, Ctrl-C or stop held the run.",
      "A curve that is set while training runs counts from the beginning of that run.",
      "lr find takes steps on a copy at rates that rise from from= to to=, draws the loss and suggests a rate (Smith 2015).",
    ],
    examples: [
      "lr 0.01", "lr 0.1 cosine warmup=5", "lr 0.1 step 30 60 gamma=0.1",
      "lr 0.1 poly power=2 unit=steps", "lr plateau on=test patience=3", "lr",
      "lr find", "lr find from=1e-4 to=1 > lr.svg",
    ],
    slots: [.words(["find"]), .words(ScheduleTable.names)],
    keys: ScheduleTable.keys + CommandScope.rateFindKeys, words: nil,
    traits: [.anyKeys, .ownRedirect], endings: CommandScope.rateWriters.endings + ["json"],
    writing: "lr find > FILE", run: { try $0.learningRate($1) })
}

extension CommandScope {
  /// Answers `lr VALUE CURVE …`.
  mutating func learningRate(_ invocation: Invocation) throws -> Report {
    if invocation.words.first?.text == "find" { return try findRate(invocation) }
    if let redirect = invocation.redirect {
      throw Diagnostic(
        .argument, "only lr find has a curve to write", at: redirect.range,
        offers: ["lr find > \(redirect.text)"])
    }
    let recipe = state.recipe
    if invocation.words.isEmpty, invocation.options.isEmpty { return Report(rateLines()) }
    let plan = try ScheduleTable.rates(invocation, present: recipe.rates)
    state.recipe.optimizer.learningRate = plan.base
    state.recipe.schedule = plan.schedule
    if plan.schedule.isConstant {
      let line = OptimizerTable.text(of: state.recipe.optimizer)
      if recipe.schedule.isConstant || invocation.words.count > 1 { return Report(line) }
      let curve = ScheduleTable.command(rate: plan.base, keeping: recipe.schedule)
      return Report([StyledText(line), Self.endOfCurve(recipe.schedule.curve.name, curve)])
    }
    return Report(rateLines())
  }

  /// `the rate is constant now; lr 0.01 cosine keeps the curve`.
  private static func endOfCurve(_ name: String, _ command: String) -> StyledText {
    var line = StyledText("  the rate is constant now, \(name) has ended; ", .warning)
    line.append(command, .typable)
    line.append(" keeps it", .warning)
    return line
  }

  /// The rate as it is typed, and its curve.
  private func rateLines() -> [StyledText] {
    let plan = state.recipe.rates
    var lines = [StyledText(ScheduleTable.text(of: plan))]
    let progress = context.runs.progressOfAll.first
    let length = progress.flatMap { progress in
      plan.schedule.unit == .steps ? progress.steps : progress.epochs
    }
    if let curve = RateCurve(plan, length: length).line(context.glyphs) { lines.append(curve) }
    if let rate = progress?.learningRate, !plan.schedule.isConstant {
      lines.append(StyledText("  now \(Numbers.significant(rate, digits: 3))", .dim))
    }
    return lines
  }

  /// The curve of a run that is about to begin; nothing where the rate stays the same.
  ///
  /// - Throws: A diagnostic where the curve cannot be followed in such a run.
  func rateLine(for request: RunRequest, endlessUntil condition: Condition?, at range: SourceRange)
    throws -> StyledText?
  {
    let plan = request.recipe.rates
    if plan.schedule.isConstant { return nil }
    let name = plan.schedule.curve.name
    if let condition, plan.schedule.needsLength {
      throw Diagnostic(
        .argument, "lr \(name) is spread over the run, which has no length here", at: range,
        offers: ["train 30 until \(condition.text)", "lr \(Numbers.typed(plan.base))"])
    }
    if case .plateau(let plateau) = plan.schedule.curve, plateau.looksAtTest,
      request.data.test == nil
    {
      throw Diagnostic(
        .state, "lr plateau looks at the test loss, and \(request.data.name) has no test part",
        at: range, offers: ["split 0.8", "lr plateau on=train"])
    }
    let batches = BatchOrder(
      exampleCount: request.data.train.count,
      batchSize: max(1, min(request.recipe.batchSize, request.data.train.count)), seed: 0
    ).batchCount
    let length: Int
    switch (request.length, plan.schedule.unit) {
    case (.epochs(let epochs), .epochs): length = epochs
    case (.steps(let steps), .steps): length = steps
    case (.steps(let steps), .epochs): length = (steps - 1) / max(batches, 1) + 1
    case (.epochs(let epochs), .steps):
      let (steps, overflows) = epochs.multipliedReportingOverflow(by: batches)
      length = overflows ? .max : steps
    }
    return RateCurve(plan, length: condition == nil ? length : nil).line(context.glyphs)
  }
}
