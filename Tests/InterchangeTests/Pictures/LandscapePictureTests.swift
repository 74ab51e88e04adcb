import Testing

@testable import Interchange

/// Landscapes, surfaces and what they are drawn by.
struct LandscapePictureTests {
  @Test("lines of one value go through a slope where the value is")
  func contours() {
    let slope = ContourLines(values: (0..<3).map { _ in (0..<4).map { Double($0) } })
    for segment in slope.segments(at: 1.5) {
      #expect(segment.from.x == 1.5 && segment.to.x == 1.5)
    }
    #expect(slope.segments(at: 1.5).count == 2)
    #expect(slope.segments(at: 9).isEmpty)
    #expect(slope.value(2.25, 1.5) == 2.25)
    let holed = ContourLines(values: [[0, nil], [1, 1]])
    #expect(holed.segments(at: 0.5).isEmpty && holed.value(0.5, 0.5) == nil)
    let saddle = ContourLines(values: [[1, 0], [0, 1]])
    #expect(saddle.segments(at: 0.4).count == 2)
  }

  @Test("a scale is logarithmic where losses span much, and holds what is no number")
  func scale() {
    let plain = LossScale([1, 2, 3, .nan])
    #expect(!plain.isLogarithmic && plain.share(of: 2) == 0.5 && plain.share(of: .nan) == 1)
    #expect(plain.levels(parting: 4) == [1.5, 2, 2.5] && plain.band(of: 9, among: 4) == 3)
    #expect(plain.ticks == [1, 1.5, 2, 2.5, 3])
    let wide = LossScale([0.01, 100])
    #expect(wide.isLogarithmic && abs(wide.share(of: 1) - 0.5) < 1e-12)
    #expect(wide.ticks.contains { abs($0 - 1) < 1e-9 })
    #expect(LossScale([]).range == 0...1)
    #expect(LossScale([2.0, 2]).range.upperBound > 2)
  }

  @Test("curves and maps of landscapes")
  func landscapes() throws {
    let places = [-1, -0.5, 0, 0.5, 1.0]
    func bowl(_ steep: Double) -> [[Double?]] {
      places.map { y in places.map { x in 0.1 + steep * (x * x + 0.5 * y * y) } }
    }
    let curves = ["plain", "residual <1>"].enumerated().map { index, name in
      LandscapePicture.Landscape(
        name: name, places: places, losses: [bowl(Double(4 - index))[2]])
    }
    let text = { (value: Double) in "\((value * 100).rounded() / 100)" }
    try RecordedPicture.check(
      LandscapePicture(
        title: "loss around the weights of plain, residual", note: "how it was measured",
        landscapes: curves, text: text
      ).svg, "landscape-1d.svg")
    let map = LandscapePicture.Landscape(name: "plain", places: places, losses: bowl(3))
    try RecordedPicture.check(
      LandscapePicture(title: "loss", note: "note", landscapes: [map], text: text).svg,
      "landscape-2d.svg")
    let holed = LandscapePicture.Landscape(
      name: "holed", places: places, losses: [[nil, .nan, 0.5, .infinity, nil]])
    #expect(
      LandscapePicture(title: "loss", note: "", landscapes: [holed], text: text).svg
        .hasSuffix("</svg>\n"))
  }

  @Test("regions with examples on top")
  func surface() throws {
    var cells: [[SurfacePicture.Cell?]] = (0..<4).map { row in
      (0..<6).map { column in
        SurfacePicture.Cell(label: column > row ? 1 : 0, certainty: Double(column) / 5)
      }
    }
    cells[3][5] = nil
    let picture = SurfacePicture(
      title: "what main makes of the plane", note: "1 of 2 train examples right",
      names: ["first", "second"], across: -1...1, up: 0...2, cells: cells,
      points: [
        .init(x: 0, y: 1, label: 0, isRight: true), .init(x: 0.5, y: 0.5, label: 1, isRight: false),
      ])
    try RecordedPicture.check(picture.svg, "surface.svg")
  }

  @Test("a wide picture of curves is a slide")
  func wide() throws {
    var curve = CurvePicture.Curve(name: "main")
    curve.training = (0..<100).map { ($0, 1 / (1 + Double($0) / 10)) }
    curve.test = [(50, 0.3), (100, 0.2)]
    try RecordedPicture.check(
      CurvePicture(title: "loss of main", quantity: "loss", curves: [curve], form: .wide).svg,
      "loss-wide.svg")
  }
}
