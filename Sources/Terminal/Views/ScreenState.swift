import Sessions

/// Everything the screen shows, as a value.
package struct ScreenState: Sendable {
  package var glyphs: Glyphs
  package var title: TitleFacts?
  package var tree: TreeState
  package var loss: Chart
  package var accuracy: Chart?

  /// Whether the chart pane shows the accuracy instead of the loss.
  package var showsAccuracy = false

  /// Whether the chart pane shows the surface of two inputs instead, and that surface.
  package var showsSurface = false
  package var surface: DecisionSurface?

  /// Whether there is a surface to show at all; the chart stands in its place where there is none.
  package var offersSurface = true

  /// Whether a lesson is gone through.
  package var isInLesson = false

  /// Whether colours tell apart what stands side by side.
  package var hasColours = true
  package var transcript: Transcript
  package var status: StatusFacts
  package var prompt: PromptLine
  package var hint: HintLine

  /// Candidates in view; none while nothing is being completed.
  package var completions: [Completion.Candidate] = [] {
    didSet { if completions != oldValue { chosenCompletion = nil } }
  }

  /// The candidate that arrows have chosen.
  package var chosenCompletion: Int?

  /// The pane that has the keys, or nothing while the prompt has them.
  package var focus: Pane?

  /// Whether the focused pane takes the room of all.
  package var isZoomed = false
  package var showsHelp = false

  /// Whether a key has zoomed a pane that had no focus, which the prompt has back behind it.
  package var zoomsUnfocused = false

  /// How much room the newest answer takes.
  package var opening = PaneWishes.Opening.pane

  /// An empty screen.
  package init(glyphs: Glyphs, prompt: PromptLine) {
    self.glyphs = glyphs
    tree = TreeState(glyphs: glyphs)
    loss = Chart()
    transcript = Transcript(glyphs: glyphs)
    status = StatusFacts()
    self.prompt = prompt
    hint = HintLine()
  }

  /// Where everything is on a screen of this size.
  package func arrangement(_ size: Size) -> Arrangement {
    arrangement(size, opening)
  }

  func arrangement(_ size: Size, _ opening: PaneWishes.Opening) -> Arrangement {
    var wishes = PaneWishes()
    // An answer that has asked for room comes before receptive fields.
    let room = opening == .pane ? size.width - Arrangement.leastRight - 2 : 0
    wishes.tree = tree.wishedWidth(room: room)
    wishes.answer = transcript.answerWidth
    wishes.opening = opening
    wishes.hasCurves = !loss.curves.isEmpty
    wishes.isInLesson = isInLesson
    return Arrangement(
      size, promptRows: prompt.rows, focus: focus, isZoomed: isZoomed, wishes: wishes)
  }

  /// Says how to see all of a table that the answers' pane cuts; nothing where tables are shown whole.
  package func tableHint(_ arrangement: Arrangement) -> String? {
    guard !isZoomed, arrangement.places.count > 1 else { return nil }
    let isNext = focus == nil || focus == .transcript
    return isNext ? "F3 shows all of it" : "Esc, then F3 shows all of it"
  }

  /// Brings the answers into the layout that their pane has on a screen of this size.
  package mutating func layOutAnswers(_ size: Size) {
    let arrangement = arrangement(size)
    guard let place = arrangement.place(of: .transcript) else { return }
    transcript.setWidth(place.inner.width - 2, cutsTables: tableHint(arrangement) != nil)
  }

  /// The pane to zoom while the prompt has the keys: the answers where they are cut, or the tree.
  package func paneToZoom(_ size: Size) -> Pane {
    let arrangement = arrangement(size)
    if tree.rows.isEmpty { return .transcript }
    guard tableHint(arrangement) != nil, let place = arrangement.place(of: .transcript) else {
      return .tree
    }
    let area = place.inner.inset(1, 0).size
    let isWhole = transcript.fitsTurn(area) && !transcript.showsCutTable(area)
    return isWhole ? .tree : .transcript
  }

  /// Whether the chart's pane has the surface.
  package var drawsSurface: Bool { showsSurface && offersSurface }

  /// The chart in view.
  package var chart: Chart {
    if showsAccuracy, let accuracy { accuracy } else { loss }
  }

  /// The keys worth showing now, the most useful first.
  package var keys: [KeyHint] {
    let close = KeyHint("F2", focus == nil ? "panes" : "next")
    let pause: [KeyHint] = status.activity == .training ? [.pause] : []
    switch focus {
    case nil:
      let leave: [KeyHint] = pause.isEmpty ? [KeyHint("^D", "quit")] : pause
      return [KeyHint("F1", "help"), close] + leave
    case .tree: return [KeyHint("Enter", "fold"), close, KeyHint("F3", "zoom")] + pause
    case .chart:
      let scale = KeyHint("l", loss.scale == .linear ? "log" : "linear")
      let surface =
        offersSurface ? [KeyHint("s", showsSurface ? "curves" : "surface")] : []
      return surface + [scale, KeyHint("a", showsAccuracy ? "loss" : "accuracy"), close] + pause
    case .transcript: return [KeyHint("PgUp", "back"), close, KeyHint("F3", "zoom")] + pause
    }
  }
}
