/// A picture in the shape of a slide, and how it is lettered: large enough to be read from the last row.
enum Slide {
  static let (width, height) = (1280.0, 720.0)
  static let margin = 48.0
  static let title = Canvas.Lettering(size: 30, isBold: true)
  static let note = Canvas.Lettering(size: 18, fill: Colours.faint)
  static let name = Canvas.Lettering(anchor: .middle, size: 20)
  static let label = Canvas.Lettering(anchor: .middle, size: 17, fill: Colours.faint)

  /// Where the plot begins below title and note.
  static let top = 118.0

  static func drawTitle(_ title: String, note: String, into canvas: inout Canvas) {
    canvas.text(title, margin, 54, Self.title)
    canvas.text(note, margin, 84, Self.note)
  }
}

/// A plot on a slide: its place, and the ranges of both axes.
struct PlotPanel {
  let x: Double
  let y: Double
  let width: Double
  let height: Double
  let across: ClosedRange<Double>
  let up: ClosedRange<Double>

  /// The place of a share of the width and of the height, the latter from the lower edge.
  func place(_ across: Double, _ up: Double) -> (x: Double, y: Double) {
    (x + across * width, y + (1 - up) * height)
  }

  /// The place of a point.
  func point(_ across: Double, _ up: Double) -> (x: Double, y: Double) {
    let (lengthAcross, lengthUp) = (
      self.across.upperBound - self.across.lowerBound, self.up.upperBound - self.up.lowerBound
    )
    return place(
      lengthAcross > 0 ? (across - self.across.lowerBound) / lengthAcross : 0.5,
      lengthUp > 0 ? (up - self.up.lowerBound) / lengthUp : 0.5)
  }

  /// Draws the frame and the names of the axes.
  func drawFrame(_ acrossName: String, _ upName: String, into canvas: inout Canvas) {
    canvas.rectangle(x, y, width, height, .init(radius: 0, stroke: Colours.line))
    canvas.text(acrossName, x + width / 2, y + height + 56, Slide.name)
    canvas.uprightText(upName, x - 66, y + height / 2, Slide.name)
  }

  /// Draws round numbers along the lower edge.
  func drawAcrossTicks(into canvas: inout Canvas) {
    for tick in RoundNumbers.within(across, about: 5) {
      let place = point(tick, up.lowerBound)
      canvas.line([place, (place.x, place.y + 6)], stroke: Colours.line)
      canvas.text(PlotFrame.short(tick), place.x, y + height + 26, Slide.label)
    }
  }

  /// Draws numbers along the left edge, each at its share of the height.
  func drawUpTicks(
    _ ticks: [(share: Double, label: String)], hasGrid: Bool, into canvas: inout Canvas
  ) {
    var lettering = Slide.label
    lettering.anchor = .end
    for tick in ticks {
      let place = place(0, tick.share)
      if hasGrid {
        canvas.line([place, (x + width, place.y)], stroke: Colours.grid, width: 1)
      }
      canvas.line([place, (x - 6, place.y)], stroke: Colours.line)
      canvas.text(tick.label, x - 12, place.y + 6, lettering)
    }
  }
}
