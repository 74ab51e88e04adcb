import Language
import Networks
import Records

extension CommandTable {
  /// The command about runs of all sessions.
  static let runsRow = CommandRow(
    "runs", .runs,
    usage: "runs [WORD …] [sort=FIGURE] [count=N] [where EXPR] | show N | forget N … | export FILE",
    "lists the runs of all sessions, shows, forgets or exports them",
    details: [
      "Every run is remembered: command, settings, data, network, figures and curve. espalier --no-record keeps none.",
      "A word picks runs of a network, of data, with a tag, or with the word in their note.",
      "sort= takes \(RunFigure.allCases.map(\.rawValue).joined(separator: ", ")); the best run comes first.",
      "where asks for run, loss, accuracy, epochs, steps, time and params; loss(test) and accuracy(test) too.",
      "runs export FILE.csv writes a table of all runs, runs export FOLDER their curves for TensorBoard;",
      "numbers after it pick runs.",
    ],
    examples: ["runs", "runs digits sort=test", "runs where accuracy(test) > 0.9", "runs show 1"],
    slots: [.words(CommandScope.runsVerbs)], repeats: .anything,
    keys: [
      .init(
        "sort", default: "run", among: RunFigure.allCases.map(\.rawValue),
        "the figure that puts runs in order"),
      .init("count", default: "20", "how many runs are listed"),
    ],
    words: nil, traits: [.redirect], endings: CommandRow.answerEndings,
    run: { try $0.runs($1) })
}

extension CommandScope {
  /// Answers `runs …`.
  mutating func runs(_ invocation: Invocation) throws -> Report {
    switch invocation.words.first?.text {
    case "show": try showRun(invocation)
    case "forget": try forgetRuns(invocation)
    case "export": try exportRuns(invocation)
    default: try listRuns(invocation)
    }
  }

  private mutating func listRuns(_ invocation: Invocation) throws -> Report {
    let figures = RunFigure.allCases.map(\.rawValue)
    let sort = try invocation.option("sort")?.value.choice("sort", among: figures)
    let count = try invocation.option("count")?.value.integer("count", in: 1...1_000_000) ?? 20
    let filter = try invocation.condition.map { try RunFilter($0) }
    if context.checksOnly { return Report("would list runs") }
    if context.store == nil {
      return Report(["runs are not kept in this session"]) { ["runs": .array([])] }
    }
    let all = try storing(at: invocation.range) { store throws(StoreProblem) in try store.all() }
    var chosen = all.filter { run in
      invocation.words.allSatisfy { run.fits($0.text) } && filter?.holds(run) ?? true
    }
    if all.isEmpty {
      return Report(["no runs yet; train begins one"]) { ["runs": .array([])] }
    }
    if chosen.isEmpty, let word = invocation.words.first,
      let meant = DidYouMean.nearest(word.text, among: Self.runsVerbs)
    {
      throw Diagnostic(
        .name, "no run has \(word.text) for its network, data, tag or note", at: word.range,
        guessing: meant, offers: ["runs"])
    }
    if chosen.isEmpty {
      return Report([StyledText("none of \(Numbers.count(all.count, "run")) fits")]) {
        ["runs": .array([])]
      }
    }
    if let figure = sort.flatMap(RunFigure.init) {
      chosen = Array(figure.sorted(chosen).prefix(count))
    } else {
      chosen = Array(chosen.suffix(count))
    }
    let listed = chosen
    let (some, whole) = (Numbers.grouped(listed.count), Numbers.grouped(all.count))
    let end = listed.count < all.count ? [StyledText("\(some) of \(whole) runs", .dim)] : []
    let usual = context.columns
    var report = context.answer(for: invocation) { columns in
      RunTable(listed).lines(columns: columns ?? usual) + end
    }
    report.data = { ["runs": .array(listed.map(\.figures))] }
    return report
  }

  /// Words behind `runs` that are no filter.
  static let runsVerbs = ["show", "forget", "export"]

  private mutating func forgetRuns(_ invocation: Invocation) throws -> Report {
    let chosen = try chosenRuns(invocation.words.dropFirst(), of: invocation)
    if context.checksOnly || context.isTrial {
      return Report("would forget \(Numbers.count(chosen.count, "run"))")
    }
    ask(for: .forgetRuns(chosen.compactMap(\.id)))
    return Report("forgot \(Numbers.count(chosen.count, "run"))")
  }

  // MARK: Runs by their numbers

  /// The runs whose numbers words are; at least one.
  func chosenRuns(_ words: some Collection<Word>, of invocation: Invocation) throws -> [RunRecord] {
    if words.isEmpty {
      throw invocation.row.refusal(
        "\(invocation.verb.text) needs a run's number", at: invocation.range.end)
    }
    return try words.map { try run($0) }
  }

  /// The run whose number a word is.
  func run(_ word: Word) throws -> RunRecord {
    let number = try word.integer("the run", in: 1...Int.max)
    let found = try storing(at: word.range) { store throws(StoreProblem) in
      try store.run(Int64(number))
    }
    if let found { return found }
    throw Diagnostic(.name, "no run has the number \(number)", at: word.range, offers: ["runs"])
  }

  /// Asks the store of runs.
  ///
  /// - Throws: A diagnostic where runs are not kept, or the store cannot be read.
  func storing<Result>(
    at range: SourceRange?, _ work: (RunStore) throws(StoreProblem) -> Result
  ) throws(Diagnostic) -> Result {
    guard let store = context.store else {
      throw Diagnostic(
        .state, "runs are not kept in this session", at: range, offers: ["help runs"])
    }
    let result: Result
    do { result = try work(store) } catch { throw Diagnostic(error, of: store, at: range) }
    if let aside = store.takeDamaged() {
      throw Diagnostic(
        .file, "the runs kept so far were damaged: they are in \(aside) now, and runs begin anew",
        at: range, offers: ["help runs"])
    }
    return result
  }
}

extension Diagnostic {
  /// What the store of runs refuses.
  init(_ problem: StoreProblem, of store: RunStore, at range: SourceRange?) {
    self.init(
      .file, "the runs cannot be read or changed: \(problem.message) (\(store.path))", at: range,
      offers: ["help runs"])
  }
}

extension RunRecord {
  /// Whether a word names its network, its data or a tag, or is in its note.
  fileprivate func fits(_ word: String) -> Bool {
    network == word || dataName == word || tags.contains(word)
      || note.lowercased().contains(word.lowercased())
  }
}
