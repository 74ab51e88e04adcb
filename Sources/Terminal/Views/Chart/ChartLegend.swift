import Sessions

/// The lines beneath a chart that say which curve is whose and where it stands now.
struct ChartLegend {
  let chart: Chart
  let glyphs: Glyphs

  init(_ chart: Chart, glyphs: Glyphs) {
    self.chart = chart
    self.glyphs = glyphs
  }

  /// A piece of a line in one style.
  struct Part: Hashable {
    let text: String
    let style: Style
  }

  /// Entries filled into lines of the width; one that fits no line is shortened.
  func lines(width: Int) -> [[Part]] {
    var lines: [[Part]] = []
    var used = 0
    for curve in chart.curves {
      let forms: [Form] = [.long, .short] + (chart.curves.count == 1 ? [.nameless] : []) + [.bare]
      let entries = forms.map { self.entry(curve, $0) }
      let fitting = entries.first { Self.columns($0) <= width }
      guard let entry = fitting ?? entries.last else { continue }
      let columns = Self.columns(entry)
      if !lines.isEmpty, used + 3 + columns <= width {
        lines[lines.count - 1] += [Part(text: "   ", style: .plain)] + entry
        used += 3 + columns
      } else {
        lines.append(entry)
        used = columns
      }
    }
    return lines
  }

  private static func columns(_ parts: [Part]) -> Int {
    parts.reduce(0) { $0 + DisplayWidth.columns(of: $1.text) }
  }

  /// How much an entry says.
  private enum Form {
    /// Also over how many values the mean goes.
    case long
    case short

    /// Without the network's name.
    case nameless

    /// The name and the values.
    case bare
  }

  private func entry(_ curve: Chart.Curve, _ form: Form) -> [Part] {
    let role = Role.series(curve.colour)
    let stroke = glyphs == .unicode ? "━━ " : "-- "
    var parts = [Part(text: stroke, style: Style(role, .bold))]
    if form != .nameless { parts.append(Part(text: glyphs.spell(curve.name), style: .plain)) }
    func say(_ label: String, _ value: Double) {
      let isBad = !value.isFinite
      let text = chart.isPercent ? Numbers.percent(value) : Numbers.loss(value)
      let blank = parts.count > 1 ? " " : ""
      parts.append(Part(text: form == .bare ? " " : "\(blank)\(label) ", style: .faint))
      parts.append(
        Part(text: glyphs.spell(text), style: isBad ? Style(.bad, .bold) : Style(role)))
    }
    if let value = curve.training.values.last {
      let count = Self.stretch(curve.training)
      let mean = form == .long && count > 1 ? " (mean of last \(count))" : ""
      say("train" + mean, recent(curve.training) ?? Double(value))
    }
    if let value = curve.test.values.last { say("test", Double(value)) }
    return parts
  }

  /// The mean of the last points, as a single batch says little; not a number where the last is none.
  private func recent(_ series: SeriesPyramid) -> Double? {
    guard let last = series.values.last, last.isFinite else { return nil }
    let stretch = Self.stretch(series)
    return series.summary(ofIndices: (series.count - stretch)..<series.count).mean
  }

  /// Over how many of the last points the mean goes.
  private static func stretch(_ series: SeriesPyramid) -> Int {
    max(1, min(20, series.count / 20))
  }
}
