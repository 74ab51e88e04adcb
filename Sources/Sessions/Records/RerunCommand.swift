import Language
import Networks
import Records

extension CommandTable {
  /// The command that repeats a run.
  static let rerunRow = CommandRow(
    "rerun", .runs, usage: "rerun N [anyway=yes]",
    "repeats a run on a new network, and says whether it came to the same bits",
    details: [
      "Settings, data, blocks and first weights are those of the run; a run that went on from another repeats both.",
      "Settings and data stay so afterwards; undo gives back what was before.",
      "What cannot be had again, such as an edit during the run, is named; anyway=yes repeats the rest.",
    ],
    examples: ["rerun 1"],
    keys: [.init("anyway", default: "no", "yes repeats what can be repeated")],
    words: 1, traits: [.outsideLessons],
    run: { try $0.rerun($1) })
}

extension CommandScope {
  /// Answers `rerun N [anyway=yes]`.
  mutating func rerun(_ invocation: Invocation) throws -> Report {
    let word = try invocation.word(0, "a run's number", invocation.row)
    let goesAnyway = try invocation.option("anyway")?.value.flag("anyway") ?? false
    if context.checksOnly, !context.isTrial { return Report("would repeat run \(word.text)") }
    if context.runs.isRunning {
      throw Diagnostic(
        .state, "training runs already", at: invocation.range, offers: ["stop", "wait"])
    }
    let last = try run(word)
    let plan = try RerunPlan(last) { id in
      try storing(at: word.range) { store throws(StoreProblem) in try store.companions(of: id) }
    }
    if let lack = plan.lacks.first, !goesAnyway {
      throw Diagnostic(
        .state, "run \(word.text) cannot be repeated to the bit: \(lack)", at: word.range,
        notes: plan.lacks.dropFirst().map { .init($0) }, offers: ["rerun \(word.text) anyway=yes"])
    }
    var names: [String: String] = [:]
    var repeated: [String: [RunRecord]] = [:]
    for record in plan.networks {
      let name = freeName("rerun\((plan.networks.count > 1 ? record.id : last.id) ?? 0)")
      let network = try network(of: record.blocks, name: record.title)
      state.currentName = name
      state.current = NetworkState(network: network)
      names[record.network] = name
      repeated[name] = plan.runs(of: record)
    }
    let text = plan.script(names)
    if context.isTrial { return Report("would repeat run \(word.text)") }
    let source = SourceText(name: "run \(word.text)", text: text)
    let statements = try Parser.parse(file: source)
    ask(for: .rerun(statements, of: repeated, named: word))
    return Report()
  }
}
