import Testing

@testable import Terminal

/// The pyramid says of every stretch what looking at every point would say.
struct SeriesPyramidTests {
  private func summary(_ points: ArraySlice<Float>) -> SeriesPyramid.Summary {
    var result = SeriesPyramid.Summary()
    for value in points {
      if value.isFinite {
        result.least = min(result.least, value)
        result.greatest = max(result.greatest, value)
        result.sum += Double(value)
        result.count += 1
      } else {
        result.badCount += 1
      }
    }
    return result
  }

  @Test func everyStretchIsSummedUpAsIfPointByPoint() {
    var random = SeededGenerator(seed: 5)
    var pyramid = SeriesPyramid()
    var values: [Float] = []
    for step in 0..<1500 {
      var value = Float(Int.random(in: -1000...1000, using: &random))
      if Int.random(in: 0..<20, using: &random) == 0 { value = .nan }
      if Int.random(in: 0..<40, using: &random) == 0 { value = .infinity }
      values.append(value)
      pyramid.append(value, at: step * 3)
    }
    for _ in 0..<2000 {
      let low = Int.random(in: 0...1500, using: &random)
      let high = Int.random(in: low...1500, using: &random)
      let found = pyramid.summary(ofIndices: low..<high)
      #expect(found == summary(values[low..<high]))
      #expect(pyramid.summary(of: low * 3..<high * 3) == found)
    }
  }

  @Test func truncatingAndGrowingAgainForgetsWhatWasCut() {
    var random = SeededGenerator(seed: 6)
    var pyramid = SeriesPyramid()
    var values: [Float] = []
    for _ in 0..<200 {
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        let value = Float(Int.random(in: 0...100, using: &random))
        pyramid.append(value, at: values.count)
        values.append(value)
      }
      let kept = Int.random(in: 0...values.count, using: &random)
      if Bool.random(using: &random) {
        values.removeSubrange(kept...)
        pyramid.truncate(from: kept)
      }
      let low = Int.random(in: 0...values.count, using: &random)
      #expect(pyramid.summary(ofIndices: low..<values.count) == summary(values[low...]))
    }
  }

  @Test func anEarlierStepReplacesWhatFollowsIt() {
    var pyramid = SeriesPyramid((0..<10).map { (step: $0, value: Float($0)) })
    pyramid.append(50, at: 4)
    #expect(pyramid.steps == [0, 1, 2, 3, 4])
    #expect(pyramid.values == [0, 1, 2, 3, 50])
    #expect(pyramid.extent == 0...4)
    #expect(pyramid.summary(of: 0..<10).greatest == 50)
  }

  @Test func thePlaceOfAStepIsTheFirstPointAtOrAfterIt() {
    let pyramid = SeriesPyramid([
      (step: 10, value: 1), (step: 20, value: 2), (step: 20, value: 3), (step: 30, value: 4),
    ])
    #expect([0, 10, 11, 20, 21, 30, 31].map(pyramid.index(of:)) == [0, 0, 1, 1, 3, 3, 4])
  }
}
