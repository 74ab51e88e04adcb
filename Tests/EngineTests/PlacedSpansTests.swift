import Testing

@testable import Engine

/// Where buffers lie in an arena: each at the lowest gap that is free all its life.
@Suite struct PlacedSpansTests {
  /// The same places, found by looking at every span.
  private struct Plain {
    var placed: [PlacedSpans.Span] = []

    func lowestGap(of size: Int, from first: Int, to last: Int) -> Int {
      var offset = 0
      for other in placed where other.first <= last && first <= other.last {
        if other.range.lowerBound >= offset + size { break }
        offset = max(offset, other.range.upperBound)
      }
      return offset
    }

    mutating func insert(_ span: PlacedSpans.Span) {
      placed.append(span)
      placed.sort { $0.range.lowerBound < $1.range.lowerBound }
    }
  }

  /// Sizes and steps of what is placed one after the other.
  private typealias Wish = (size: Int, first: Int, last: Int)

  private func check(_ wishes: [Wish], core: Int) {
    var (plain, quick) = (Plain(), PlacedSpans(core: core))
    for (number, wish) in wishes.enumerated() {
      let expected = plain.lowestGap(of: wish.size, from: wish.first, to: wish.last)
      let found = quick.lowestGap(of: wish.size, from: wish.first, to: wish.last)
      #expect(found == expected, "span \(number), core \(core)")
      let span = PlacedSpans.Span(
        first: wish.first, last: wish.last, range: expected..<expected + wish.size)
      plain.insert(span)
      quick.insert(span)
    }
  }

  @Test("spans drawn at random lie where a plain search puts them", arguments: 1...8)
  func agrees(seed: Int) {
    var dice = Dice(UInt64(seed))
    let steps = 10 + dice.below(300)
    let wishes: [Wish] = (0..<700).map { _ in
      let first = dice.below(steps)
      let length = dice.below(2) == 0 ? dice.below(3) : dice.below(steps - first)
      return (16 * (1 + dice.below(20)), first, first + length)
    }
    for core in [0, steps / 2, steps] { check(wishes, core: core) }
    check(wishes.sorted { $0.size > $1.size }, core: steps / 2)
  }

  @Test("values that a backward pass needs, gradients and small sums lie so, too")
  func training() {
    let layers = 300
    let kept: [Wish] = (0..<layers).map { (512, $0, 2 * layers - $0) }
    let gradients: [Wish] = (0..<layers).map { (512, layers + $0, layers + $0 + 1) }
    let sums: [Wish] = (0..<layers).map { (16, $0, 2 * layers - $0) }
    check(kept + gradients + sums, core: layers)
    check(kept + gradients + sums, core: 0)
  }
}
