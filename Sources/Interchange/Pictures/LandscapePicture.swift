/// The loss around the weights of networks as a picture for a slide: curves along one direction, or a map with lines
/// of one loss along two.
package struct LandscapePicture {
  /// What was measured around one network.
  package struct Landscape: Sendable {
    package let name: String

    /// The places along a direction, from the least.
    package let places: [Double]

    /// One row for one direction; else a row for each place of the second one, from the least.
    package let losses: [[Double?]]

    /// Losses at places.
    package init(name: String, places: [Double], losses: [[Double?]]) {
      (self.name, self.places, self.losses) = (name, places, losses)
    }
  }

  private let title: String
  private let note: String
  private let landscapes: [Landscape]
  private let text: (Double) -> String
  private let scale: LossScale

  /// A picture of landscapes that share one scale.
  ///
  /// - Parameter text: writes a loss in few characters.
  package init(
    title: String, note: String, landscapes: [Landscape], text: @escaping (Double) -> String
  ) {
    (self.title, self.note, self.landscapes, self.text) = (title, note, landscapes, text)
    scale = LossScale(landscapes.flatMap { $0.losses.joined().compactMap(\.self) })
  }

  private var isMap: Bool { landscapes.contains { $0.losses.count > 1 } }

  /// The picture as the text of an SVG file.
  package var svg: String {
    var canvas = Canvas()
    Slide.drawTitle(title, note: note, into: &canvas)
    if isMap { drawMaps(into: &canvas) } else { drawCurves(into: &canvas) }
    return canvas.svg(width: Slide.width, height: Slide.height)
  }

  private static func range(of places: [Double]) -> ClosedRange<Double> {
    let (first, last) = (places.first ?? 0, places.last ?? 1)
    return min(first, last)...max(first, last)
  }

  // MARK: One direction

  private func drawCurves(into canvas: inout Canvas) {
    let panel = PlotPanel(
      x: 132, y: Slide.top, width: Slide.width - 132 - Slide.margin, height: 450,
      across: Self.range(of: landscapes.first?.places ?? []), up: 0...1)
    panel.drawUpTicks(
      scale.ticks.map { (scale.share(of: $0), text($0)) }, hasGrid: true, into: &canvas)
    panel.drawAcrossTicks(into: &canvas)
    panel.drawFrame(
      "distance along a random direction, in norms of the filters",
      scale.isLogarithmic ? "loss, logarithmic" : "loss", into: &canvas)
    let middle = panel.point(0, 0).x
    canvas.line(
      [(middle, panel.y), (middle, panel.y + panel.height)], stroke: Colours.frame, width: 1)
    var x = panel.x
    for (index, landscape) in landscapes.enumerated() {
      let colour = Colours.series[index % Colours.series.count]
      var part: [(x: Double, y: Double)] = []
      for (place, loss) in zip(landscape.places, landscape.losses.first ?? []) {
        if let loss, loss.isFinite {
          part.append(panel.point(place, scale.share(of: loss)))
        } else {
          canvas.line(part, stroke: colour, width: 3.5)
          part = []
        }
      }
      canvas.line(part, stroke: colour, width: 3.5)
      canvas.line([(x, 684), (x + 40, 684)], stroke: colour, width: 4)
      canvas.text(landscape.name, x + 50, 690, .init(size: 20))
      x += 50 + TextSize.width(of: landscape.name, size: 20) + 36
    }
  }

  // MARK: Two directions

  private static let bands = 12

  private func drawMaps(into canvas: inout Canvas) {
    let count = Double(landscapes.count)
    let left = 112.0
    let right = 150.0
    let gap = 104.0
    let room = (Slide.width - left - right - (count - 1) * gap) / max(count, 1)
    let side = min(470, room)
    let start = left + (Slide.width - left - right - count * side - (count - 1) * gap) / 2
    for (index, landscape) in landscapes.enumerated() {
      let range = Self.range(of: landscape.places)
      let panel = PlotPanel(
        x: (start + Double(index) * (side + gap)).rounded(), y: Slide.top + 18,
        width: side.rounded(), height: side.rounded(), across: range, up: range)
      canvas.text(landscape.name, panel.x + panel.width / 2, panel.y - 10, Slide.name)
      canvas.seamless { drawBands(landscape, panel, into: &$0) }
      drawLines(landscape, panel, into: &canvas)
      let middle = panel.point(0, 0)
      canvas.circle(middle.x, middle.y, 5, fill: "#ffffff", stroke: Colours.ink)
      panel.drawAcrossTicks(into: &canvas)
      panel.drawUpTicks(
        RoundNumbers.within(range, about: 5).map { tick in
          let length = range.upperBound - range.lowerBound
          return (
            length > 0 ? (tick - range.lowerBound) / length : 0.5, PlotFrame.short(tick)
          )
        }, hasGrid: false, into: &canvas)
      panel.drawFrame("direction 1", index == 0 ? "direction 2" : "", into: &canvas)
    }
    drawScale(x: Slide.width - right + 32, into: &canvas)
  }

  /// Colours the bands between the levels, finer than the places.
  private func drawBands(_ landscape: Landscape, _ panel: PlotPanel, into canvas: inout Canvas) {
    let grid = ContourLines(values: landscape.losses)
    let cells = max(1, landscape.places.count - 1)
    let fine = min(cells * 4, max(cells, 120))
    let edge = { (index: Int, length: Double) in
      (Double(index) / Double(fine) * length).rounded()
    }
    let band = { (column: Int, row: Int) -> Int? in
      let place = { (index: Int) in (Double(index) + 0.5) / Double(fine) * Double(cells) }
      return grid.value(place(column), place(row)).map { scale.band(of: $0, among: Self.bands) }
    }
    for row in 0..<fine {
      let bands = (0..<fine).map { band($0, row) }
      var first = 0
      while first < fine {
        var end = first + 1
        while end < fine, bands[end] == bands[first] { end += 1 }
        if let band = bands[first] {
          let (top, bottom) = (edge(fine - row - 1, panel.height), edge(fine - row, panel.height))
          let (left, right) = (edge(first, panel.width), edge(end, panel.width))
          canvas.rectangle(
            panel.x + left, panel.y + top, right - left, bottom - top,
            .init(radius: 0, fill: Self.colour(ofBand: band)))
        }
        first = end
      }
    }
  }

  private static func colour(ofBand band: Int) -> String {
    ColourScale.colour(at: Double(band) / Double(bands - 1), of: ColourScale.loss)
  }

  private func drawLines(_ landscape: Landscape, _ panel: PlotPanel, into canvas: inout Canvas) {
    let grid = ContourLines(values: landscape.losses)
    let cells = Double(max(1, landscape.places.count - 1))
    for level in scale.levels(parting: Self.bands) {
      let segments = grid.segments(at: level).map { segment in
        (
          panel.place(segment.from.x / cells, segment.from.y / cells),
          panel.place(segment.to.x / cells, segment.to.y / cells)
        )
      }
      canvas.segments(segments, stroke: Colours.ink, width: 1)
    }
  }

  /// The colours from the least loss to the greatest, with the losses between them.
  private func drawScale(x: Double, into canvas: inout Canvas) {
    let (top, height) = (Slide.top + 18, 470.0)
    let step = height / Double(Self.bands)
    for band in 0..<Self.bands {
      canvas.rectangle(
        x, top + height - Double(band + 1) * step, 24, step,
        .init(radius: 0, fill: Self.colour(ofBand: band), stroke: Colours.ink))
    }
    for place in stride(from: 0, through: Self.bands, by: 2) {
      let share = Double(place) / Double(Self.bands)
      canvas.text(
        text(scale.value(at: share)), x + 32, top + height * (1 - share) + 6,
        .init(size: 17, fill: Colours.faint))
    }
    canvas.text("loss", x, top - 10, .init(size: 20))
  }
}
