/// Elementwise arithmetic over flat memory; a destination may be one of the sources.
package enum Elementwise {
  /// y = value.
  package static func fill(_ y: UnsafeMutablePointer<Float>, count: Int, with value: Float) {
    y.update(repeating: value, count: count)
  }

  /// y = x.
  package static func copy(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    y.update(from: x, count: count)
  }

  /// y = factor · x.
  package static func scale(
    _ x: UnsafePointer<Float>, by factor: Float, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    Scaled(factor: factor).map(x, into: y, count: count)
  }

  /// y = a + b.
  package static func add(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    Sum().map(a, b, into: y, count: count)
  }

  /// y = max(a + b, 0).
  package static func addRelu(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    RectifiedSum().map(a, b, into: y, count: count)
  }

  /// y = a + factor · b.
  package static func addScaled(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, factor: Float,
    into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    ScaledSum(factor: factor).map(a, b, into: y, count: count)
  }

  /// y += x.
  package static func accumulate(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    Sum().map(y, x, into: y, count: count)
  }

  /// y += factor · x.
  package static func accumulate(
    _ x: UnsafePointer<Float>, factor: Float, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    ScaledSum(factor: factor).map(y, x, into: y, count: count)
  }

  /// y = a · b, as by a mask.
  package static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    Product().map(a, b, into: y, count: count)
  }

  /// y += a · b.
  package static func accumulateProduct(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    ProductSum().map(a, b, y, into: y, count: count)
  }

  /// The sum of a · b, in double precision.
  package static func dot(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
  ) -> Double {
    var low = Doubles.zero
    var high = Doubles.zero
    var i = 0
    while i < count {
      let one = a.vector(i, end: count)
      let two = b.vector(i, end: count)
      low = low.plus(Doubles(widening: one.lowHalf), Doubles(widening: two.lowHalf))
      high = high.plus(Doubles(widening: one.highHalf), Doubles(widening: two.highHalf))
      i &+= 16
    }
    return (low + high).sum()
  }

  /// The place of the first infinity or not-a-number, nil where every float is finite.
  package static func firstNonFinite(_ x: UnsafePointer<Float>, count: Int) -> Int? {
    var i = 0
    while i < count {
      let end = min(i &+ 1024, count)
      var zeros = Vector.zero
      var j = i
      while j < end {
        let value = x.vector(j, end: end)
        zeros += value - value
        j &+= 16
      }
      if zeros.total != 0 {
        for index in i..<end where !x[index].isFinite { return index }
      }
      i = end
    }
    return nil
  }
}
