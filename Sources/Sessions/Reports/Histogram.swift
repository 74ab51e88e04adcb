/// How often values of a tensor fall into classes of equal width, with their moments.
struct Histogram: Sendable {
  /// Values in each class, from the least to the greatest.
  private(set) var counts: [Int]
  private(set) var least: Double
  private(set) var greatest: Double
  private(set) var mean: Double
  private(set) var deviation: Double

  /// The Euclidean norm.
  private(set) var norm: Double

  /// Values that are infinite or no number, which are not counted otherwise.
  private(set) var strange: Int

  /// The spread of values; nothing where no number is among them.
  init?(_ values: [Float], classes: Int = 32) {
    let numbers = values.lazy.filter(\.isFinite).map(Double.init)
    guard let least = numbers.min(), let greatest = numbers.max() else { return nil }
    (self.least, self.greatest) = (least, greatest)
    var (count, sum, squares) = (0, 0.0, 0.0)
    counts = Array(repeating: 0, count: max(classes, 1))
    let scale = greatest > least ? Double(counts.count) / (greatest - least) : 0
    for value in numbers {
      count += 1
      sum += value
      squares += value * value
      counts[min(Int((value - least) * scale), counts.count - 1)] += 1
    }
    mean = sum / Double(count)
    deviation = max(0, squares / Double(count) - mean * mean).squareRoot()
    norm = squares.squareRoot()
    strange = values.count - count
  }

  /// One column for each class; the fullest reaches the top, and none but an empty one is blank.
  func bars(_ glyphs: Glyphs) -> String {
    let heights = glyphs.heights
    let most = counts.max() ?? 0
    return String(
      counts.map { count in
        guard count > 0, most > 0 else { return heights[0] }
        return heights[max(1, count * (heights.count - 1) / most)]
      })
  }
}
