/// Elementwise arithmetic over flat memory; a destination may be one of the sources.
package enum Elementwise {
  package static func fill(_ y: UnsafeMutablePointer<Float>, count: Int, with value: Float) {
    y.update(repeating: value, count: count)
  }

  package static func copy(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    y.update(from: x, count: count)
  }

  /// y = factor · x.
  package static func scale(
    _ x: UnsafePointer<Float>, by factor: Float, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    Mapping.unary(x, y, count) { $0 * factor }
  }

  /// y = a + b.
  package static func add(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    Mapping.binary(a, b, y, count) { $0 + $1 }
  }

  /// y = max(a + b, 0).
  package static func addRelu(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    Mapping.binary(a, b, y, count) { ($0 + $1).atLeast(0) }
  }

  /// y = a + factor · b.
  package static func addScaled(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, factor: Float,
    into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    Mapping.binary(a, b, y, count) { $0.plus($1, factor) }
  }

  /// y += x.
  package static func accumulate(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    Mapping.binary(y, x, y, count) { $0 + $1 }
  }

  /// y += factor · x.
  package static func accumulate(
    _ x: UnsafePointer<Float>, factor: Float, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    Mapping.binary(y, x, y, count) { $0.plus($1, factor) }
  }

  /// y = a · b, as by a mask.
  package static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    Mapping.binary(a, b, y, count) { $0 * $1 }
  }

  /// y += a · b.
  package static func accumulateProduct(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    Mapping.ternary(a, b, y, y, count) { $2.plus($0, $1) }
  }

  /// The sum of a · b, in double precision.
  package static func dot(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
  ) -> Double {
    var low = SIMD8<Double>.zero
    var high = SIMD8<Double>.zero
    var i = 0
    while i < count {
      let one = a.vector(i, end: count)
      let two = b.vector(i, end: count)
      low = low.addingProduct(SIMD8<Double>(one.lowHalf), SIMD8<Double>(two.lowHalf))
      high = high.addingProduct(SIMD8<Double>(one.highHalf), SIMD8<Double>(two.highHalf))
      i &+= 16
    }
    return (low + high).sum()
  }

  /// The place of the first infinity or not-a-number, nil where every float is finite.
  package static func firstNonFinite(_ x: UnsafePointer<Float>, count: Int) -> Int? {
    var i = 0
    while i < count {
      let exponents = x.vector(i, end: count).bits & 0x7f80_0000
      if any(exponents .== 0x7f80_0000) {
        for lane in 0..<min(16, count &- i) where !x[i &+ lane].isFinite { return i &+ lane }
      }
      i &+= 16
    }
    return nil
  }
}
