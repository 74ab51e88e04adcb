import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The loop: draws what is due, waits for keys, signals and news, and handles them.
extension ScreenShell {
  /// News are drawn at most this often.
  private static let frameTime = Duration.milliseconds(33)

  /// How long an Escape may wait for the rest of a sequence.
  private static let escapeTime = Duration.milliseconds(40)

  /// How long the end of a paste may stay away.
  private static let pasteTime = Duration.seconds(2)

  /// Runs until something has ended the shell, or a condition holds.
  func loop(until isDone: () -> Bool) {
    let clock = ContinuousClock()
    while ending == nil, !isDone() {
      takeNotices()
      enterWaiting()
      if ending != nil || isDone() { return }
      let now = clock.now
      drawIfDue(now)
      let hears = !isDirty || now >= lastDraw + Self.frameTime
      let ready = Readiness.wait(
        for: descriptors(hearsNews: hears), milliseconds: timeout(from: now))
      handleSignals()
      if isNews(ready) { isDirty = true }
      if ready.contains(STDIN_FILENO) { readKeys() } else if ready.isEmpty { flushKeys() }
    }
  }

  private func timeout(from now: ContinuousClock.Instant) -> Int? {
    var times: [ContinuousClock.Instant] = []
    if isDirty { times.append(lastDraw + Self.frameTime) }
    if let end = mirror.flashEnd { times.append(end) }
    if let time = hint.time { times.append(time) }
    if decoder.isWaiting { times.append(now + Self.escapeTime) }
    if decoder.isPasting { times.append(now + Self.pasteTime) }
    guard let first = times.min() else { return nil }
    let wait = max(.zero, first - now).components
    return Int(wait.seconds) * 1000 + Int(wait.attoseconds / 1_000_000_000_000_000) + 1
  }

  private func readKeys() {
    guard let bytes = TextFile.keys(of: STDIN_FILENO) else { return }
    // Ctrl-C drops what has not been read: one that came by now stood before these keys.
    handleSignals()
    if bytes.isEmpty {
      ending = ending ?? .signal(.hangUp)
      return
    }
    let before = interruptions
    for press in decoder.feed(bytes) where interruptions == before { handle(press) }
  }

  private func flushKeys() {
    for press in decoder.flush() { handle(press) }
    for press in decoder.abandonPaste() { handle(press) }
  }

  // MARK: Drawing

  private func drawIfDue(_ now: ContinuousClock.Instant) {
    if let end = mirror.flashEnd, now >= end { isDirty = true }
    if let time = hint.time, now >= time {
      lookForHint()
      isDirty = true
    }
    if editor.needsDrawing {
      editor.needsDrawing = false
      isDirty = true
      isUrgent = true
    }
    guard isDirty, isUrgent || now >= lastDraw + Self.frameTime else { return }
    draw()
  }

  /// Draws a frame now.
  func draw() {
    refresh()
    draw(ScreenView(state, size: size).frame)
  }

  /// Puts a frame on the screen.
  func draw(_ frame: Frame) {
    (isDirty, isUrgent) = (false, false)
    lastDraw = ContinuousClock().now
    screen?.draw(frame)
  }

  /// Brings the state up to date with session and editor.
  func refresh() {
    mirror.update(&state, from: session, now: ContinuousClock().now, edit: lastCommand)
    if let height = state.arrangement(size).place(of: .tree)?.inner.height {
      state.tree.settle(height: height)
    }
    if state.drawsSurface, let area = state.arrangement(size).place(of: .chart)?.surfaceArea {
      state.surface = session.watchedSurface(columns: area.width, rows: area.height)
    }
    let display = editor.display
    if let own = display.prompt {
      state.prompt.prompt = StyledLine(own, Style(.prompt))
    } else if !openLines.isEmpty {
      state.prompt.prompt = StyledLine(state.glyphs == .unicode ? "… " : "... ", .faint)
    }
    state.prompt.shortPrompt =
      display.prompt == nil ? StyledLine(state.glyphs == .unicode ? "› " : "> ") : nil
    state.prompt.earlier = openLines.map { StyledLine($0) }
    state.prompt.text = display.text
    state.prompt.cursor = display.cursor
    state.completions = editor.listed
    if hint.line(fullText, cursor: fullCursor, now: ContinuousClock().now) { lookForHint() }
  }

  /// The text of the statement so far, earlier lines included.
  var fullText: String { (openLines + [editor.line]).joined(separator: "\n") }

  /// The bytes of the earlier lines.
  var earlierBytes: Int { openLines.reduce(0) { $0 + $1.utf8.count + 1 } }

  private var fullCursor: Int { earlierBytes + editor.display.cursor }

  private func lookForHint() {
    let clock = ContinuousClock()
    let start = clock.now
    let text = fullText
    state.hint =
      text.allSatisfy(\.isWhitespace)
      ? HintLine() : HintLine(session.hint(for: text, at: fullCursor))
    hint.looked(for: start.duration(to: clock.now))
  }

  // MARK: Signals

  /// Takes the signals so far but for the Ctrl-C that has ended a statement, which is nobody else's.
  func forgetInterrupt() {
    for event in takeSignals() where event != .interrupt { handle(event) }
  }

  private func handleSignals() {
    for event in takeSignals() { handle(event) }
  }

  private func takeSignals() -> [SignalEvent] {
    let events = Signals.take()
    if events.contains(.interrupt) {
      interruptions += 1
      screen?.renew()
      isDirty = true
      isUrgent = true
    }
    return events
  }

  private func handle(_ event: SignalEvent) {
    isDirty = true
    isUrgent = true
    switch event {
    case .resized: resize()
    case .continued:
      screen?.resume()
      resize()
    case .interrupt: interrupt()
    case .stop: suspend()
    case .hangUp, .terminate: ending = ending ?? .signal(event)
    }
  }

  private func resize() {
    guard let screen else { return }
    size = screen.takeSize()
    state.transcript.layOut(columns: columns)
    let arrangement = state.arrangement(size)
    if let place = arrangement.place(of: .tree) { state.tree.reveal(height: place.inner.height) }
    if state.coversPanes { state.openAnswer(size) } else { state.layOutAnswers(size) }
  }

  private func suspend() {
    guard let screen, let original else { return }
    screen.pause()
    EmergencyRestore.disarm()
    original.restore()
    Signals.stopProcess()
    arm(original, screen)
    screen.resume()
    resize()
  }

  /// Ctrl-C: clears what is typed, else interrupts the statement or pauses the run, else says how to leave.
  private func interrupt() {
    flushKeys()
    editor.leaveUnfinished()
    let covered = state.coversPanes
    state.closeAnswer(size)
    if editor.display.prompt != nil || !editor.line.isEmpty || !openLines.isEmpty {
      openLines = []
      editor.clear()
    } else if depth > 0 {
      session.interrupt()
    } else if session.progress != nil {
      if let report = session.pauseRun() { show(report) }
    } else if !covered {
      say([StyledText("nothing to stop; ^D or quit leaves", .dim)])
    }
  }
}

extension HintLine {
  /// What the session knows of a line.
  fileprivate init(_ hint: Hint) {
    let outcome: Outcome =
      switch hint.outcome {
      case .unknown: .nothing
      case .network(let text): .result(text)
      case .refusal(let text): .refusal(text)
      }
    self.init(signature: StyledLine(hint.signature), outcome: outcome)
  }
}
