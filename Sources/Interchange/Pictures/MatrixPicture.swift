/// A table of counts as a picture: cells shaded by their share of the row, with names and counts.
package struct MatrixPicture {
  private let title: String
  private let note: String
  private let names: [String]
  private let counts: [[Int]]

  /// The most classes that a picture shows.
  package static let mostClasses = 100

  /// A picture of counts, a row for each name and a column for each.
  package init(title: String, note: String, names: [String], counts: [[Int]]) {
    self.title = title
    self.note = note
    self.names = names
    self.counts = counts
  }

  private static let (margin, head, gap) = (24.0, 62.0, 8.0)
  private static let (countSize, nameSize) = (11.0, 11.0)
  private static let mostLetters = 24

  /// The picture as the text of an SVG file.
  package var svg: String {
    var canvas = Canvas()
    let short = names.map(Self.shortened)
    let widest = short.map { TextSize.width(of: $0, size: Self.nameSize) }.max() ?? 0
    let digits = counts.joined().map { TextSize.width(of: "\($0)", size: Self.countSize) }.max()
    let cell = max(30, (digits ?? 0) + 12)
    let hasRoom = widest + 8 <= cell
    let left = Self.margin + 18 + widest + Self.gap
    let top = Self.head + 22 + (hasRoom ? 16 : widest + Self.gap)
    let side = cell * Double(names.count)
    canvas.text(title, Self.margin, 28, .init(size: 15, isBold: true))
    canvas.text(note, Self.margin, 45, .init(size: 11, fill: Colours.faint))
    canvas.text(
      "predicted", left + side / 2, Self.head + 10,
      .init(anchor: .middle, size: 11, fill: Colours.faint))
    canvas.uprightText(
      "class", Self.margin + 8, top + side / 2,
      .init(anchor: .middle, size: 11, fill: Colours.faint))
    for (index, name) in short.enumerated() {
      let middle = (Double(index) + 0.5) * cell
      let lettering = Canvas.Lettering(anchor: .end, size: Self.nameSize)
      canvas.text(name, left - Self.gap, top + middle + 4, lettering)
      if hasRoom {
        canvas.text(
          name, left + middle, top - 6, .init(anchor: .middle, size: Self.nameSize))
      } else {
        canvas.uprightText(
          name, left + middle + 4, top - 6, .init(anchor: .start, size: Self.nameSize))
      }
    }
    for (row, counts) in counts.enumerated() {
      draw(counts, (left, top + Double(row) * cell), cell, into: &canvas)
    }
    return canvas.svg(
      width: max(left + side, 260) + Self.margin, height: top + side + Self.margin)
  }

  private func draw(
    _ counts: [Int], _ corner: (x: Double, y: Double), _ cell: Double, into canvas: inout Canvas
  ) {
    let whole = counts.reduce(0, +)
    for (column, count) in counts.enumerated() {
      let share = whole == 0 ? 0 : Double(count) / Double(whole)
      let x = corner.x + Double(column) * cell
      canvas.rectangle(
        x, corner.y, cell, cell, .init(radius: 0, fill: Self.shade(share), stroke: Colours.grid))
      let ink = share > 0.3 ? "#ffffff" : count == 0 ? Colours.frame : Colours.ink
      canvas.text(
        "\(count)", x + cell / 2, corner.y + cell / 2 + 4,
        .init(anchor: .middle, size: Self.countSize, fill: ink))
    }
  }

  /// From white to a dark blue, darker for small shares than they are, so that they are seen.
  private static func shade(_ share: Double) -> String {
    let depth = share.squareRoot()
    let parts = zip([255.0, 255, 255], [23.0, 78, 134]).map { light, dark in
      Int((light + (dark - light) * depth).rounded())
    }
    return "#"
      + parts.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }

  private static func shortened(_ name: String) -> String {
    name.count <= mostLetters ? name : String(name.prefix(mostLetters - 1)) + "…"
  }
}
