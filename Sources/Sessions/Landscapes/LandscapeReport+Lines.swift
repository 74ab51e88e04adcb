import Interchange
import Language

/// Landscapes in characters, beside each other where there is room.
extension LandscapeReport {
  /// The lines of an answer within so many columns.
  func lines(columns: Int, _ glyphs: Glyphs) -> [StyledText] {
    var lines = [StyledText(method, .dim)]
    let panels = landscapes.enumerated().map { index, landscape in
      landscape.directions == 1
        ? curve(landscape, series: index, columns: columns, glyphs)
        : map(landscape, columns: columns, glyphs)
    }
    lines += Self.beside(panels, columns: columns)
    if landscapes.contains(where: { $0.directions > 1 }) { lines.append(legend(glyphs)) }
    if landscapes.contains(where: { $0.directions == 1 }), scale.isLogarithmic {
      lines.append(StyledText("the losses stand on a logarithmic scale", .dim))
    }
    lines += landscapes.map(\.summary)
    if let ending { lines.append(StyledText(ending, .warning)) }
    return lines
  }

  /// Panels in rows of as many as there is room for.
  private static func beside(_ panels: [[StyledText]], columns: Int) -> [StyledText] {
    let gap = 2
    let widths = panels.map { panel in
      panel.map { DisplayWidth.columns(of: $0.text) }.max() ?? 0
    }
    var lines: [StyledText] = []
    var first = 0
    while first < panels.count {
      var end = first + 1
      var used = widths[first]
      while end < panels.count, used + gap + widths[end] <= columns {
        used += gap + widths[end]
        end += 1
      }
      for row in 0..<(panels[first..<end].map(\.count).max() ?? 0) {
        var line = StyledText()
        for index in first..<end {
          let part = row < panels[index].count ? panels[index][row] : StyledText()
          line = line + part
          if index + 1 < end {
            let blank = widths[index] - DisplayWidth.columns(of: part.text) + gap
            line.append(String(repeating: " ", count: blank))
          }
        }
        lines.append(line.inColumns)
      }
      first = end
    }
    return lines
  }

  // MARK: One direction

  private static let curveHeight = 12

  private func curve(_ landscape: Landscape, series: Int, columns: Int, _ glyphs: Glyphs)
    -> [StyledText]
  {
    let scale = scale
    let labels = (0..<Self.curveHeight).map { row -> String in
      let isLabelled = row == 0 || row == Self.curveHeight - 1 || row == Self.curveHeight / 2
      let share = 1 - Double(row) / Double(Self.curveHeight - 1)
      return isLabelled ? Numbers.significant(scale.value(at: share), digits: 3) : ""
    }
    let margin = labels.map(\.count).max() ?? 0
    let several = landscapes.count > 1
    let room = several ? max(24, (columns - 2) / 2) : columns
    let width = max(16, min(room - margin - 2, several ? 44 : 64))
    var plot = BraillePlot(columns: width, rows: Self.curveHeight, glyphs)
    var last: (x: Double, y: Double)?
    for (index, loss) in (landscape.losses.first ?? []).enumerated() {
      guard let loss, loss.isFinite else {
        last = nil
        continue
      }
      let point = (
        x: Double(index) / Double(max(1, landscape.places.count - 1)), y: scale.share(of: loss)
      )
      plot.line(from: last ?? point, to: point)
      last = point
    }
    let bar = glyphs == .unicode ? "│" : "|"
    var lines = several ? [StyledText(landscape.network, .emphasis)] : []
    for (label, row) in zip(labels, plot.lines) {
      let blank = String(repeating: " ", count: margin - label.count)
      lines.append(
        StyledText("\(blank)\(label) \(bar)", .dim) + StyledText(row, .series(series)))
    }
    let (first, end) = (landscape.places.first ?? 0, landscape.places.last ?? 0)
    let ends = (Numbers.typed(first), Numbers.typed(end))
    let foot = ends.0 + String(repeating: " ", count: max(1, width / 2 - ends.0.count)) + "0"
    let rest = width - foot.count - ends.1.count
    lines.append(
      StyledText(
        String(repeating: " ", count: margin + 2) + foot
          + String(repeating: " ", count: max(1, rest)) + ends.1, .dim))
    return lines
  }

  // MARK: Two directions

  private static func shades(_ glyphs: Glyphs) -> [Character] {
    Array(glyphs == .unicode ? " ░▒▓█" : " .-+*#")
  }

  /// An odd number of places at even distances, the middle among them.
  private static func shown(of count: Int, most: Int) -> [Int] {
    let most = max(3, most.isMultiple(of: 2) ? most - 1 : most)
    if count <= most { return Array(0..<count) }
    let last = Double(count - 1)
    return (0..<most).map { (place: Int) -> Int in
      Int((Double(place) / Double(most - 1) * last).rounded())
    }
  }

  private func map(_ landscape: Landscape, columns: Int, _ glyphs: Glyphs) -> [StyledText] {
    let shades = Self.shades(glyphs)
    let scale = scale
    let room = landscapes.count > 1 ? max(16, (columns - 2) / 2) : columns
    let shown = Self.shown(of: landscape.places.count, most: min(25, (room - 6) / 2))
    let margin = 5
    let middle = landscape.places.count / 2
    var lines: [StyledText] =
      landscapes.count > 1 ? [StyledText(landscape.network, .emphasis)] : []
    for row in shown.reversed() {
      let isLabelled = row == shown.first || row == shown.last || row == middle
      let label = isLabelled ? Numbers.typed(landscape.places[row]) : ""
      var line = StyledText(
        String(repeating: " ", count: max(0, margin - label.count)) + label + " ", .dim)
      for column in shown {
        guard let loss = landscape.losses[row][column] else {
          line.append(glyphs == .unicode ? "··" : "??", .dim)
          continue
        }
        if row == middle, column == middle {
          line.append("()", .emphasis)
          continue
        }
        let shade = shades[scale.band(of: loss, among: shades.count)]
        line.append(String(repeating: shade, count: 2), .series(0))
      }
      lines.append(line)
    }
    let width = shown.count * 2
    let ends = (
      Numbers.typed(landscape.places.first ?? 0), Numbers.typed(landscape.places.last ?? 0)
    )
    let blank = String(repeating: " ", count: max(1, width - ends.0.count - ends.1.count))
    lines.append(
      StyledText(String(repeating: " ", count: margin + 1) + ends.0 + blank + ends.1, .dim))
    return lines
  }

  /// What each shade stands for.
  private func legend(_ glyphs: Glyphs) -> StyledText {
    let shades = Self.shades(glyphs)
    let levels = scale.levels(parting: shades.count) + [scale.range.upperBound]
    var line = StyledText("loss up to ", .dim)
    for (shade, level) in zip(shades, levels) {
      line.append(String(repeating: shade, count: 2), .series(0))
      line.append(" \(Numbers.significant(level, digits: 3))  ", .dim)
    }
    line.append("() the network", .dim)
    return line.inColumns
  }
}
