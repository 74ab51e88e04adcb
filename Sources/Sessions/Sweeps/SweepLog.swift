import Engine
import Language
import Networks
import Training

/// What a sweep has come to so far.
struct SweepLog {
  /// The figure that puts rows in order, where one was named.
  let measure: Watch.Measure?

  /// The tag of its runs in the store, where runs are kept.
  let tag: String?

  /// The runs that have ended by themselves, in their order.
  private(set) var runs: [SweepRun] = []

  /// The best of them, and its network.
  private(set) var best: (run: SweepRun, known: NetworkState)?

  /// The best run of all, and where it stands in the sweep where runs are dealt to processes.
  private(set) var bestRun: SweepRun?
  private(set) var bestPlace: SweepPlace?

  /// The names of loops and of `let`s made since, in the order in which they came up.
  private(set) var names: [String] = []

  /// The names that `seed` was given.
  private(set) var seeds: Set<String> = []
  private(set) var passes = SweepPasses()

  private let before: Environment
  private var open: [String: SweepRun] = [:]

  /// Which stage left weights, by their version.
  private var ends: [UInt64: Int] = [:]
  private var told: Set<String> = []

  /// A sweep that begins in an environment.
  init(_ measure: Watch.Measure?, tag: String?, in environment: Environment) {
    self.measure = measure
    self.tag = tag
    before = environment
  }

  // MARK: Commands and loops

  /// Notes a command that is to be executed.
  mutating func note(_ invocation: Invocation, in environment: Environment) {
    if invocation.row.traits.contains(.background) { passes.noteTraining() }
    guard invocation.row.verb == "seed" else { return }
    let text = invocation.range.text
    let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.dropFirst()
    seeds.formUnion(words.map(String.init).filter { environment.atom(named: $0) != nil })
  }

  /// The state to go on with in a loop, where it is another one.
  mutating func next(_ event: LoopEvent, in state: SessionState) -> SessionState? {
    if case .begins(let name) = event, !names.contains(name) { names.append(name) }
    return passes.next(event, in: state)
  }

  /// Whether an answer is new, which it is once.
  mutating func tells(_ text: String) -> Bool { told.insert(text).inserted }

  // MARK: Runs

  /// The values of all names in an environment.
  private mutating func variables(in environment: Environment) -> [String: String] {
    for name in environment.names
    where !names.contains(name) && environment.atom(named: name) != before.atom(named: name) {
      names.append(name)
    }
    return Dictionary(
      names.compactMap { name in environment.atom(named: name).map { (name, $0.text) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// What a run that began now would be called.
  mutating func label(in environment: Environment) -> String {
    SweepRun(network: "", variables: variables(in: environment), facts: [], stage: 1)
      .label(of: names)
  }

  /// Notes that networks begin to learn; tells which run it is.
  ///
  /// - Parameter number: Its number in the sweep, where others take runs, too.
  mutating func begin(
    _ requests: [RunRequest], of command: String, in state: SessionState, number: String? = nil
  ) -> [StyledText] {
    let variables = variables(in: state.environment)
    open = [:]
    for request in requests {
      let recipe = request.recipe
      let settings = (RecipeText.lines(of: recipe) + state.dataCommands).filter {
        !$0.hasPrefix("seed ")
      }
      open[request.name] = SweepRun(
        network: request.name,
        variables: variables,
        facts: settings + ["init \(SchemeTable.text(of: recipe.scheme))", command]
          + RunTexts.blocks(of: request.network).split(separator: "\n").map(String.init),
        stage: (ends[request.learned.version] ?? 0) + 1)
    }
    let label = requests.first.flatMap { open[$0.name]?.label(of: names) } ?? ""
    let number = number ?? "\(runs.count + 1)"
    return [StyledText("run \(number)" + (label.isEmpty ? "" : ": \(label)"), .emphasis)]
  }

  /// Notes what networks have come to; what was stopped counts for nothing.
  ///
  /// - Parameter numbers: The numbers of the runs in the store, by the names of their networks.
  /// - Returns: What was noted, by the names of the networks.
  @discardableResult
  mutating func end(
    _ results: [RunResult], _ traces: [RunTrace], _ numbers: [String: Int64],
    in state: SessionState
  ) -> [String: SweepRun] {
    var noted: [String: SweepRun] = [:]
    for result in results {
      guard var run = open.removeValue(forKey: result.name) else { continue }
      switch result.ending {
      case .stopped, .failed(.refused): continue
      case .finished, .conditionHolds, .outOfPatience, .failed(.diverged): break
      }
      run.note(result, traces.last { $0.network == result.name })
      run.number = numbers[result.name]
      runs.append(run)
      noted[result.name] = run
      guard let known = state.networks[result.name] else { continue }
      ends[known.weights.version] = run.stage
      if isBest(run, than: best?.run) { (best, bestRun) = ((run, known), run) }
    }
    return noted
  }

  // MARK: Runs of several processes

  /// Takes the runs of all processes in the order of the sweep.
  mutating func take(_ outcomes: [SweepOutcome]) {
    runs = []
    bestRun = nil
    for outcome in outcomes {
      for name in outcome.names where !names.contains(name) { names.append(name) }
      seeds.formUnion(outcome.seeds)
      for run in outcome.lanes.compactMap(\.run) {
        runs.append(run)
        if isBest(run, than: bestRun) { (bestRun, bestPlace) = (run, outcome.place) }
      }
    }
  }

  private func isBest(_ run: SweepRun, than best: SweepRun?) -> Bool {
    if run.hasDiverged { return false }
    guard let best else { return !run.figures.isEmpty }
    for measure in Watch.Measure.deciding(measure) {
      switch (run.figures[measure], best.figures[measure]) {
      case (let value?, let other?):
        if measure.isBetter(value, than: other) { return true }
        if measure.isBetter(other, than: value) { return false }
      case (_?, nil): return true
      case (nil, _?): return false
      case (nil, nil): continue
      }
    }
    return false
  }
}
