import Sessions

/// Keeps what a screen shows in step with a session, at the price of what has changed.
package struct SessionMirror {
  private var revision = -1
  private var changes = BlockChanges()
  private var curves = RunCurves()
  private var looks = 0

  /// The last measurement at rest, and whether its norms are those in view.
  private var measured: (number: Int?, isShown: Bool) = (nil, false)

  /// Which times of a step's parts are in view.
  private var times = TimesInView()

  /// What was shown last.
  private var overview: Overview?
  private var current: String?

  /// Steps and last epoch of the current network, for when nothing goes on.
  private var idle: (steps: Int, epoch: EpochSummary?) = (0, nil)

  /// When the blocks that the last edit changed stop to stand out, or nothing.
  package private(set) var flashEnd: ContinuousClock.Instant?

  /// How long changed blocks stand out.
  package static let flash = Duration.milliseconds(700)

  /// What computes, said in the title.
  private let device: String?

  /// A mirror of a session not looked at yet.
  package init(device: String? = nil) { self.device = device }

  /// Brings a state up to date.
  ///
  /// - Parameter edit: the command that may have changed the network, for the mark in the chart.
  package mutating func update(
    _ state: inout ScreenState, from session: Session, now: ContinuousClock.Instant,
    edit: String? = nil
  ) {
    if session.revision != revision {
      let overview = session.overview
      revision = overview.revision
      // The record of a run that goes on has the marks of edits itself.
      let isLearning = session.progressOfAll.contains { $0.network == overview.name }
      show(overview, in: &state, now: now, edit: isLearning ? nil : edit)
    }
    if let end = flashEnd, now >= end {
      state.tree.changed = []
      flashEnd = nil
    }
    session.requestLook()
    times.request(from: session, now: now)
    takeFigures(session, into: &state)
    let progress = session.progress
    state.status.show(progress, idle: idle)
    state.status.network = progress.flatMap { $0.network == current ? nil : $0.network }
    state.status.others = max(0, session.progressOfAll.count - 1)
    curves.take(session)
    state.offersSurface = session.canShowSurface
    state.isInLesson = session.isInLesson
    curves.show(in: &state, planned: session.plannedSteps)
    state.prompt.prompt = StyledLine(session.prompt)
  }

  /// Takes over what was seen inside of blocks since the last time.
  private mutating func takeFigures(_ session: Session, into state: inout ScreenState) {
    let look = session.look
    if look.count != looks {
      looks = look.count
      let before = state.tree.figures
      state.tree.figures = look.blocks.mapValues {
        BlockFigures(mean: $0.mean, deviation: $0.deviation, deadShare: $0.deadShare)
      }
      let norms = look.blocks.compactMapValues(\.gradientNorm)
      if norms.isEmpty {
        keepNorms(of: before, in: &state)
      } else {
        show(norms, in: &state)
        measured.isShown = false
      }
    }
    if let news = times.take(session) {
      state.tree.times = news.isEmpty ? nil : overview?.timeShares(news)
    }
    let found = session.measuredGradients
    guard found?.number != measured.number else { return }
    if found != nil || measured.isShown { show(found?.norms ?? [:], in: &state) }
    measured = (found?.number, found != nil)
  }

  /// Shows norms of gradients as before, where a look has seen none: no step has followed them.
  private func keepNorms(of before: [OutlineRow.ID: BlockFigures], in state: inout ScreenState) {
    for (id, figures) in before {
      state.tree.figures[id, default: BlockFigures()].gradientNorm = figures.gradientNorm
      state.tree.figures[id, default: BlockFigures()].copyNorms = figures.copyNorms
      state.tree.figures[id, default: BlockFigures()].shortcutNorm = figures.shortcutNorm
    }
  }

  /// Shows norms of gradients in place of those before.
  private func show(_ norms: [OutlineRow.ID: Double], in state: inout ScreenState) {
    var figures = state.tree.figures
    for id in figures.keys {
      figures[id]?.gradientNorm = nil
      figures[id]?.copyNorms = []
      figures[id]?.shortcutNorm = nil
    }
    let norms = overview?.gradientNorms(norms)
    for (id, norm) in norms?.blocks ?? [:] {
      figures[id, default: BlockFigures()].gradientNorm = norm
    }
    for (id, copies) in norms?.copies ?? [:] {
      figures[id, default: BlockFigures()].copyNorms = copies
    }
    for (id, norm) in norms?.shortcuts ?? [:] {
      figures[id, default: BlockFigures()].shortcutNorm = norm
    }
    state.tree.figures = figures
  }

  private mutating func show(
    _ overview: Overview, in state: inout ScreenState, now: ContinuousClock.Instant, edit: String?
  ) {
    curves.keep(overview.networkNames)
    if current != overview.name || overview.steps < idle.steps {
      state.tree.figures = [:]
      state.tree.times = nil
      times = TimesInView()
      measured = (nil, false)
    }
    current = overview.name
    self.overview = overview
    idle = (overview.steps, overview.lastEpoch)
    let changed = changes.take(overview)
    guard let facts = overview.facts else {
      state.title = nil
      state.tree.replaceRows([])
      return
    }
    state.title = TitleFacts(
      network: overview.name, shapes: facts.shapes, parameters: facts.parameters,
      frozen: facts.frozen, multiplyAdds: facts.multiplyAdds, data: overview.data,
      optimizer: overview.optimizer,
      device: device)
    state.tree.replaceRows(overview.rows)
    state.tree.marked = overview.openRun
    guard let changed else { return }
    if let edit { curves.mark(edit, network: overview.name, step: overview.steps) }
    state.tree.changed = changed
    flashEnd = changed.isEmpty ? nil : now + Self.flash
    state.tree.revealBlocks(changed)
  }
}

extension StatusFacts {
  /// Takes over how far a run is; where none goes on, what the current network has come to.
  fileprivate mutating func show(_ progress: Progress?, idle: (steps: Int, epoch: EpochSummary?)) {
    guard let progress else {
      if activity != .diverged { activity = .idle }
      (epoch, epochs, secondsLeft, samplesPerSecond) = (nil, nil, nil, nil)
      learningRate = nil
      step = idle.steps > 0 ? idle.steps : nil
      (loss, accuracy) = (idle.epoch?.loss, idle.epoch?.accuracy)
      return
    }
    switch progress.state {
    case .running where !progress.isLearning: activity = .diverged
    case .running: activity = .training
    case .paused: activity = .paused
    case .stopping: activity = .stopping
    }
    (epoch, epochs) = (progress.epoch, progress.epochs)
    step = progress.step
    loss = progress.loss
    accuracy = progress.accuracy
    learningRate = progress.learningRate
    rateChanges = progress.rateChanges
    samplesPerSecond = progress.samplesPerSecond
    secondsLeft = progress.secondsLeft
  }
}
