import Networks

/// What the inputs of some examples are like.
struct InputFigures: Sendable {
  let mean: Double
  let deviation: Double
  let isFinite: Bool

  /// The least and the greatest deviation of a column that varies, of inputs without positions.
  let columns: (least: Double, greatest: Double)?

  /// The figures of inputs `[count, …]`.
  init(_ inputs: Tensor) {
    let size = max(1, inputs.shape.dropFirst().reduce(1, *))
    var (sum, squares) = (0.0, 0.0)
    for value in inputs.values { sum += Double(value) }
    let count = Double(max(1, inputs.values.count))
    let mean = sum / count
    for value in inputs.values { squares += (Double(value) - mean) * (Double(value) - mean) }
    (self.mean, deviation) = (mean, (squares / count).squareRoot())
    isFinite = deviation.isFinite && mean.isFinite
    columns = inputs.shape.count == 2 ? Self.columns(inputs.values, size) : nil
  }

  private static func columns(_ values: [Float], _ size: Int) -> (Double, Double)? {
    let rows = values.count / size
    let deviations = (0..<size).map { column -> Double in
      var (sum, squares) = (0.0, 0.0)
      for row in 0..<rows { sum += Double(values[row * size + column]) }
      let mean = sum / Double(max(1, rows))
      for row in 0..<rows {
        let distance = Double(values[row * size + column]) - mean
        squares += distance * distance
      }
      return (squares / Double(max(1, rows))).squareRoot()
    }
    let present = deviations.filter { $0 > 0 && $0.isFinite }
    guard let least = present.min(), let greatest = present.max() else { return nil }
    return (least, greatest)
  }
}
