/// The mean of values and how far they lie from it.
struct Spread: Hashable, Sendable {
  let mean: Double

  /// The standard deviation over N − 1; nothing of a single value.
  let deviation: Double?
  let count: Int

  /// The spread of values; nothing where there are none.
  init?(_ values: [Double]) {
    if values.isEmpty { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    count = values.count
    guard values.count > 1 else {
      deviation = nil
      return
    }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    deviation = (squares / Double(values.count - 1)).squareRoot()
  }
}
