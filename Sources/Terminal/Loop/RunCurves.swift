import Sessions

/// The curves of all networks that have learned in a session, read from its runs as they grow.
struct RunCurves {
  /// What one network has come to, over all its runs.
  private struct Curves {
    var loss: Chart.Curve
    var accuracy: Chart.Curve
    var marks: [Chart.Mark] = []

    /// The number of its last run, and the steps at which those began that were no failures.
    var lastRun = 0
    var starts: [Int] = []

    /// The curves up to some steps, where a run that began there or later was undone; else as they are.
    func cut(to steps: Int?) -> Curves {
      guard let steps, starts.contains(where: { $0 >= steps }) else { return self }
      var cut = self
      cut.loss.training.truncate(from: steps)
      cut.loss.test.truncate(from: steps + 1)
      cut.accuracy.training.truncate(from: steps + 1)
      cut.accuracy.test.truncate(from: steps + 1)
      cut.marks.removeAll { $0.step > steps }
      return cut
    }
  }

  /// What decides which curves are shown, and how far.
  private struct Choice: Equatable {
    var latest: [String] = []
    var current: String?
    var steps: [String: Int] = [:]
    var firstRun: Int?
  }

  private var names: [String] = []
  private var curves: [String: Curves] = [:]
  private var colours = 0
  private var choice = Choice()

  /// The runs that were taken over whole, and how much of those behind them.
  private var number = 0
  private var positions: [Int: RunPosition] = [:]

  /// Whether anything was taken over since the charts were last made.
  private var isStale = false

  /// Takes over what has come since the last look.
  mutating func take(_ session: Session) {
    let finished = session.finishedRuns
    for run in finished where run.number >= number {
      // One that was joined with earlier ones has grown at its beginning, too: it is read anew.
      var position = RunPosition()
      if run.isWhole { position = positions[run.number] ?? position }
      let begins = position.isBeginning
      take(run.news(after: &position), of: run.number, begins: begins, isSound: run.isSound)
    }
    number = session.finishedRunCount
    positions = positions.filter { $0.key >= number }
    for number in session.currentRunNumbers {
      var position = positions[number] ?? RunPosition()
      let begins = position.isBeginning
      if let news = session.currentNews(number, after: &position) {
        take(news, of: number, begins: begins)
      }
      positions[number] = position
    }
    let choice = Choice(
      latest: session.latestLearners, current: session.currentName, steps: session.stepsAtRest,
      firstRun: session.firstLessonRun)
    if choice != self.choice { isStale = true }
    self.choice = choice
  }

  private mutating func take(_ run: RunNews, of number: Int, begins: Bool, isSound: Bool = true) {
    // Taken out, so that no more is copied than the charts share.
    var own = curves.removeValue(forKey: run.network) ?? begin(run.network)
    let first = run.firstStep
    if begins {
      own.loss.training.truncate(from: first)
      own.loss.test.truncate(from: first)
      own.accuracy.training.truncate(from: first)
      own.accuracy.test.truncate(from: first)
      own.marks.removeAll { $0.step > first }
      own.starts.removeAll { $0 >= first }
      own.starts.append(first)
    }
    if !isSound { own.starts.removeAll { $0 >= first } }
    own.lastRun = max(own.lastRun, number)
    for point in run.losses { own.loss.training.append(point.loss, at: point.step) }
    for point in run.tests { own.loss.test.append(point.loss, at: point.step) }
    for epoch in run.epochs {
      if let accuracy = epoch.accuracy {
        own.accuracy.training.append(Float(accuracy), at: first + epoch.step)
      }
      if let accuracy = epoch.testAccuracy {
        own.accuracy.test.append(Float(accuracy), at: first + epoch.step)
      }
    }
    for mark in run.marks where own.marks.count < Self.mostMarks {
      own.marks.append(Chart.Mark(step: mark.step, label: mark.label))
    }
    curves[run.network] = own
    isStale = true
  }

  /// Marks of a network that are shown.
  private static let mostMarks = 1 << 12

  private mutating func begin(_ name: String) -> Curves {
    names.append(name)
    defer { colours += 1 }
    return Curves(
      loss: Chart.Curve(name: name, colour: colours),
      accuracy: Chart.Curve(name: name, colour: colours))
  }

  /// Forgets networks that are no more.
  mutating func keep(_ existing: [String]) {
    names.removeAll { name in
      guard !existing.contains(name) else { return false }
      curves[name] = nil
      isStale = true
      return true
    }
  }

  /// Notes an edit of a network that has learned for some steps.
  mutating func mark(_ label: String, network: String, step: Int) {
    guard var own = curves[network], !own.loss.training.isEmpty else { return }
    let mark = Chart.Mark(step: step, label: label)
    own.marks.removeAll { $0.step == step }
    if own.marks.count < Self.mostMarks { own.marks.append(mark) }
    curves[network] = own
    isStale = true
  }

  /// The curves to show: in a lesson those of its own runs, else those of all networks that there are.
  private var shown: [Curves] {
    names.compactMap { name in
      guard var own = curves[name]?.cut(to: choice.steps[name]) else { return nil }
      if let first = choice.firstRun, own.lastRun < first { return nil }
      if own.loss.training.isEmpty, own.loss.test.isEmpty, own.accuracy.test.isEmpty { return nil }
      let standing: Chart.Standing =
        choice.latest.contains(name) ? .learning : name == choice.current ? .current : .other
      (own.loss.standing, own.accuracy.standing) = (standing, standing)
      return own
    }
  }

  /// Makes the charts of a state show them, with room for the rest of a run that is well on its way.
  mutating func show(in state: inout ScreenState, planned: Int?) {
    if isStale {
      isStale = false
      let all = shown
      state.loss.curves = all.map(\.loss)
      state.loss.marks = all.flatMap(\.marks).sorted { $0.step < $1.step }
      var accuracy = state.accuracy ?? Chart(isPercent: true)
      accuracy.curves = all.map(\.accuracy).filter { !$0.training.isEmpty || !$0.test.isEmpty }
      accuracy.marks = state.loss.marks
      state.accuracy = accuracy.curves.isEmpty ? nil : accuracy
    }
    let taken =
      state.loss.curves.filter { $0.standing == .learning }
      .compactMap { $0.training.extent?.upperBound }.max() ?? 0
    let end = planned.flatMap { taken >= $0 / 5 * 2 ? $0 : nil }
    state.loss.plannedEnd = end
    state.accuracy?.plannedEnd = end
  }
}
