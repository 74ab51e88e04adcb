extension RandomStream {
  /// Fills with uniform floats in `low..<high`, each `low` plus a multiple of (high − low)·2⁻²³.
  ///
  /// A word gives two floats; the stream moves on by count / 2, rounded up.
  package mutating func fillUniform(
    _ y: UnsafeMutablePointer<Float>, count: Int, low: Float = 0, high: Float = 1
  ) {
    let width = high - low
    var i = 0
    while i &+ 16 <= count {
      let unit = uniforms(at: position &+ UInt64(i / 2))
      y.store(Vector(repeating: low).plus(unit, width), i)
      i &+= 16
    }
    if i < count {
      let unit = uniforms(at: position &+ UInt64(i / 2))
      y.store(Vector(repeating: low).plus(unit, width), i, count: count &- i)
    }
    position &+= UInt64((count &+ 1) / 2)
  }

  /// Fills with normal floats by Box and Muller's transform (1958) of pairs of uniform ones.
  ///
  /// Sixteen words give sixteen cosines, then sixteen sines; the stream moves on by 16 words for
  /// every 32 floats begun. The greatest deviation possible is 5.65.
  package mutating func fillNormal(
    _ y: UnsafeMutablePointer<Float>, count: Int, mean: Float = 0, deviation: Float = 1
  ) {
    var i = 0
    while i &+ 32 <= count {
      let (first, second) = normals(mean, deviation)
      y.store(first, i)
      y.store(second, i &+ 16)
      i &+= 32
    }
    if i == count { return }
    let (first, second) = normals(mean, deviation)
    y.store(first, i, end: count)
    if i &+ 16 < count { y.store(second, i &+ 16, end: count) }
  }

  /// The next 32 normal floats.
  @inline(__always) mutating func normals(
    _ mean: Float, _ deviation: Float
  ) -> (Vector, Vector) {
    let share = 1 - uniforms(at: position)
    let turn = uniforms(at: position &+ 8)
    position &+= 16
    let radius = (share.logarithm() * -2).atLeast(0).squareRoot() * deviation
    let (sine, cosine) = turn.sineAndCosineOfTurns()
    let centre = Vector(repeating: mean)
    return (centre.plus(radius, cosine), centre.plus(radius, sine))
  }

  /// Sixteen uniform floats in 0..<1 from the eight words after `position`.
  @inline(__always) func uniforms(at position: UInt64) -> Vector {
    var z = SIMD8<UInt64>(1, 2, 3, 4, 5, 6, 7, 8) &+ position
    z = (z &* Self.golden) &+ key
    z = (z ^ (z &>> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z &>> 27)) &* 0x94d0_49bb_1331_11eb
    z = z ^ (z &>> 31)
    let words = unsafeBitCast(z, to: SIMD16<UInt32>.self)
    return unsafeBitCast((words &>> 9) | 0x3f80_0000, to: Vector.self) - 1
  }
}
