import Sessions

/// Lines that are entered, what they answer, and runs they wait for.
extension ScreenShell {
  /// Begins a line at the prompt.
  func beginLine() { editor.begin(prompt: "") }

  /// Takes the lines that keys have ended, and those keys behind them.
  ///
  /// The next line begins before a statement runs, as keys come while it waits for a run.
  func takeLines() {
    while let event = editor.takeEvent() {
      beginLine()
      switch event {
      case .end: end()
      case .line(let line): enter(line)
      }
      if ending != nil { return }
      editor.readQueue()
    }
  }

  /// Ctrl-D on an empty line: leaves, but not by surprise while training runs.
  private func end() {
    if !openLines.isEmpty {
      openLines = []
      say([StyledText("the open block was dropped", .dim)])
    } else if session.progress != nil, !hasWarned {
      hasWarned = true
      say([StyledText("training runs; ^D again stops it and leaves", .warning)])
    } else if let report = session.reasonToStay() {
      show(report)
    } else {
      if depth > 0 { session.stopRun() }
      ending = .status(.good)
    }
  }

  private func enter(_ line: String) {
    openLines.append(line)
    var text = openLines.joined(separator: "\n")
    if text.isEmpty, let command = session.emptyLine { text = command }
    if session.needsMore(text) { return }
    openLines = []
    hasWarned = false
    guard !text.allSatisfy(\.isWhitespace) else { return }
    editor.remember(text)
    waiting.append(text)
    enterWaiting()
  }

  /// Runs the lines that have been entered, unless one waits for a run.
  func enterWaiting() {
    while depth == 0, ending == nil, !waiting.isEmpty { run(waiting.removeFirst()) }
  }

  /// Runs the text of a statement as if it were typed.
  func run(_ text: String) {
    state.beginAnswer(size)
    echo(text)
    if text.utf8.count > Self.longEcho { state.transcript.beginAnswer() }
    lastCommand = String(
      text.split(whereSeparator: \.isWhitespace).prefix(2).joined(separator: " "))
    depth += 1
    hasWaited = false
    lastNote = nil
    let rows = state.tree.rows
    let outcome = busy { session.run(Source(text, from: .prompt), on: self) }
    depth -= 1
    if outcome == .interrupted || session.isInterrupted { forgetInterrupt() }
    isDirty = true
    isUrgent = true
    hint.forget()
    if case .quit(let status) = outcome { ending = ending ?? .status(.given(status)) }
    refresh()
    if hasWaited {
      state.openPage(size)
    } else {
      state.openAnswer(size, keepsTree: state.tree.rows != rows)
    }
    lastCommand = nil
  }

  /// Bytes of a statement that is long enough for its answer to be looked at without it.
  private static let longEcho = 160

  /// Completes a word of the line, whatever lines were entered before it.
  func completion(of line: String, at cursor: Int) -> Completion {
    let earlier = openLines.map { $0 + "\n" }.joined()
    let before = earlier.utf8.count
    var completion = session.completion(of: earlier + line, at: before + cursor)
    completion.start = max(0, completion.start - before)
    return completion
  }

  private func echo(_ text: String) {
    let sign = state.glyphs == .unicode ? "›" : ">"
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let start = StyledLine((index == 0 ? sign : " ") + " ", Style(.prompt, .bold))
      state.transcript.append([start + StyledLine(String(line), .strong)])
    }
  }

  /// Adds lines to the transcript, which lays them out anew where it is told how.
  func say(_ lines: [StyledText], laidOut layout: Report.Layout? = nil) {
    if !state.coversPanes { state.transcript.leaveAnswer() }
    state.transcript.append(lines.map { StyledLine($0) }, laidOut: layout)
    isDirty = true
    isUrgent = true
  }

  /// Takes over what a run in the background came to.
  func takeNotices() {
    guard depth == 0 else { return }
    let notices = session.takeNotices()
    notices.forEach(show)
    if notices.contains(where: \.isPage) { state.openPage(size) }
  }
}

extension ScreenShell: Console {
  /// Adds a report to the log.
  package func show(_ report: Report) {
    let columns = state.arrangement(size).place(of: .transcript).map { $0.inner.width - 2 } ?? 80
    let lines =
      report.lines
      + report.diagnosticLines(columns: max(20, columns), isASCII: state.glyphs == .ascii)
    if report.isPage, !state.coversPanes { state.transcript.beginPage() }
    if let layout = report.layout {
      say(Array(lines.prefix(layout.count)), laidOut: layout)
      say(Array(lines.dropFirst(layout.count)))
    } else {
      say(lines)
    }
    state.status.note(report)
    if ContinuousClock().now - lastDraw > .milliseconds(33) { draw() }
  }

  /// Shows how far a command is where hints stand.
  package func note(_ text: String) {
    let now = ContinuousClock().now
    if let lastNote, now - max(lastNote, lastDraw) <= .milliseconds(100) { return }
    lastNote = now
    refresh()
    state.hint = HintLine(signature: StyledLine(text, .faint))
    hint.forget()
    draw(ScreenView(state, size: size).frame)
  }

  package var isInterruptPending: Bool { Signals.isInterruptPending }

  /// Keeps the screen alive until the current run is over or held.
  package func waitForRun() {
    hasWaited = true
    draw()
    attentive { loop { session.progress == nil || session.isHeld } }
    if ending != nil { session.stopRun() }
  }
}

extension StatusFacts {
  /// Takes over what an answer says of the run.
  fileprivate mutating func note(_ report: Report) {
    if report.diagnostics.contains(where: { $0.code == .diverged }) {
      activity = .diverged
    } else if activity == .diverged {
      activity = .idle
    }
  }
}
