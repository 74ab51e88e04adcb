import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The prompt without panes: readline in a poll loop, with runs going on in the background.
///
/// What a run has to say appears above the line being typed, which is never lost. Ctrl-C clears the
/// line; on an empty one it pauses the run. Ctrl-D on an empty line leaves.
package final class PromptShell {
  private let application: any Application
  private let printer: Printer
  private let runner: SourceRunner
  private let editor: LineEditor
  private let style: AnsiStyle
  private let glyphs: Glyphs
  private let changesPrompt: Bool

  /// Called when the shell is left in whatever way.
  package var onLeave: () -> StyledText? = { nil }

  private var decoder: KeyDecoder

  /// How long an Escape may wait for the rest of a sequence, and the end of a paste stay away.
  private static let escapeTime = 40
  private static let pasteTime = 2000

  /// Keys that were read behind the line that was entered.
  private var waiting: [KeyPress] = []

  /// The lines of a statement that is not complete yet.
  private var pending = ""
  private var shownPrompt = ""
  private var shownEpochs = 0
  private var epochsShownAt = ContinuousClock.now - .seconds(60)
  private var promptShownAt = ContinuousClock.now
  private var newsHeardAt = ContinuousClock.now - .seconds(60)

  /// Rows that a list of candidates may take.
  private static let listHeight = 16

  /// At most so often there is a line on epochs, and the prompt shows another loss.
  private static let epochInterval = Duration.seconds(1)
  private static let promptInterval = Duration.milliseconds(250)
  private static let newsInterval = Duration.milliseconds(40)

  /// A prompt; nothing where readline cannot be used.
  package init?(
    _ application: any Application, surroundings: Surroundings, printer: Printer,
    runner: SourceRunner
  ) {
    let historyPath = HistoryFile.path
    let drawing =
      surroundings.outputIsTerminal || !surroundings.errorIsTerminal
      ? STDOUT_FILENO : STDERR_FILENO
    guard
      let editor = LineEditor(
        drawingOn: drawing,
        historyPath: historyPath.flatMap { HistoryFile.prepare($0) ? $0 : nil })
    else { return nil }
    self.application = application
    self.printer = printer
    self.runner = runner
    self.editor = editor
    style = drawing == STDOUT_FILENO ? surroundings.outputStyle : surroundings.errorStyle
    glyphs = surroundings.isUTF8 ? .unicode : .ascii
    changesPrompt = style != .bare
    decoder = KeyDecoder(readsUTF8: surroundings.isUTF8)
    printer.onEnd = { [editor] in editor.end() }
    printer.outlivesTerminal = true
    runner.onEvent = { [unowned self] in handle($0) }
    runner.watch.hearEnds(application.giveUp)
    editor.complete = { [unowned self] in completion(of: $0, at: $1) }
    editor.list = { [style, glyphs] candidates in
      let size = Size(TerminalSize(of: drawing).columns - 1, Self.listHeight)
      return style.lines(CompletionView(candidates).frame(size, glyphs: glyphs))
    }
  }

  /// Reads and runs statements until the user leaves.
  package func run() -> Ending {
    Signals.install(SignalEvent.allCases)
    let mode = TerminalMode(of: STDIN_FILENO)
    defer { EmergencyRestore.disarm() }
    while true {
      if !editor.isActive { beginLine(mode) }
      editor.readQueue()
      typeWaiting()
      let ready = editor.isActive ? waitForInput() : []
      // A signal may have come together with the keys behind it: it goes first.
      Signals.take().forEach(handle)
      showNews()
      if ready.contains(STDIN_FILENO) {
        if !readKeys() { return leave(.good) }
      } else if editor.isActive, ready.isEmpty {
        waiting += decoder.flush() + decoder.abandonPaste()
      }
      typeWaiting()
      switch editor.takeEvent() {
      case .line(let line): if let status = take(line) { return leave(status) }
      case .end where pending.isEmpty:
        guard let report = application.reasonToStay() else { return leave(.good) }
        printer.print(report)
      case .end: pending = ""
      case nil: break
      }
    }
  }

  /// Reads keys and hands them to the editor; false at the end of the input.
  private func readKeys() -> Bool {
    guard let bytes = TextFile.keys(of: STDIN_FILENO) else { return true }
    // Ctrl-C drops what has not been read: one that came by now stood before these keys.
    Signals.take().forEach(handle)
    if bytes.isEmpty {
      waiting += decoder.flush() + decoder.abandonPaste()
      typeWaiting()
      if !editor.isActive { return true }
      if editor.line.isEmpty { return false }
      editor.feed([UInt8(ascii: "\r")])
      return true
    }
    waiting += decoder.feed(bytes)
    return true
  }

  /// Hands keys over as long as a line is edited; those behind it are for the next one.
  private func typeWaiting() {
    let presses = waiting
    waiting = []
    for (index, press) in presses.enumerated() {
      guard editor.isActive else {
        waiting = Array(presses[index...])
        return
      }
      type(press, moreFollow: index + 1 < presses.count)
    }
  }

  private func type(_ press: KeyPress, moreFollow: Bool) {
    if case .paste(let bytes) = press.key.code {
      editor.insert(pasted: bytes)
    } else {
      editor.feed(press.bytes, moreFollow: moreFollow)
    }
  }

  // MARK: Statements

  private func beginLine(_ mode: TerminalMode?) {
    shownPrompt = promptText
    editor.begin(prompt: shownPrompt)
    if let mode {
      EmergencyRestore.arm(mode, writing: editor.restoringBytes, to: STDOUT_FILENO)
    }
  }

  private var promptText: String {
    guard pending.isEmpty else { return glyphs == .unicode ? "… " : "... " }
    return glyphs.spell(style.prompt(application.prompt))
  }

  /// Runs the statement that a line completes; gives the status to leave with, if it says so.
  private func take(_ line: String) -> Ending? {
    var text = pending.isEmpty ? line : pending + "\n" + line
    if pending.isEmpty, text.isEmpty, let command = application.emptyLine { text = command }
    pending = ""
    guard !text.allSatisfy(\.isWhitespace) else { return nil }
    if application.needsMore(text) {
      pending = text
      return nil
    }
    editor.remember(text)
    let hadRun = application.progress != nil
    let outcome = runner.run(Source(text, from: .prompt))
    if runner.wasInterrupted {
      waiting = []
      _ = decoder.flush() + decoder.abandonPaste()
    }
    if application.progress == nil {
      shownEpochs = application.epochCount
    } else if !hadRun {
      shownEpochs = 0
    }
    if case .quit(let status) = outcome { return .given(status) }
    return nil
  }

  private func completion(of line: String, at cursor: Int) -> Completion {
    let before = pending.isEmpty ? "" : pending + "\n"
    var completion = application.completion(of: before + line, at: before.utf8.count + cursor)
    completion.start = max(0, completion.start - before.utf8.count)
    return completion
  }

  // MARK: News

  /// Waits for keys, signals, news of a run, or the time to show what was held back.
  ///
  /// News come with every step, thousands a second, so after some they are left alone for a while.
  private func waitForInput() -> Set<Int32> {
    let now = ContinuousClock.now
    let pause = Self.newsInterval - (now - newsHeardAt)
    let listens = pause <= .zero
    var waits = listens ? [] : [pause]
    if changesPrompt, promptText != shownPrompt {
      waits.append(Self.promptInterval - (now - promptShownAt))
    }
    if application.epochCount > shownEpochs {
      waits.append(Self.epochInterval - (now - epochsShownAt))
    }
    if decoder.isWaiting { waits.append(.milliseconds(Self.escapeTime)) }
    if decoder.isPasting { waits.append(.milliseconds(Self.pasteTime)) }
    let descriptors = [STDIN_FILENO, Signals.readEnd] + (listens ? [runner.newsEnd] : [])
    let ready = Readiness.wait(
      for: descriptors, milliseconds: waits.min().map { max(1, Int($0 / .milliseconds(1))) })
    if ready.contains(runner.newsEnd) {
      newsHeardAt = .now
      runner.drainNews()
    }
    return ready
  }

  private func showNews() {
    let now = ContinuousClock.now
    let notices = application.takeNotices()
    if now - epochsShownAt >= Self.epochInterval || !notices.isEmpty {
      let news = application.epochs(from: shownEpochs)
      shownEpochs = news.end
      var latest: [EpochSummary] = []
      for epoch in news.epochs.reversed()
      where !latest.contains(where: { $0.network == epoch.network }) { latest.insert(epoch, at: 0) }
      if !latest.isEmpty {
        epochsShownAt = now
        editor.writeAbove { latest.forEach(printer.print) }
      }
    }
    if !notices.isEmpty { editor.writeAbove { notices.forEach(printer.print) } }
    guard changesPrompt, now - promptShownAt >= Self.promptInterval || !notices.isEmpty else {
      return
    }
    let prompt = promptText
    guard prompt != shownPrompt else { return }
    promptShownAt = now
    if editor.change(prompt: prompt) { shownPrompt = prompt }
  }

  // MARK: Events

  private func handle(_ event: SignalEvent) {
    switch event {
    case .resized: editor.resize()
    case .continued: editor.resume()
    case .stop: stop()
    case .interrupt: interrupt()
    case .hangUp, .terminate: end(by: event)
    }
  }

  private func interrupt() {
    waiting = decoder.flush() + decoder.abandonPaste()
    guard editor.isActive else { return forgetEntered() }
    typeWaiting()
    editor.leaveUnfinished()
    if editor.line.isEmpty, pending.isEmpty, application.progress != nil {
      if let report = application.pauseRun() { editor.writeAbove { printer.print(report) } }
    } else {
      pending = ""
      shownPrompt = promptText
      editor.discardLine(prompt: shownPrompt)
    }
  }

  /// Forgets a line that was entered and has not begun to run, and keys behind it.
  private func forgetEntered() {
    waiting = []
    pending = ""
    _ = editor.takeEvent()
  }

  private func stop() {
    editor.withTerminalReleased { Signals.stopProcess() }
    Signals.take().filter { $0 != .continued }.forEach(handle)
  }

  private func end(by event: SignalEvent) {
    _ = leave(.good)
    Signals.end(by: event.number)
  }

  /// Gives the terminal back and ends what runs in the background.
  private func leave(_ status: Ending) -> Ending {
    editor.end()
    if application.progress != nil {
      application.stopRun()
      runner.waitForRun(showingEpochsFrom: shownEpochs)
      application.takeNotices().forEach(printer.print)
    }
    let farewell = onLeave()
    application.takeNotices().forEach(printer.print)
    if let farewell { printer.print([farewell]) }
    return status
  }
}
