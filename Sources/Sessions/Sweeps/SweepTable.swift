import Training

/// The runs of a sweep, those that differ in the seed alone in one row; the best row first.
struct SweepTable: Sendable {
  /// Runs that differ in the seed alone.
  struct Row: Sendable {
    let runs: [SweepRun]

    /// What the runs that have not diverged came to.
    let figures: [Watch.Measure: Spread]

    /// Of those the best.
    let best: SweepRun?

    /// What differs from other rows that look the same.
    var difference = ""

    /// How many have diverged.
    var diverged: Int { runs.count { $0.hasDiverged } }
  }

  /// The figure that rows are ordered by; nothing where no run has one.
  let measure: Watch.Measure?

  /// The names whose values are not the same in all rows; all of them where there is one row.
  let names: [String]
  let rows: [Row]

  /// Whether networks differ, or some went on from others.
  let hasNetworks: Bool
  let hasStages: Bool

  /// The table of a sweep.
  init(_ log: SweepLog) {
    let order = Watch.Measure.deciding(log.measure)
    let measure = order.first { measure in log.runs.contains { $0.figures[measure] != nil } }
    self.measure = measure
    var groups: [Likeness: [SweepRun]] = [:]
    var likenesses: [Likeness] = []
    for run in log.runs {
      let likeness = Likeness(run, without: log.seeds)
      if groups[likeness] == nil { likenesses.append(likeness) }
      groups[likeness, default: []].append(run)
    }
    var rows = likenesses.compactMap { groups[$0] }.map { Row($0, by: measure) }
    if let measure { rows = Self.sorted(rows, by: measure) }
    names = log.names.filter { name in
      !log.seeds.contains(name)
        && (rows.count == 1 || Self.differ(rows) { $0.variables[name] })
    }
    hasNetworks = Self.differ(rows) { $0.network }
    hasStages = Self.differ(rows) { $0.stage }
    self.rows = Self.tellingApart(rows, by: names)
  }

  /// What runs have in common that share a row.
  private struct Likeness: Hashable {
    let variables: [String: String]
    let facts: [String]
    let network: String
    let stage: Int

    init(_ run: SweepRun, without seeds: Set<String>) {
      variables = run.variables.filter { !seeds.contains($0.key) }
      (facts, network, stage) = (run.facts, run.network, run.stage)
    }
  }

  /// Whether rows differ in something that the runs of a row share.
  private static func differ(_ rows: [Row], _ value: (SweepRun) -> some Hashable) -> Bool {
    Set(rows.compactMap { $0.runs.first.map(value) }).count > 1
  }

  /// Rows by the mean of a figure, the best first; those with a run that diverged come behind the others.
  private static func sorted(_ rows: [Row], by measure: Watch.Measure) -> [Row] {
    rows.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if (a.diverged > 0) != (b.diverged > 0) { return b.diverged > 0 }
      switch (a.figures[measure]?.mean, b.figures[measure]?.mean) {
      case (let x?, let y?):
        if measure.isBetter(x, than: y) { return true }
        if measure.isBetter(y, than: x) { return false }
      case (nil, _?): return false
      case (_?, nil): return true
      case (nil, nil): break
      }
      return left.offset < right.offset
    }.map(\.element)
  }

  /// Rows with what differs between them where names, network and stage do not tell all of them apart.
  private static func tellingApart(_ rows: [Row], by names: [String]) -> [Row] {
    let looks = rows.compactMap(\.runs.first).map { run in
      names.map { run.variables[$0] ?? "" } + [run.network, "\(run.stage)"]
    }
    guard Set(looks).count < rows.count else { return rows }
    let facts = rows.compactMap(\.runs.first).map(\.facts)
    let common = facts.dropFirst().reduce(Set(facts.first ?? [])) { $0.intersection($1) }
    return zip(rows, facts).map { row, facts in
      var row = row
      row.difference = facts.filter { !common.contains($0) }.joined(separator: "; ")
      return row
    }
  }
}

extension SweepTable.Row {
  fileprivate init(_ runs: [SweepRun], by measure: Watch.Measure?) {
    self.runs = runs
    let finished = runs.filter { !$0.hasDiverged }
    var figures: [Watch.Measure: Spread] = [:]
    for figure in Set(finished.flatMap(\.figures.keys)) {
      figures[figure] = Spread(finished.compactMap { $0.figures[figure] })
    }
    self.figures = figures
    best = measure.flatMap { measure in
      finished.reduce(nil) { best, run in
        guard let value = run.figures[measure] else { return best }
        guard let other = best?.figures[measure] else { return run }
        return measure.isBetter(value, than: other) ? run : best
      }
    }
  }
}
