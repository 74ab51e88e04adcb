import Sessions

/// The whole screen of a state: a pure function to a frame.
package struct ScreenView {
  private let state: ScreenState
  private let arrangement: Arrangement
  private let size: Size

  /// A view of a state on a screen of some size.
  package init(_ state: ScreenState, size: Size) {
    self.state = state
    self.size = size
    arrangement = state.arrangement(size)
  }

  /// The frame, the cursor at the prompt.
  package var frame: Frame {
    var frame = Frame(size)
    guard size.width > 0, size.height > 0 else { return frame }
    if let place = arrangement.title {
      let title = state.title?.line(glyphs: state.glyphs) ?? TitleFacts.withoutNetwork
      title.draw(place, into: &frame)
    }
    var borders = Borders(size)
    for place in arrangement.places where place.pane != state.focus {
      borders.add(place, isFocused: false)
    }
    for place in arrangement.places where place.pane == state.focus {
      borders.add(place, isFocused: true)
    }
    borders.draw(into: &frame, glyphs: state.glyphs)
    for place in arrangement.places { draw(place, into: &frame) }
    drawCompletions(into: &frame)
    if state.showsHelp { drawHelp(into: &frame) }
    if let place = arrangement.status {
      state.status.line(keys: state.keys, glyphs: state.glyphs).draw(place, into: &frame)
    }
    let prompt = state.prompt.frame(
      Size(max(1, arrangement.prompt.width - 1), arrangement.prompt.height), glyphs: state.glyphs)
    frame.paste(prompt, at: Point(size.width > 1 ? 1 : 0, arrangement.prompt.y))
    if let place = arrangement.hint {
      state.hint.draw(
        place, indent: state.prompt.prompt(width: size.width - 1).width + 1, glyphs: state.glyphs,
        into: &frame)
    }
    return frame
  }

  /// Whether the completions take the place of the answers, or lie over the panes.
  private var completionsReplaceAnswers: Bool {
    guard !state.completions.isEmpty, !state.showsHelp,
      let place = arrangement.place(of: .transcript)
    else { return false }
    return place.inner.height >= 4 && place.inner.width >= 24
  }

  private var completions: CompletionView {
    CompletionView(state.completions, chosen: state.chosenCompletion)
  }

  /// The candidate that an arrow chooses next.
  package func chosenCompletion(down: Int, right: Int = 0) -> Int? {
    let area =
      completionsReplaceAnswers ? arrangement.place(of: .transcript)?.inner.inset(1, 0) : nil
    return completions.moved(
      down: down, right: right, in: area?.size ?? overlaySize, glyphs: state.glyphs)
  }

  /// The room for completions that lie over panes.
  private var overlaySize: Size { Size(size.width - 2, min(8, overlayBottom)) }

  /// The row below them: the status line, or the prompt.
  private var overlayBottom: Int { (arrangement.status ?? arrangement.prompt).y }

  private func draw(_ place: Arrangement.Place, into frame: inout Frame) {
    let inner = place.inner
    guard !inner.isEmpty || place.separation == .rules else { return }
    switch place.pane {
    case .tree: drawTree(place, into: &frame)
    case .chart where state.drawsSurface:
      drawTitle("surface", place, into: &frame)
      let area = place.surfaceArea
      let view = SurfaceView(
        surface: state.surface, hasColours: state.hasColours, glyphs: state.glyphs)
      frame.paste(view.frame(area.size), at: area.origin)
    case .chart:
      let log = state.chart.scale == .logarithmic ? ", log scale" : ""
      drawTitle(
        (state.showsAccuracy && state.accuracy != nil ? "accuracy" : "loss") + log, place,
        into: &frame)
      let area = place.separation == .boxes ? inner.inset(1, 0) : inner
      frame.paste(
        ChartView(state.chart, glyphs: state.glyphs).frame(area.size), at: area.origin)
    case .transcript:
      if completionsReplaceAnswers {
        drawTitle("completions", place, into: &frame)
        let area = inner.inset(1, 0)
        frame.paste(completions.frame(area.size, glyphs: state.glyphs), at: area.origin)
        return
      }
      drawTitle("answers", place, into: &frame)
      let area = inner.inset(1, 0)
      let answers = state.transcript.frame(area.size, whole: state.tableHint(arrangement))
      frame.paste(answers, at: area.origin)
      drawHead(place, into: &frame)
      drawFoot(place, into: &frame)
    }
  }

  /// How much of the last command's answer lies above the view.
  private func drawHead(_ place: Arrangement.Place, into frame: inout Frame) {
    let above = state.transcript.rowsAbove(place.inner.inset(1, 0).size)
    guard above > 0, place.outer.y >= 0 else { return }
    let text = " \(state.glyphs == .unicode ? "↑" : "^") \(above) more "
    let title = place.outer.x + 2 + " answers ".count
    let x = place.outer.right - 2 - text.count
    guard x >= title else { return }
    frame.write(
      text, x: x, y: place.outer.y, style: Style(.focus), limit: place.outer.right - 1)
  }

  /// How much lies below the answers in view, and how to get rid of those that cover other panes.
  private func drawFoot(_ place: Arrangement.Place, into frame: inout Frame) {
    guard place.separation == .boxes else { return }
    let y = place.outer.bottom - 1
    let limit = place.outer.right - 1
    if state.coversPanes {
      frame.write(
        " any key closes ", x: place.outer.x + 2, y: y, style: Style(.focus), limit: limit)
    }
    guard state.transcript.offset > 0 else { return }
    let key = state.coversPanes ? "PgDn " : ""
    let text = " \(key)\(state.glyphs == .unicode ? "↓" : "v") \(state.transcript.offset) more "
    frame.write(
      text, x: max(place.outer.x + 2, place.outer.right - 2 - text.count), y: y,
      style: Style(.focus), limit: limit)
  }

  private func drawTree(_ place: Arrangement.Place, into frame: inout Frame) {
    let inner = place.inner
    let view = TreeView(state.tree, width: inner.width - 1)
    let after = drawTitle("network", place, into: &frame)
    for heading in view.headings where inner.x + heading.x - 1 > after {
      frame.write(
        " \(heading.text) ", x: inner.x + heading.x - 1, y: place.outer.y, style: .faint,
        limit: place.outer.right - 1)
    }
    frame.paste(view.frame(height: inner.height), at: inner.origin)
    if state.tree.rows.isEmpty { drawInvitation(inner, into: &frame) }
    drawThumb(place, into: &frame)
  }

  /// What to type first, while there is no network.
  private func drawInvitation(_ area: Rectangle, into frame: inout Frame) {
    let lines: [StyledLine] = [
      StyledLine("no network yet", .faint), StyledLine(), StyledLine("input 1x64", Style(.prompt)),
      StyledLine("add conv 10 3", Style(.prompt)), StyledLine("wrap residual", Style(.prompt)),
      StyledLine(), StyledLine("or ", .faint) + StyledLine("lesson", Style(.prompt)),
    ]
    let shown = area.height >= lines.count ? lines : [lines[0]]
    let x = area.x + max(0, (area.width - 14) / 2)
    for (index, line) in shown.enumerated() {
      let y = area.y + max(0, (area.height - shown.count) / 2) + index
      frame.write(line, x: x, y: y, limit: area.right)
    }
  }

  /// The part of the right line that stands for the rows in view.
  private func drawThumb(_ place: Arrangement.Place, into frame: inout Frame) {
    let (rows, height) = (state.tree.rows.count, place.inner.height)
    guard place.separation == .boxes, rows > height, height > 1 else { return }
    let length = max(1, height * height / rows)
    let start = (height - length) * min(state.tree.top, rows - height) / max(1, rows - height)
    let sign: Character = state.glyphs == .unicode ? "┃" : "#"
    let style = Style(state.focus == .tree ? .focus : .border)
    let line = state.glyphs.line([.up, .down])
    for y in start..<(start + length)
    where frame[place.outer.right - 1, place.inner.y + y].character == line {
      frame.put(sign, x: place.outer.right - 1, y: place.inner.y + y, style: style)
    }
  }

  /// Writes a pane's name on its upper line; returns the column after it.
  @discardableResult
  private func drawTitle(_ text: String, _ place: Arrangement.Place, into frame: inout Frame)
    -> Int
  {
    guard place.outer.y >= 0 else { return 0 }
    let style =
      place.pane == state.focus ? Style(.focus, [.bold, .reverse]) : Style(.title, .bold)
    return frame.write(
      " \(text) ", x: place.outer.x + 2, y: place.outer.y, style: style,
      limit: place.outer.right - 1)
  }

  /// Completions over the lowest rows of the panes where the answers' pane is too small for them.
  private func drawCompletions(into frame: inout Frame) {
    guard !state.completions.isEmpty, !completionsReplaceAnswers, !state.showsHelp else { return }
    let bottom = overlayBottom
    guard overlaySize.height > 0, size.width > 2 else { return }
    let list = completions.frame(overlaySize, glyphs: state.glyphs)
    let used = (0..<list.height).last { !list.line($0).isEmpty }.map { $0 + 1 } ?? 0
    frame.fill(Rectangle(x: 0, y: bottom - used, width: size.width, height: used))
    frame.paste(
      completions.frame(Size(size.width - 2, used), glyphs: state.glyphs),
      at: Point(1, bottom - used))
  }

  private func drawHelp(into frame: inout Frame) {
    let area = Rectangle(
      x: 0, y: arrangement.title == nil ? 0 : 1, width: size.width,
      height: (arrangement.status ?? arrangement.prompt).y - (arrangement.title == nil ? 0 : 1))
    let help = HelpView(glyphs: state.glyphs).frame(Size(area.width, area.height))
    frame.paste(
      help,
      at: Point(
        area.x + (area.width - help.width) / 2, area.y + max(0, (area.height - help.height) / 2)))
  }
}
