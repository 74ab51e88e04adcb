/// Transposition of sixteen rows of sixteen floats.
enum Square {
  /// Floats of a square.
  static let count = 256

  /// Rows of `x` become columns of `y`; `work` has the floats of a square.
  @inline(__always) static func transpose(
    _ x: UnsafePointer<Float>, _ xStride: Int, into y: UnsafeMutablePointer<Float>, _ yStride: Int,
    work: UnsafeMutablePointer<Float>
  ) {
    shuffle(x, xStride, into: work, 16)
    shuffle(UnsafePointer(work), 16, into: y, yStride)
  }

  /// Half of a transposition: done twice, rows are columns.
  ///
  /// Four steps that each part neighbouring rows into their even and odd lanes would transpose; two are
  /// done here.
  @inline(__always) private static func shuffle(
    _ x: UnsafePointer<Float>, _ xStride: Int, into y: UnsafeMutablePointer<Float>, _ yStride: Int
  ) {
    for j in 0..<4 {
      let source = x + j &* 4 &* xStride
      let one = SIMD32(lowHalf: source.vector(0), highHalf: source.vector(xStride))
      let two = SIMD32(
        lowHalf: source.vector(xStride &* 2), highHalf: source.vector(xStride &* 3))
      let even = SIMD32(lowHalf: one.evenHalf, highHalf: two.evenHalf)
      let odd = SIMD32(lowHalf: one.oddHalf, highHalf: two.oddHalf)
      y.store(even.evenHalf, j &* yStride)
      y.store(odd.evenHalf, (j &+ 4) &* yStride)
      y.store(even.oddHalf, (j &+ 8) &* yStride)
      y.store(odd.oddHalf, (j &+ 12) &* yStride)
    }
  }
}
