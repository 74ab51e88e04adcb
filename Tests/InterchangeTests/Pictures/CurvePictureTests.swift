import Testing

@testable import Interchange

/// Pictures of curves.
struct CurvePictureTests {
  @Test func drawsCurves() throws {
    var first = CurvePicture.Curve(name: "plain")
    first.training = (0..<300).map { ($0, 0.2 + 2 / (1 + Double($0) / 30) + Double($0 % 7) / 40) }
    first.test = [(100, 0.9), (200, 0.6), (300, 0.5)]
    var second = CurvePicture.Curve(name: "residual")
    second.training = (0..<200).map { ($0, $0 == 50 ? .nan : 1.5 / (1 + Double($0) / 20)) }
    let mark = CurvePicture.Mark(step: 120, label: "wrap residual")
    try RecordedPicture.check(
      CurvePicture(title: "loss", curves: [first, second], marks: [mark]).svg, "loss.svg")
  }

  @Test func keepsSpikesOfLongRuns() {
    var curve = CurvePicture.Curve(name: "main")
    curve.training = (0..<100_000).map { ($0, $0 == 77_777 ? 0.9 : 0.1) }
    let svg = CurvePicture(title: "accuracy", curves: [curve], isPercent: true).svg
    #expect(svg.utf8.count < 60_000)
    #expect(svg.contains("100 %"))
    // 90 % stands a tenth of the plot's 300 rows below its upper edge at 44.
    #expect(svg.contains(" 74"))
  }

  @Test func drawsFlatAndSinglePoints() {
    var curve = CurvePicture.Curve(name: "main")
    curve.training = [(0, 0)]
    #expect(CurvePicture(title: "loss", curves: [curve]).svg.hasSuffix("</svg>\n"))
    curve.training = [(0, .nan), (1, .infinity)]
    #expect(CurvePicture(title: "loss", curves: [curve]).svg.hasSuffix("</svg>\n"))
  }
}
