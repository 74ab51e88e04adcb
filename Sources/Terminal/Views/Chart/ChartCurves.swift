import Sessions

/// The inside of a chart: raw values as a faint band, the smoothed curve over it, test points, marks.
struct ChartCurves {
  let chart: Chart
  let plot: ChartPlot
  let axis: Axis
  let glyphs: Glyphs

  func draw(_ area: Rectangle, into frame: inout Frame) {
    guard !area.isEmpty else { return }
    drawMarkLines(area, into: &frame)
    for index in chart.curves.indices { drawRaw(index, area, into: &frame) }
    for index in chart.curves.indices { drawSmooth(index, area, into: &frame) }
    for index in chart.curves.indices { drawTest(index, area, into: &frame) }
    for index in chart.curves.indices { drawEdges(index, area, into: &frame) }
    drawMarkLabels(area, into: &frame)
  }

  private func role(_ index: Int) -> Role { .series(chart.curves[index].colour) }

  /// The row of dots of a value, from above; beyond the axis it is outside the raster.
  private func row(_ value: Double, _ height: Int) -> Int {
    if axis.scale == .logarithmic, value <= 0 { return height - 1 }
    let share = min(max(axis.position(value), -1), 2)
    return height - 1 - Int((share * Double(height - 1)).rounded())
  }

  private func drawRaw(_ index: Int, _ area: Rectangle, into frame: inout Frame) {
    var grid = DotGrid(cells: area.size, glyphs: glyphs)
    for (x, summary) in plot.columns[index].raw.enumerated() where summary.count > 0 {
      grid.column(
        x, row(Double(summary.greatest), grid.height), row(Double(summary.least), grid.height))
    }
    lay(grid, area, Style(role(index), .dim), ascii: ".", into: &frame)
  }

  private func drawSmooth(_ index: Int, _ area: Rectangle, into frame: inout Frame) {
    var grid = DotGrid(cells: area.size, glyphs: glyphs)
    var previous: (x: Int, y: Int)?
    let breaks = Set(chart.marks.map { plot.column(of: $0.step) })
    for (x, value) in plot.columns[index].smooth.enumerated() {
      guard let value else {
        previous = nil
        continue
      }
      let point = (x: x, y: row(value, grid.height))
      if let previous, !breaks.contains(x) {
        grid.line(previous, point)
      } else {
        grid.set(point.x, point.y)
      }
      previous = point
    }
    let points = plot.columns[index].smooth.enumerated().filter { $0.element != nil }
    if points.count == 1, let value = points[0].element {
      let density = DotGrid.density(glyphs)
      let y = row(value, grid.height) / density.y
      let place = Point(area.x + points[0].offset / density.x, area.y + max(0, y))
      let dot: Character = glyphs == .unicode ? "•" : "o"
      frame.put(dot, x: place.x, y: place.y, style: Style(role(index), .bold))
      return
    }
    let sign = Self.asciiSigns[index % Self.asciiSigns.count]
    lay(grid, area, Style(role(index), .bold), ascii: sign, into: &frame)
  }

  private static let asciiSigns: [Character] = ["*", "x", "+", "%", "&", "$"]

  /// Test values as dots in cells of their own, thinned so that neighbours do not touch.
  private func drawTest(_ index: Int, _ area: Rectangle, into frame: inout Frame) {
    let test = chart.curves[index].test
    let density = DotGrid.density(glyphs)
    let height = area.height * density.y
    for x in 0..<area.width {
      let range = stepRange(ofCell: x, density.x)
      let summary = test.summary(of: range)
      guard summary.count > 0 else { continue }
      let isDense = test.count > area.width / 2
      if isDense, !x.isMultiple(of: 3), x < area.width - 1 { continue }
      let values: [Double] =
        isDense
        ? [summary.mean ?? 0]
        : summary.least == summary.greatest
          ? [Double(summary.least)] : [Double(summary.least), Double(summary.greatest)]
      for value in values {
        let y = row(value, height)
        guard y >= 0, y < height else { continue }
        let sign: Character = glyphs == .unicode ? "•" : "o"
        frame.put(sign, x: area.x + x, y: area.y + y / density.y, style: Style(role(index), .bold))
      }
    }
  }

  /// Values above or below the axis and values that are no numbers, at the edge where they left it.
  private func drawEdges(_ index: Int, _ area: Rectangle, into frame: inout Frame) {
    let density = DotGrid.density(glyphs).x
    for (x, summary) in plot.columns[index].raw.enumerated() {
      drawEdge(summary, role(index), Point(area.x + x / density, area.y), into: &frame)
    }
    for x in 0..<area.width {
      let summary = chart.curves[index].test.summary(of: stepRange(ofCell: x, density))
      drawEdge(summary, role(index), Point(area.x + x, area.y), into: &frame)
    }
  }

  private func drawEdge(
    _ summary: SeriesPyramid.Summary, _ role: Role, _ place: Point, into frame: inout Frame
  ) {
    if summary.badCount > 0 {
      frame.put(badSign, x: place.x, y: place.y, style: Style(.bad, .bold))
    } else if summary.count > 0, axis.position(Double(summary.greatest)) > 1 + 1e-9,
      frame[place.x, place.y].style.role != .bad
    {
      frame.put(peakSign, x: place.x, y: place.y, style: Style(role, .bold))
    }
  }

  private var badSign: Character { glyphs == .unicode ? "✗" : "!" }
  private var peakSign: Character { glyphs == .unicode ? "▴" : "^" }

  private func stepRange(ofCell x: Int, _ density: Int) -> Range<Int> {
    let low = plot.firstStep(ofColumn: x * density)
    return low..<max(low, plot.firstStep(ofColumn: (x + 1) * density))
  }

  private func lay(
    _ grid: DotGrid, _ area: Rectangle, _ style: Style, ascii: Character, into frame: inout Frame
  ) {
    for y in 0..<area.height {
      for x in 0..<area.width {
        let bits = grid.bits[y * area.width + x]
        guard bits != 0 else { continue }
        frame.put(grid.sign(bits, ascii: ascii), x: area.x + x, y: area.y + y, style: style)
      }
    }
  }
}

extension ChartCurves {
  private func markColumn(_ mark: Chart.Mark, _ area: Rectangle) -> Int? {
    guard plot.span.contains(mark.step) else { return nil }
    return area.x + plot.column(of: mark.step) / DotGrid.density(glyphs).x
  }

  private func drawMarkLines(_ area: Rectangle, into frame: inout Frame) {
    let sign: Character = glyphs == .unicode ? "┊" : ":"
    for mark in chart.marks {
      guard let x = markColumn(mark, area) else { continue }
      for y in (area.y + 1)..<max(area.y + 1, area.bottom) {
        frame.put(sign, x: x, y: y, style: .border)
      }
    }
  }

  /// The row for a wedge or label from one column to another: the second one where signs of values beyond the axis
  /// stand in the first.
  private func labelRow(_ columns: Range<Int>, _ area: Rectangle, _ frame: Frame) -> Int {
    let signs = [badSign, peakSign]
    let isTaken = columns.contains { signs.contains(frame[$0, area.y].character) }
    return isTaken && area.height > 2 ? area.y + 1 : area.y
  }

  /// A wedge over every mark and its label beside it where there is room.
  private func drawMarkLabels(_ area: Rectangle, into frame: inout Frame) {
    let columns = chart.marks.map { markColumn($0, area) }
    let wedge: Character = glyphs == .unicode ? "▾" : "v"
    var free = area.x
    for (index, mark) in chart.marks.enumerated() {
      guard let x = columns[index] else { continue }
      frame.put(
        wedge, x: x, y: labelRow(x..<x + 1, area, frame), style: Style(.mark, .bold))
      let next = columns[(index + 1)...].compactMap { $0 }.first { $0 > x } ?? area.right
      let label = glyphs.spell(mark.label)
      let width = DisplayWidth.columns(of: label)
      if x + 2 + width <= min(next, area.right) {
        let row = labelRow(x..<x + 2 + width, area, frame)
        if row > area.y { frame.put(" ", x: x + 1, y: row, style: .plain) }
        frame.write(label, x: x + 2, y: row, style: Style(.mark))
        free = x + 3 + width
      } else if x - 1 - width >= free, next >= area.right {
        let row = labelRow(x - 1 - width..<x + 1, area, frame)
        if row > area.y { frame.put(" ", x: x - 1, y: row, style: .plain) }
        frame.write(label, x: x - 1 - width, y: row, style: Style(.mark))
        free = x + 1
      } else {
        free = x + 1
      }
    }
  }
}
