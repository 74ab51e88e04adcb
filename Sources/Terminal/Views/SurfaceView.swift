import Sessions

/// Draws which class a network gives each place of the plane, in the place of the chart.
struct SurfaceView {
  let surface: DecisionSurface?
  let hasColours: Bool
  let glyphs: Glyphs

  /// The surface in as many cells as there are.
  func frame(_ size: Size) -> Frame {
    var frame = Frame(size)
    guard let surface else {
      for (row, line) in Self.invitation.enumerated() {
        frame.write(line, x: 1, y: row, style: .faint)
      }
      return frame
    }
    for (row, line) in surface.rows(hasColours: hasColours, glyphs).prefix(size.height).enumerated()
    {
      frame.write(StyledLine(line), x: 0, y: row, limit: size.width)
    }
    return frame
  }

  private static let invitation = ["no surface yet: it needs", "data of two inputs", "and classes"]
}

extension Arrangement.Place {
  /// The part of the chart's place that a surface fills.
  var surfaceArea: Rectangle { separation == .boxes ? inner.inset(1, 0) : inner }
}
