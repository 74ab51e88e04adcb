/// Pieces of a picture one after another, in one row or in several as lines of a text.
struct FlowRows {
  /// A piece, and the line behind it with what stands beside that.
  struct Link {
    let piece: FlowPiece
    let label: String
    let gap: Double
  }

  /// Neighbours in one row, whose places across are told from the axis of the first.
  private struct Row {
    var links: [Link] = []
    var length = 0.0

    /// How far the row reaches to both sides of its axis.
    var before = 0.0
    var after = 0.0

    /// Where the next piece comes in, from the axis.
    var exit = 0.0

    mutating func append(_ link: Link, labelRoom: (before: Double, after: Double)) {
      if let last = links.last { length += last.gap }
      let start = exit - link.piece.axis
      length += link.piece.length
      before = max(before, -start)
      after = max(after, start + link.piece.breadth)
      exit = start + link.piece.exit.across
      before = max(before, labelRoom.before - exit)
      after = max(after, exit + labelRoom.after)
      links.append(link)
    }
  }

  private let direction: PictureDirection
  private var rows: [Row] = [Row()]

  /// What the line from one row to the next takes before and behind a row.
  private static let (indent, turn) = (20.0, 14.0)

  /// What it takes between two rows.
  static let between = 36.0

  /// Fills rows, at least one, until each is as long as it may be.
  init(_ links: [Link], direction: PictureDirection, limit: Double) {
    self.direction = direction
    for (index, link) in links.enumerated() {
      let isLast = index == links.count - 1
      if !isRoom(for: link, isLast: isLast, limit: limit) { rows.append(Row()) }
      rows[rows.count - 1].append(link, labelRoom: isLast ? (0, 0) : room(for: link.label))
    }
  }

  /// Whether a piece can stand in the last row; one that is empty takes any.
  private func isRoom(for link: Link, isLast: Bool, limit: Double) -> Bool {
    let last = rows.count - 1
    guard let before = rows[last].links.last else { return true }
    let needed = rows[last].length + before.gap + link.piece.length
    return start(ofRow: last) + needed + (isLast ? 0 : Self.tail(of: link)) <= limit
  }

  private func room(for label: String) -> (before: Double, after: Double) {
    if label.isEmpty { return (0, 0) }
    switch direction {
    case .down: return (0, TextSize.width(of: label, size: 10) + 8)
    case .right: return (15, 0)
    }
  }

  /// How far the line behind a row's last piece goes before it turns.
  private static func tail(of link: Link) -> Double { max(turn, link.gap - 8) }

  private func start(ofRow index: Int) -> Double { index == 0 ? 0 : Self.indent }

  /// All rows as one piece.
  var piece: FlowPiece {
    let rows = rows
    let starts = rows.indices.map(start)
    let tails = rows.enumerated().map { index, row in
      index == rows.count - 1 ? 0 : row.links.last.map(Self.tail) ?? 0
    }
    let length = rows.indices.map { starts[$0] + rows[$0].length + tails[$0] }.max() ?? 0
    let breadth =
      rows.reduce(0) { $0 + $1.before + $1.after } + Self.between * Double(rows.count - 1)
    var axes: [Double] = []
    var side = 0.0
    for row in rows {
      axes.append(side + row.before)
      side += row.before + row.after + Self.between
    }
    let last = rows.count - 1
    var piece = FlowPiece(
      length: length, breadth: breadth, axis: axes[0],
      beginsWithLine: rows[0].links.first?.piece.beginsWithLine ?? false
    ) { canvas, along, across in
      for (index, row) in rows.enumerated() {
        var place = FlowCanvas.Point(along + starts[index], across + axes[index])
        place = Self.draw(row, from: place, on: &canvas)
        guard index < last, let link = row.links.last, let next = rows[index + 1].links.first
        else { continue }
        let outside = place.along + tails[index]
        let middle = across + axes[index] + row.after + Self.between / 2
        let entry = FlowCanvas.Point(along + starts[index + 1], across + axes[index + 1])
        canvas.line(
          [
            place, .init(outside, place.across), .init(outside, middle), .init(along + 4, middle),
            .init(along + 4, entry.across), entry,
          ], radius: 8, hasArrow: !next.piece.beginsWithLine)
        if !link.label.isEmpty {
          canvas.note(
            link.label, beside: .init((place.along + outside) / 2, place.across))
        }
      }
    }
    piece.exit = FlowCanvas.Point(starts[last] + rows[last].length, axes[last] + rows[last].exit)
    return piece
  }

  /// Draws a row; answers where its values leave.
  private static func draw(
    _ row: Row, from start: FlowCanvas.Point, on canvas: inout FlowCanvas
  ) -> FlowCanvas.Point {
    var place = start
    for (index, link) in row.links.enumerated() {
      link.piece.draw(&canvas, place.along, place.across - link.piece.axis)
      let end = FlowCanvas.Point(
        place.along + link.piece.length, place.across - link.piece.axis + link.piece.exit.across)
      place = end
      guard index + 1 < row.links.count else { break }
      place.along += link.gap
      canvas.line([end, place], hasArrow: !row.links[index + 1].piece.beginsWithLine)
      if !link.label.isEmpty {
        canvas.note(link.label, beside: .init(end.along + link.gap / 2, end.across))
      }
    }
    return place
  }
}
