import Sessions

/// Draws a chart: curves of dots, axes with readable numbers, marks of edits, and a legend.
package struct ChartView: Sendable {
  package let chart: Chart
  package let glyphs: Glyphs

  /// A view of a chart in a set of glyphs.
  package init(_ chart: Chart, glyphs: Glyphs) {
    self.chart = chart
    self.glyphs = glyphs
  }

  /// The chart in as many cells as there are; axes and legend give way where room is short.
  package func frame(_ size: Size) -> Frame {
    var frame = Frame(size)
    guard size.width > 0, size.height > 0 else { return frame }
    guard let span = chart.span else {
      drawEmpty(&frame)
      return frame
    }
    let legend = ChartLegend(chart, glyphs: glyphs).lines(size)
    let legendRows = legend.count
    for (row, line) in legend.enumerated() {
      var x = 0
      for part in line {
        x = frame.write(part.text, x: x, y: size.height - legendRows + row, style: part.style)
      }
    }
    let footRows = size.height >= 6 ? 2 : 0
    let plotRows = size.height - legendRows - footRows
    let provisional = ChartPlot(chart, span: span, width: size.width)
    let range = provisional.range(chart) ?? (0, 1)
    let axis = Axis(
      scale: chart.scale, from: range.least, to: range.greatest,
      count: chart.scale == .linear ? min(7, max(4, (plotRows + 1) / 3)) : max(3, plotRows / 2),
      isPercent: chart.isPercent)
    let labelWidth = axis.ticks.reduce(0) { max($0, $1.label.count) }
    let gutter = size.width >= labelWidth + 14 ? labelWidth + 2 : 0
    let area = Rectangle(x: gutter, y: 0, width: size.width - gutter, height: plotRows)
    if gutter > 0 { drawAxis(axis, area: area, hasFoot: footRows > 0, into: &frame) }
    let density = DotGrid.density(glyphs).x
    let plot = ChartPlot(
      chart, span: span, width: area.width * density, limit: range.greatest)
    if footRows > 0 { drawFoot(plot, area: area, into: &frame) }
    ChartCurves(chart: chart, plot: plot, axis: axis, glyphs: glyphs).draw(area, into: &frame)
    return frame
  }

  private func drawEmpty(_ frame: inout Frame) {
    let text = DisplayWidth.truncate("no curve yet", to: frame.width, ellipsis: glyphs.ellipsis)
    let x = (frame.width - DisplayWidth.columns(of: text)) / 2
    frame.write(text, x: x, y: (frame.height - 1) / 2, style: .faint)
  }

  private func drawAxis(
    _ axis: Axis, area: Rectangle, hasFoot: Bool, into frame: inout Frame
  ) {
    let x = area.x - 1
    for y in 0..<area.height {
      frame.put(glyphs.line([.up, .down]), x: x, y: y, style: .border)
    }
    if hasFoot { frame.put(glyphs.line([.up, .right]), x: x, y: area.bottom, style: .border) }
    var lastRow = Int.max
    for tick in axis.ticks {
      let y = area.height - 1 - Int((axis.position(tick.value) * Double(area.height - 1)).rounded())
      guard y >= 0, y < lastRow - 1 || lastRow == Int.max else { continue }
      lastRow = y
      let start = x - tick.label.count
      frame.write(tick.label, x: start, y: y, style: .faint, limit: x)
      frame.put(glyphs.line([.up, .down, .left]), x: x, y: y, style: .border)
    }
  }

  /// The steps beneath the plot.
  private func drawFoot(_ plot: ChartPlot, area: Rectangle, into frame: inout Frame) {
    for x in area.x..<area.right {
      frame.put(glyphs.line([.left, .right]), x: x, y: area.bottom, style: .border)
    }
    let density = DotGrid.density(glyphs).x
    let length = plot.span.upperBound - plot.span.lowerBound
    let wanted = max(2, min(8, area.width / 10))
    let step = max(1, Int(Axis.roundStep(atLeast: Double(length) / Double(wanted)).rounded(.up)))
    var value = plot.span.lowerBound / step * step
    if value < plot.span.lowerBound { value += step }
    var free = 0
    while value <= plot.span.upperBound {
      let x = area.x + plot.column(of: value) / density
      let label = Self.stepLabel(value)
      let start = min(max(0, x - label.count / 2), area.right - label.count)
      if start >= free {
        frame.put(glyphs.line([.left, .right, .down]), x: x, y: area.bottom, style: .border)
        frame.write(label, x: start, y: area.bottom + 1, style: .faint)
        free = start + label.count + 2
      }
      let (next, overflow) = value.addingReportingOverflow(step)
      if overflow { break }
      value = next
    }
  }

  /// A step in few characters: `400`, `12k`, `1.5M`.
  static func stepLabel(_ step: Int) -> String {
    for (unit, size) in [("G", 1_000_000_000), ("M", 1_000_000), ("k", 1000)] {
      guard step >= size, step >= 10_000 || step.isMultiple(of: 1000) else { continue }
      if step.isMultiple(of: size) { return "\(step / size)\(unit)" }
      if step.isMultiple(of: size / 10) {
        return Numbers.fixed(Double(step) / Double(size), decimals: 1) + unit
      }
    }
    return String(step)
  }
}
