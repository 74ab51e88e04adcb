import Sessions

/// The lines beneath a chart that say which curve is whose and where it stands now.
///
/// The networks of the last run come first. Where there is little room figures lose digits, then names, then
/// the test value, and labels last.
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

  /// The lines for a chart of that size, the plot of which keeps its least rows; only names where
  /// several train, and all names have a line but no figure does.
  func lines(_ size: Size) -> [[Part]] {
    guard size.height >= 6 else { return [] }
    let curves = chart.ranked
    let learning = curves.count { $0.standing == .learning }
    // Networks that learn may take a row of the plot more than others.
    let most = max(1, size.height - 6)
    let usual = max(1, size.height - 7)
    let entries = curves.map { curve in
      (inLine(curve, curves.count, size.width), curve.standing == .learning)
    }
    var lines = fill(entries.compactMap { $0.0 }, width: size.width)
    let isCut = lines.count > 1 || entries.contains { $0.0 == nil }
    if most == 1, learning > 1, isCut {
      let names = fill(curves.map(named), width: size.width)
      if names.count == 1 { return names }
    }
    if entries.contains(where: { $0.0 == nil }) {
      lines = table(curves, width: size.width)
      if most <= min(learning, 2) { lines.removeFirst() }
      if most == 1 { return curves.first.map { [alone($0, size.width)] } ?? [] }
      return Array(lines.prefix(lines.count <= usual ? usual : max(usual, min(learning + 1, most))))
    }
    return Array(lines.prefix(lines.count <= usual ? usual : max(usual, min(learning, most))))
  }

  /// Entries side by side as far as they have room.
  private func fill(_ entries: [[Part]], width: Int) -> [[Part]] {
    var lines: [[Part]] = []
    var used = 0
    for entry in entries {
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

  /// What an entry says.
  private struct Form {
    /// Also over how many values the mean goes.
    var hasCount = false
    var isBrief = false
    var hasName = true
    var hasTest = true
  }

  /// An entry in its longest form that fits; nothing where none does.
  private func inLine(_ curve: Chart.Curve, _ count: Int, _ width: Int) -> [Part]? {
    var forms = [Form(hasCount: true), Form(), Form(isBrief: true)]
    if count == 1 { forms += [Form(hasName: false), Form(isBrief: true, hasName: false)] }
    return forms.lazy.map { entry(curve, $0) }.first { Self.columns($0) <= width }
  }

  /// Which curve is whose, without a figure.
  private func named(_ curve: Chart.Curve) -> [Part] {
    [
      Part(text: stroke, style: Style(.series(curve.colour), .bold)),
      Part(text: glyphs.spell(curve.name), style: .plain),
    ]
  }

  /// The entry of a curve that has the only line.
  private func alone(_ curve: Chart.Curve, _ width: Int) -> [Part] {
    let forms = [Form(hasTest: false), Form(isBrief: true, hasTest: false)]
    let entries = forms.map { entry(curve, $0) }
    return entries.first { Self.columns($0) <= width }
      ?? entry(curve, Form(isBrief: true, hasName: false))
  }

  private static func columns(_ parts: [Part]) -> Int {
    parts.reduce(0) { $0 + DisplayWidth.columns(of: $1.text) }
  }

  private func entry(_ curve: Chart.Curve, _ form: Form) -> [Part] {
    let role = Role.series(curve.colour)
    var parts = [Part(text: stroke, style: Style(role, .bold))]
    if form.hasName { parts.append(Part(text: glyphs.spell(curve.name), style: .plain)) }
    func say(_ label: String, _ value: Double) {
      let blank = parts.count > 1 ? " " : ""
      parts.append(Part(text: "\(blank)\(label) ", style: .faint))
      parts.append(figure(value, role, isBrief: form.isBrief))
    }
    if let value = curve.training.values.last {
      let count = Self.stretch(curve.training)
      let mean = form.hasCount && count > 1 ? " (mean of last \(count))" : ""
      say("train" + mean, recent(curve.training) ?? Double(value))
    }
    if form.hasTest, let value = curve.test.values.last { say("test", Double(value)) }
    return parts
  }

  private var stroke: String { glyphs == .unicode ? "━━ " : "-- " }

  private func figure(_ value: Double, _ role: Role, isBrief: Bool) -> Part {
    var text = chart.isPercent ? Numbers.percent(value) : Numbers.loss(value)
    if isBrief, value.isFinite, abs(value) < 100 {
      if chart.isPercent {
        text = "\(Int((value * 100).rounded())) %"
      } else if abs(value) >= 0.095 {
        text = Numbers.fixed(value, decimals: 2)
      } else if abs(value) >= 1e-4 {
        text = Numbers.fixed(value, decimals: 3)
      }
    }
    return Part(
      text: glyphs.spell(text), style: value.isFinite ? Style(role) : Style(.bad, .bold))
  }

  // MARK: A table

  /// A line for each curve, below one that says what its figures are; figures lose digits before names are cut.
  private func table(_ curves: [Chart.Curve], width: Int, isBrief: Bool = false) -> [[Part]] {
    let heads = ["train", "test"]
    let cells = curves.map { curve -> [Part?] in
      let role = Role.series(curve.colour)
      return [
        curve.training.values.last.map {
          figure(recent(curve.training) ?? Double($0), role, isBrief: isBrief)
        },
        curve.test.values.last.map { figure(Double($0), role, isBrief: isBrief) },
      ]
    }
    let widths = heads.indices.map { column in
      cells.reduce(heads[column].count) {
        max($0, DisplayWidth.columns(of: $1[column]?.text ?? ""))
      }
    }
    let names = curves.map { glyphs.spell($0.name) }
    let indent = DisplayWidth.columns(of: stroke)
    let room = max(1, width - indent - widths.reduce(0) { $0 + $1 + 1 })
    let longest = names.map { DisplayWidth.columns(of: $0) }.max() ?? 0
    if longest > room, !isBrief { return table(curves, width: width, isBrief: true) }
    let widest = min(room, longest)
    func padded(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - DisplayWidth.columns(of: text))) + text
    }
    let head = zip(heads, widths).map { " " + padded($0, $1) }.joined()
    var lines = [[Part(text: padded("", indent + widest) + head, style: .faint)]]
    for (index, curve) in curves.enumerated() {
      let name = DisplayWidth.truncate(names[index], to: widest, ellipsis: glyphs.ellipsis)
      let blank = String(repeating: " ", count: max(0, widest - DisplayWidth.columns(of: name)))
      var line = [
        Part(text: stroke, style: Style(.series(curve.colour), .bold)),
        Part(text: name + blank, style: .plain),
      ]
      for (cell, width) in zip(cells[index], widths) {
        line.append(
          Part(text: " " + padded(cell?.text ?? "", width), style: cell?.style ?? .plain))
      }
      lines.append(line)
    }
    return lines
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
