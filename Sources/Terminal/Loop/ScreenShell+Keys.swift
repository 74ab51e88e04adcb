import Sessions

/// What keys do: those of the panes here, all others in the line editor.
extension ScreenShell {
  func handle(_ press: KeyPress) {
    isDirty = true
    isUrgent = true
    if awaitsKey, press.bytes.count == 1, let key = press.bytes.first.flatMap({ WalkKey($0) }) {
      awaitedKey = key
      return
    }
    if state.showsHelp {
      state.showsHelp = false
      if press.key == Key(.function(1)) || press.key == Key(.escape) { return }
    }
    if state.focus == nil, !editor.listed.isEmpty, handleInCompletions(press.key) { return }
    if readsOn(press.key) {
      page(-1)
      return
    }
    if state.coversPanes, handleInOpenAnswer(press.key) { return }
    if handleAnywhere(press.key) { return }
    if let focus = state.focus, handle(press.key, in: focus) { return }
    type(press)
  }

  /// Keys while completions are listed: arrows and Tab choose one, Enter takes it, Escape takes the list away.
  private func handleInCompletions(_ key: Key) -> Bool {
    state.completions = editor.listed
    func choose(down: Int = 0, right: Int = 0) {
      state.chosenCompletion = ScreenView(state, size: size)
        .chosenCompletion(down: down, right: right)
    }
    let chosen = state.chosenCompletion
    switch (key.code, key.modifiers) {
    case (.down, []), (.tab, []): choose(down: 1)
    case (.up, []), (.tab, .shift): choose(down: -1)
    case (.right, []) where chosen != nil: choose(right: 1)
    case (.left, []) where chosen != nil: choose(right: -1)
    case (.escape, []): editor.dismissList()
    case (.enter, []):
      guard let chosen, editor.listed.indices.contains(chosen) else { return false }
      editor.take(editor.listed[chosen])
    default: return false
    }
    return true
  }

  /// Keys while an answer covers panes: some scroll it, all others close it.
  ///
  /// - Returns: whether that is all that the key does.
  private func handleInOpenAnswer(_ key: Key) -> Bool {
    switch (key.code, key.modifiers) {
    case (.pageUp, _), (.pageDown, _), (.up, .shift), (.down, .shift), (.function(1), []),
      (.mouse, _):
      return false
    case (.function(3), []):
      state.closeAnswer(size)
      zoom(.transcript)
      return true
    case (.escape, []):
      state.closeAnswer(size)
      return true
    case (.enter, []) where fullText.isEmpty:
      state.closeAnswer(size)
      return session.emptyLine == nil
    default:
      state.closeAnswer(size)
      return false
    }
  }

  /// Whether a key scrolls an answer on that is cut below: Enter and Space on an empty line.
  private func readsOn(_ key: Key) -> Bool {
    guard state.readsOn, key.modifiers.isEmpty, fullText.isEmpty else { return false }
    return key.code == .enter || key.code == .character(" ")
  }

  /// Hands a key to the line editor; it takes the focus back.
  private func type(_ press: KeyPress) {
    if state.focus != nil {
      state.focus = nil
      state.tree.selection = nil
      state.isZoomed = false
      state.layOutAnswers(size)
    }
    if case .paste(let bytes) = press.key.code {
      editor.insert(pasted: bytes)
    } else {
      editor.feed(press.bytes)
    }
    takeLines()
  }

  /// Keys that mean the same wherever the focus is.
  private func handleAnywhere(_ key: Key) -> Bool {
    switch (key.code, key.modifiers) {
    case (.function(1), []): state.showsHelp = true
    case (.function(2), []): focusNext()
    case (.function(3), []): zoom()
    case (.function(4), []):
      if let screen { screen.reportMouse(!screen.reportsMouse) }
    case (.pageUp, _): page(1)
    case (.pageDown, _): page(-1)
    case (.up, .shift): scroll(.transcript, by: 1)
    case (.down, .shift): scroll(.transcript, by: -1)
    case (.character("l"), .control):
      screen?.forget()
      state.transcript.follow()
    case (.mouse(let mouse, let point), _): handle(mouse, at: point)
    default: return false
    }
    return true
  }

  private func focusNext() {
    let order: [Pane?] = [.tree, .chart, .transcript, nil]
    let next = state.focus.flatMap { order.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    focus(order[next])
  }

  private func focus(_ pane: Pane?) {
    state.focus = pane
    if pane == nil { state.isZoomed = false }
    state.zoomsUnfocused = false
    state.layOutAnswers(size)
    state.tree.selection = pane == .tree && !state.tree.rows.isEmpty ? state.tree.top : nil
  }

  private func zoom() {
    if state.focus == nil { return zoom(state.paneToZoom(size)) }
    if state.isZoomed, state.zoomsUnfocused { return focus(nil) }
    state.isZoomed.toggle()
    state.layOutAnswers(size)
  }

  /// Shows a pane alone while the prompt has the keys, which it has again behind that.
  private func zoom(_ pane: Pane) {
    focus(pane)
    (state.isZoomed, state.zoomsUnfocused) = (true, true)
    state.layOutAnswers(size)
    if pane == .transcript { state.lookAtTurn(size) }
  }

  private func inner(_ pane: Pane) -> Rectangle {
    state.arrangement(size).place(of: pane)?.inner ?? Rectangle(x: 0, y: 0, width: 0, height: 0)
  }

  private func page(_ direction: Int) {
    let pane: Pane = state.focus == .tree ? .tree : .transcript
    scroll(pane, by: direction * max(1, inner(pane).height - 1))
  }

  /// Looks so many rows further up.
  private func scroll(_ pane: Pane, by rows: Int) {
    let place = inner(pane)
    switch pane {
    case .tree: state.tree.scroll(by: -rows, height: place.height)
    case .transcript:
      state.transcript.scroll(
        by: rows, size: Size(place.width - 2, place.height),
        cutsTables: state.tableHint(state.arrangement(size)) != nil)
    case .chart: break
    }
  }

  private func handle(_ mouse: Key.Mouse, at point: Point) {
    let place = state.arrangement(size).places.first { $0.outer.contains(point) }
    switch mouse {
    case .wheelUp: if let place { scroll(place.pane, by: 3) }
    case .wheelDown: if let place { scroll(place.pane, by: -3) }
    case .press(0):
      focus(place?.pane)
      let row = point.y - (place?.inner.y ?? 0) + state.tree.top
      if place?.pane == .tree, state.tree.rows.indices.contains(row) {
        state.tree.selection = row
        toggleFold()
      }
    case .press, .release, .motion: break
    }
  }

  // MARK: Panes

  /// Keys of the focused pane; false for all others, which go to the prompt.
  private func handle(_ key: Key, in pane: Pane) -> Bool {
    if key.code == .escape {
      focus(nil)
      return true
    }
    switch pane {
    case .tree: return handleInTree(key)
    case .chart: return handleInChart(key)
    case .transcript: return handleInTranscript(key)
    }
  }

  private func handleInTree(_ key: Key) -> Bool {
    let height = inner(.tree).height
    let last = state.tree.rows.count
    guard key.modifiers.isEmpty else { return false }
    switch key.code {
    case .character("j"), .down: state.tree.move(by: 1, height: height)
    case .character("k"), .up: state.tree.move(by: -1, height: height)
    case .character("g"), .home: state.tree.move(by: -last, height: height)
    case .character("G"), .end: state.tree.move(by: last, height: height)
    case .enter, .character(" "): toggleFold()
    default: return false
    }
    return true
  }

  private func toggleFold() {
    guard let selection = state.tree.selection, state.tree.rows.indices.contains(selection) else {
      return
    }
    session.toggleFold(state.tree.rows[selection])
    refresh()
    state.tree.reveal(height: inner(.tree).height)
  }

  private func handleInChart(_ key: Key) -> Bool {
    guard key.modifiers.isEmpty else { return false }
    switch key.code {
    case .character("l"):
      let scale: Axis.Scale = state.loss.scale == .linear ? .logarithmic : .linear
      state.loss.scale = scale
    case .character("a"): state.showsAccuracy.toggle()
    case .character("s"):
      guard state.offersSurface else {
        state.hint = HintLine(
          signature: StyledLine("a surface needs data of two inputs and classes", .faint))
        return true
      }
      state.showsSurface.toggle()
    default: return false
    }
    return true
  }

  private func handleInTranscript(_ key: Key) -> Bool {
    guard key.modifiers.isEmpty else { return false }
    switch key.code {
    case .character("j"), .down: scroll(.transcript, by: -1)
    case .character("k"), .up: scroll(.transcript, by: 1)
    case .character("g"), .home: scroll(.transcript, by: Transcript.capacity)
    case .character("G"), .end: state.transcript.follow()
    default: return false
    }
    return true
  }
}
