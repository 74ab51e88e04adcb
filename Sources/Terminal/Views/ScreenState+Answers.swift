import Sessions

/// Answers that need more room than their pane has.
extension ScreenState {
  /// Whether the newest answer lies over other panes, which the next key ends.
  package var coversPanes: Bool { opening == .column || opening == .body }

  /// Gives the newest answer as little more room as shows it whole, or all of the body, and looks at its first line.
  ///
  /// - Parameter keepsTree: whether the tree stays in view, as for an answer to what has changed it; the end of one
  ///   that is too long is what is shown.
  package mutating func openAnswer(_ size: Size, keepsTree: Bool = false) {
    guard !isZoomed else { return }
    let least = Arrangement.leastSize
    if size.width < least.width || size.height < least.height {
      opening = .pane
    } else {
      let all: [PaneWishes.Opening] = [.pane, .wide, .column]
      let fitting = all.first { transcript.fitsAnswer(answerArea(size, $0)) }
      opening = fitting ?? (keepsTree ? .pane : .body)
      if fitting == nil, keepsTree, !transcript.hasPage { return }
    }
    showAnswer(size)
  }

  /// Gives the other panes their room again; what is left of the answer begins at its first line.
  package mutating func closeAnswer(_ size: Size) {
    guard coversPanes else { return }
    opening = transcript.answerWidth <= answerArea(size, .wide).width ? .wide : .pane
    showAnswer(size)
  }

  /// Begins a new answer, in a pane as it is without a wish.
  package mutating func beginAnswer(_ size: Size) {
    opening = .pane
    transcript.beginAnswer()
    layOutAnswers(size)
  }

  /// Looks at a page that has come behind a run, in its pane from its first line on; the chart stays in view.
  package mutating func openPage(_ size: Size) {
    guard transcript.hasPage, !coversPanes, !isZoomed else { return }
    opening = transcript.fitsAnswer(answerArea(size, .wide)) ? .wide : .pane
    showAnswer(size)
  }

  /// Looks at the last command's answer from its first line on, in the room that its pane has.
  package mutating func lookAtTurn(_ size: Size) {
    let cuts = tableHint(arrangement(size)) != nil
    transcript.showTurn(answerArea(size, opening), cutsTables: cuts)
  }

  /// Whether Enter and Space scroll: there is more below, and nothing else that they could mean.
  package var readsOn: Bool { transcript.offset > 0 && focus != .tree && focus != .chart }

  private func answerArea(_ size: Size, _ opening: PaneWishes.Opening) -> Size {
    arrangement(size, opening).place(of: .transcript)?.inner.inset(1, 0).size ?? Size(0, 0)
  }

  private mutating func showAnswer(_ size: Size) {
    let cuts = tableHint(arrangement(size)) != nil
    transcript.showAnswer(answerArea(size, opening), cutsTables: cuts)
  }
}
