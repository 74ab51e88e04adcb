/// Normalization of sets of values that lie one behind the other: layer normalization and root mean squares.
///
/// y = (x − mean) / √(variance + epsilon) · weight + bias, with a weight and a bias for each place in a set.
/// Statistics are kept as `[sets, 2]`: the mean and 1 / √(variance + epsilon).
package struct SetNorm: Sendable {
  /// Values of a set.
  package let count: Int
  private let epsilon: Float

  /// Whether the mean is taken away; root mean squares leave it.
  private let isCentred: Bool

  /// Sets of so many values.
  package init(count: Int, epsilon: Double, isCentred: Bool) {
    self.count = count
    self.epsilon = Float(epsilon)
    self.isCentred = isCentred
  }

  /// The learned numbers of the places, where there are any.
  package struct Places {
    package let weight: UnsafePointer<Float>?
    package let bias: UnsafePointer<Float>?

    /// Weights and biases, or neither.
    package init(weight: UnsafePointer<Float>?, bias: UnsafePointer<Float>?) {
      self.weight = weight
      self.bias = bias
    }
  }

  /// y of x, with the statistics of each set; y may be x.
  package func forward(
    _ x: UnsafePointer<Float>, sets: Int, _ places: Places,
    statistics: UnsafeMutablePointer<Float>, into y: UnsafeMutablePointer<Float>
  ) {
    for set in 0..<sets {
      let (x, y) = (x + set &* count, y + set &* count)
      let mean = isCentred ? self.mean(x) : 0
      let scale = 1 / (meanSquare(x, around: mean) + epsilon).squareRoot()
      statistics[2 &* set] = mean
      statistics[2 &* set &+ 1] = scale
      var i = 0
      while i < count {
        var value = (x.vector(i, end: count) - mean) * scale
        if let weight = places.weight { value *= weight.vector(i, end: count) }
        if let bias = places.bias { value += bias.vector(i, end: count) }
        y.store(value, i, end: count)
        i &+= 16
      }
    }
  }

  /// dx, or what is added to it; dx may be dy.
  package func backward(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>, sets: Int, _ places: Places,
    statistics: UnsafePointer<Float>, into dx: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    for set in 0..<sets {
      let (x, dy, dx) = (x + set &* count, dy + set &* count, dx + set &* count)
      let (mean, scale) = (statistics[2 &* set], statistics[2 &* set &+ 1])
      let (plain, turned) = sums(x, dy, places, mean, scale)
      let shift = isCentred ? Float(plain / Double(count)) : 0
      let turn = Float(turned / Double(count))
      var i = 0
      while i < count {
        let normal = (x.vector(i, end: count) - mean) * scale
        var value = slope(dy, places, i) - shift
        value = (value - normal * turn) * scale
        if accumulate { value += UnsafePointer(dx).vector(i, end: count) }
        dx.store(value, i, end: count)
        i &+= 16
      }
    }
  }

  /// The gradients of weights and biases at a range of places, summed over the sets in their order.
  ///
  /// The range begins at a multiple of 16.
  package func parameterSums(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>, sets: Int,
    statistics: UnsafePointer<Float>, places: Range<Int>, weight: UnsafeMutablePointer<Float>,
    bias: UnsafeMutablePointer<Float>
  ) {
    var i = places.lowerBound
    while i < places.upperBound {
      var (turned, plain) = (Vector.zero, Vector.zero)
      for set in 0..<sets {
        let (mean, scale) = (statistics[2 &* set], statistics[2 &* set &+ 1])
        let slope = (dy + set &* count).vector(i, end: places.upperBound)
        let normal = ((x + set &* count).vector(i, end: places.upperBound) - mean) * scale
        turned = turned.plus(slope, normal)
        plain += slope
      }
      weight.store(turned, i, end: places.upperBound)
      bias.store(plain, i, end: places.upperBound)
      i &+= 16
    }
  }

  /// Values that are added up as floats before they are added to doubles.
  private static let block = 1 << 12

  private func mean(_ x: UnsafePointer<Float>) -> Float {
    var total = 0.0
    var i = 0
    while i < count {
      let end = min(i &+ Self.block, count)
      var sum = Vector.zero
      while i < end {
        sum += x.vector(i, end: end)
        i &+= 16
      }
      total += Double(sum.total)
      i = end
    }
    return Float(total / Double(count))
  }

  private func meanSquare(_ x: UnsafePointer<Float>, around mean: Float) -> Float {
    var total = 0.0
    var i = 0
    while i < count {
      let end = min(i &+ Self.block, count)
      var sum = Vector.zero
      while i &+ 16 <= end {
        let distance = x.vector(i) - mean
        sum = sum.plus(distance, distance)
        i &+= 16
      }
      if i < end {
        let distance = x.vector(i, count: end &- i, filler: mean) - mean
        sum = sum.plus(distance, distance)
      }
      total += Double(sum.total)
      i = end
    }
    return Float(total / Double(count))
  }

  /// The sums of dy · weight, and of that times the normalized values.
  private func sums(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ places: Places, _ mean: Float,
    _ scale: Float
  ) -> (plain: Double, turned: Double) {
    var (all, allTurned) = (0.0, 0.0)
    var i = 0
    while i < count {
      let end = min(i &+ Self.block, count)
      var (plain, turned) = (Vector.zero, Vector.zero)
      while i < end {
        let slope = slope(dy, places, i)
        plain += slope
        turned = turned.plus(slope, (x.vector(i, end: end) - mean) * scale)
        i &+= 16
      }
      all += Double(plain.total)
      allTurned += Double(turned.total)
      i = end
    }
    return (all, allTurned)
  }

  @inline(__always) private func slope(
    _ dy: UnsafePointer<Float>, _ places: Places, _ i: Int
  ) -> Vector {
    let dy = dy.vector(i, end: count)
    guard let weight = places.weight else { return dy }
    return dy * weight.vector(i, end: count)
  }
}
