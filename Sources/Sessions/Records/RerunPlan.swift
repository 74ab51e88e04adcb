import Records

/// How a run is repeated: the runs that led to it, and what cannot be had again.
struct RerunPlan {
  /// Networks that learned side by side in one run, in their order; mostly one.
  typealias Run = [RunRecord]

  /// The runs in their order; the last is the one that is repeated.
  private let runs: [Run]
  private(set) var lacks: [String] = []

  /// The networks that learn, as they were when the first run began.
  var networks: [RunRecord] { runs.count > 1 ? [leading[0]] : runs[0] }

  /// Of each run the network that is repeated, or the first of them.
  private let leading: [RunRecord]

  /// A plan for a network's run.
  ///
  /// - Parameter find: The networks of the run of a number; none where it was forgotten.
  init(_ last: RunRecord, find: (Int64) throws -> Run) throws {
    let found = try find(last.id ?? 0)
    var runs = [found.isEmpty ? [last] : found]
    var leading = [last]
    // Networks side by side are repeated from their beginning only.
    while runs[0].count == 1, let parent = leading[0].parent, runs.count < Self.longest {
      let found = try find(parent)
      guard let record = found.first(where: { $0.id == parent }) else {
        lacks.append("it began with the weights of run \(parent), which was forgotten")
        break
      }
      runs.insert([record], at: 0)
      leading.insert(record, at: 0)
      if found.count > 1 { lacks.append("\(record.title) learned beside other networks") }
    }
    (self.runs, self.leading) = (runs, leading)
    if runs[0].count > 1, runs[0].contains(where: { $0.parent != nil }) {
      lacks.append("its networks learned side by side from weights of earlier runs")
    }
    lacks += runs.joined().flatMap(Self.lacks)
  }

  /// Runs that lead to one, at most.
  private static let longest = 1000

  private static func lacks(of run: RunRecord) -> [String] {
    var lacks: [String] = []
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
    return lacks
  }

  /// The runs that a network of the plan takes, in their order.
  func runs(of network: RunRecord) -> [RunRecord] {
    runs.count > 1 ? leading : [network]
  }

  /// The commands that repeat the runs.
  ///
  /// - Parameter names: What the networks are called now; a single one is the current network.
  func script(_ names: [String: String]) -> String {
    var lines: [String] = []
    var data: String?
    for (index, run) in leading.enumerated() {
      // Other settings are checked against the data.
      if run.data != data { lines += run.data.split(separator: "\n").map(String.init) }
      data = run.data
      lines += run.settings.split(separator: "\n").map(String.init)
      if index == 0 {
        for network in networks {
          if networks.count > 1 { lines.append("net \(names[network.network] ?? "")") }
          if let drawing = network.drawing { lines.append(drawing) }
        }
      }
      lines.append(command(of: run, names))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The command of a run without the names that its networks had, or with those that they have now.
  private func command(of run: RunRecord, _ names: [String: String]) -> String {
    let words = run.command.split(separator: " ")
    let rest = words.dropFirst().drop { word in
      !(word.first?.isNumber ?? true) && word != "until" && !word.contains("=")
    }
    let listed = networks.count > 1 ? networks.compactMap { names[$0.network] } : []
    let verb = words.prefix(1).map(String.init)
    return (verb + (listed.isEmpty ? [] : [listed.joined(separator: ",")]) + rest.map(String.init))
      .joined(separator: " ")
  }
}
