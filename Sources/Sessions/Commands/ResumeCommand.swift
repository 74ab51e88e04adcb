import Engine
import Language
import Networks
import Training

extension CommandTable {
  /// The command that has a run go on.
  static let resumeRow = CommandRow(
    "resume", .train, usage: "resume",
    "lets training go on that is paused, was stopped, or was saved in its midst",
    details: [
      "A run that was stopped goes on as if it never had been: the same bits on the same data with as many threads.",
      "Settings changed since then count. A network that load has read brings its settings, and the commands of its data.",
      "An edit of the network ends the run: train begins another one, with the optimizer's memory of what stays.",
    ],
    examples: ["resume"], words: 0, traits: [.background, .directsRun],
    run: { try $0.resume($1) })
}

extension CommandScope {
  /// Answers `resume`.
  mutating func resume(_ invocation: Invocation) throws -> Report {
    if context.runs.isPaused {
      ask(for: .resume)
      return Report()
    }
    if context.runs.isRunning { return Report("nothing is paused") }
    guard let resumption = state.current?.presentResumption else {
      return Report(nothingToResume)
    }
    if context.checksOnly { return Report("would go on with \(resumption.origin.command)") }
    if resumption.origin.data == nil, state.fingerprint?.text != resumption.origin.fingerprint.text
    {
      return try fetchData(for: resumption, invocation)
    }
    return try goOn(with: resumption, invocation)
  }

  /// Why no run goes on.
  private var nothingToResume: String {
    guard let current = state.current, current.resumption != nil else {
      let other = state.networkNames.first { state.networks[$0]?.presentResumption != nil }
      return other.map { "nothing to go on with here; the run of \($0) can: net \($0); resume" }
        ?? "nothing is paused or was stopped"
    }
    return current.weights.version == current.resumption?.version
      ? "the network was edited since its run was stopped; train begins another run"
      : "the network has other weights than those its run left; train begins another run"
  }

  /// Runs the commands that made the data of a run, then this one again.
  private mutating func fetchData(for resumption: Resumption, _ invocation: Invocation) throws
    -> Report
  {
    var fetching = resumption
    fetching.origin = RunOrigin(
      names: resumption.origin.names, command: resumption.origin.command, dataCommands: [],
      fingerprint: resumption.origin.fingerprint)
    guard !resumption.origin.dataCommands.isEmpty else {
      throw Diagnostic(
        .state, "the run learned from other data than is loaded now", at: invocation.range,
        notes: [.init("without it the run cannot go on to the same bits")],
        offers: ["help data", "train 1"])
    }
    for line in resumption.origin.dataCommands { try checkMakesData(line, invocation) }
    state.current?.resumption = fetching
    let again = invocation.isBackground ? "resume &" : "resume"
    let text = (resumption.origin.dataCommands + [again]).joined(separator: "\n") + "\n"
    let statements = try Parser.parse(file: SourceText(name: "the run's data", text: text))
    ask(for: .runInPlace(statements))
    return Report()
  }

  /// Refuses what a file brings for its data other than commands about data.
  private func checkMakesData(_ line: String, _ invocation: Invocation) throws {
    if makesData(line) { return }
    throw Diagnostic(
      .file, "\(line.prefix(60)) is no command about data", at: invocation.range,
      notes: [.init("the file of the network says that it made the data of the run")],
      offers: ["help data", "train 1"])
  }

  /// Whether a line that a file brings is a command about data, which writes nothing.
  func makesData(_ line: String) -> Bool {
    guard
      let command = try? InvocationReader.command(line, named: "the run", in: state.environment),
      command.redirect == nil, command.blocks.isEmpty
    else { return false }
    return CommandTable.row(command.verb.text)?.group == .data || command.verb.text == "seed"
  }

  /// Begins the run again where it was.
  private mutating func goOn(with resumption: Resumption, _ invocation: Invocation) throws -> Report
  {
    let reader = try InvocationReader.command(
      resumption.origin.command, named: "the run", in: state.environment)
    guard let command = reader, ["train", "step"].contains(command.verb.text) else {
      throw Diagnostic(
        .file, "the run was begun by \(resumption.origin.command), which is not a run",
        at: invocation.range, offers: ["train 1"])
    }
    var wish = try wish(command, isResumed: true)
    wish.resumptions = resumptionsBeside(resumption)
    wish.names = resumption.origin.names.filter { wish.resumptions[$0] != nil }
    if wish.names.isEmpty {
      wish.names = [state.currentName]
      wish.resumptions = [state.currentName: resumption]
    }
    var lines: [StyledText] = []
    if resumption.settings == nil {
      state.recipe = resumption.point.recipe
      let usual = Set(RecipeText.lines(of: Recipe()))
      lines += RecipeText.lines(of: state.recipe).filter { !usual.contains($0) }
        .map { StyledText($0, .dim) }
    }
    if state.recipe.threads == nil, resumption.point.threads != Processors.count {
      state.recipe.threads = resumption.point.threads
      lines.append(StyledText("threads \(resumption.point.threads), as before", .dim))
    }
    let title = OngoingRun.joined(wish.names)
    var report = try begin(wish)
    report.lines = lines + report.lines
    report.lines.append(
      StyledText("\(title) \(wish.names.count > 1 ? "go" : "goes") on at \(resumption.place)"))
    return report
  }

  /// The networks that learned in a run and can all go on, by their names.
  private func resumptionsBeside(_ resumption: Resumption) -> [String: Resumption] {
    guard resumption.origin.names.contains(state.currentName) else { return [:] }
    var all: [String: Resumption] = [:]
    for name in resumption.origin.names {
      guard let other = state.networks[name]?.presentResumption, resumption.isBeside(other) else {
        continue
      }
      all[name] = other
    }
    return all
  }
}
