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
    words: 1,
    run: { try $0.rerun($1) })
}

extension CommandScope {
  /// Answers `rerun N [anyway=yes]`.
  mutating func rerun(_ invocation: Invocation) throws -> Report {
    let word = try invocation.word(0, "a run's number", invocation.row)
    let goesAnyway = try invocation.option("anyway")?.value.flag("anyway") ?? false
    if context.checksOnly { return Report("would repeat run \(word.text)") }
    if context.runs.isRunning {
      throw Diagnostic(
        .state, "training runs already", at: invocation.range, offers: ["stop", "wait"])
    }
    let last = try run(word)
    let beside = try storing(at: word.range) { store throws(StoreProblem) in
      try store.companions(of: last)
    }
    let plan = try RerunPlan(last, beside: beside) { id in
      try storing(at: word.range) { store throws(StoreProblem) in try store.run(id) }
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
    ask(for: .compareRuns(repeated))
    ask(for: .run(statements, arguments: [], folder: context.folder, file: word))
    return Report()
  }

  /// A name that no network has.
  private func freeName(_ base: String) -> String {
    var name = base
    var number = 2
    while state.networks[name] != nil {
      name = "\(base)_\(number)"
      number += 1
    }
    return name
  }
}

/// How a run is repeated: the runs that led to it, and what cannot be had again.
struct RerunPlan {
  /// The networks that learn, as they were when the first run began.
  let networks: [RunRecord]

  /// The networks of the last run.
  let ends: [RunRecord]

  /// The runs in their order, each by one of its networks.
  private let runs: [RunRecord]
  private(set) var lacks: [String] = []

  /// A plan for a run, with those that learned beside it, itself among them.
  ///
  /// - Parameter find: The run of a number, or nothing where it was forgotten.
  init(
    _ last: RunRecord, beside: [RunRecord], find: (Int64) throws -> RunRecord?
  ) throws {
    ends = beside.isEmpty ? [last] : beside
    var chain = [last]
    while let parent = chain[0].parent, chain.count < Self.longest {
      guard let found = try find(parent) else {
        lacks.append("it began with the weights of run \(parent), which was forgotten")
        break
      }
      chain.insert(found, at: 0)
    }
    runs = chain
    networks = ends.count > 1 ? ends : [chain[0]]
    if ends.count > 1, ends.contains(where: { $0.parent != nil }) {
      lacks.append("its networks learned side by side from weights of earlier runs")
    }
    for run in ends.count > 1 ? ends : chain {
      if run.parent == nil, run.drawing == nil {
        lacks.append("\(run.title) began with weights that neither a run nor init left")
      }
      if let change = run.changes.split(separator: "\n").first {
        lacks.append("\(run.title) was changed while it ran: \(change)")
      }
      if run.data.isEmpty { lacks.append("it is not known what made the data of \(run.title)") }
      if run.ending == .stopped {
        lacks.append("\(run.title) was stopped after \(Numbers.count(run.steps, "step"))")
      }
    }
  }

  /// Runs that lead to one, at most.
  private static let longest = 1000

  /// The runs of a network of the plan, in their order.
  func runs(of network: RunRecord) -> [RunRecord] { networks.count > 1 ? [network] : runs }

  /// The commands that repeat the runs, on networks that have other names now.
  func script(_ names: [String: String]) -> String {
    var lines: [String] = []
    var data: String?
    for run in runs {
      defer { data = run.data }
      if run.data != data {
        lines += run.data.split(separator: "\n").map(String.init)
      }
      lines += run.settings.split(separator: "\n").map(String.init)
      for network in networks {
        guard let name = names[network.network], let drawing = network.drawing,
          run.id == network.id || ends.count > 1
        else { continue }
        if networks.count > 1 { lines.append("net \(name)") }
        lines.append(drawing)
      }
      lines.append(command(of: run, names))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The command of a run with the names that its networks have now.
  private func command(of run: RunRecord, _ names: [String: String]) -> String {
    var words = run.command.split(separator: " ").map(String.init)
    guard words.count > 1, ends.count > 1 else {
      // One network is the current one, whatever it is called.
      if words.count > 1, words[1] == run.network { words.remove(at: 1) }
      return words.joined(separator: " ")
    }
    let listed = ends.compactMap { names[$0.network] }.joined(separator: ",")
    let rest = words.dropFirst().drop { $0.hasSuffix(",") || !($0.first?.isNumber ?? false) }
    return (["train", listed] + rest).joined(separator: " ")
  }
}
