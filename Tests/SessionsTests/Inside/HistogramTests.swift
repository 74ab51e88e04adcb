import Testing

@testable import Sessions

/// Histograms and bars as text.
struct HistogramTests {
  @Test func countsClassesOfEqualWidth() throws {
    let histogram = try #require(Histogram([0, 0, 0, 0, 1, 1, 2, 4], classes: 4))
    #expect(histogram.counts == [4, 2, 1, 1])
    #expect((histogram.least, histogram.greatest) == (0, 4))
    #expect(histogram.mean == 1)
    #expect(histogram.norm == 22.0.squareRoot())
    #expect(abs(histogram.deviation - 1.75.squareRoot()) < 1e-12)
    #expect(histogram.bars(.unicode) == "█▄▂▂")
    #expect(histogram.bars(.ascii) == "@=::")
  }

  @Test func leavesOutWhatIsNoNumber() throws {
    let histogram = try #require(Histogram([.nan, .infinity, 3, -.infinity, 3], classes: 8))
    #expect(histogram.strange == 3)
    #expect(histogram.counts == [2, 0, 0, 0, 0, 0, 0, 0])
    #expect(histogram.deviation == 0)
    #expect(Histogram([]) == nil)
    #expect(Histogram([.nan]) == nil)
  }

  @Test func extremesOfFloatsHaveAHistogram() throws {
    let most = Float.greatestFiniteMagnitude
    let histogram = try #require(Histogram([-most, most, 0], classes: 3))
    #expect(histogram.counts == [1, 1, 1])
  }

  @Test(arguments: [
    (1.0, "████", "####"), (0.5, "██", "##"), (0.53, "██▏", "##"), (0, "", ""), (-1, "", ""),
    (9, "████", "####"), (.nan, "", ""),
  ])
  func barsHaveEighths(share: Double, unicode: String, ascii: String) {
    #expect(LengthBar(columns: 4).text(share, .unicode) == unicode)
    #expect(LengthBar(columns: 4).text(share, .ascii) == ascii)
  }

  @Test(arguments: [
    (100.0, 1.0), (10, 0.9), (1e-3, 0.5), (1e-8, 0), (1e-12, 0), (0, 0), (-1, 0), (.nan, 0),
    (1e9, 1), (.infinity, 1),
  ])
  func scaleIsLogarithmicAndTheSameForAll(value: Double, share: Double) {
    #expect(abs(LogarithmicScale.share(of: value) - share) < 1e-12)
  }
}
