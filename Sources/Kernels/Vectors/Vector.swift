/// Sixteen floats: one register under AVX-512, two under AVX2, four under NEON.
typealias Vector = SIMD16<Float>
/// Sixteen integers of the same width, for bit patterns and masks.
typealias Bits = SIMD16<Int32>

extension UnsafePointer<Float> {
  /// The sixteen floats from `index`, at any alignment.
  @inline(__always) func vector(_ index: Int) -> Vector {
    UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
  }

  /// Sixteen floats from `index`, of which those at or beyond `end` are zero and unread.
  @inline(__always) func vector(_ index: Int, end: Int) -> Vector {
    index &+ 16 <= end ? vector(index) : vector(index, count: end &- index)
  }
}

extension UnsafeMutablePointer<Float> {
  /// The sixteen floats from `index`, at any alignment.
  @inline(__always) func vector(_ index: Int) -> Vector {
    UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
  }

  /// Writes sixteen floats from `index`, at any alignment.
  @inline(__always) func store(_ lanes: Vector, _ index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: lanes, as: Vector.self)
  }

  /// Writes as many lanes from `index` as lie before `end`.
  @inline(__always) func store(_ lanes: Vector, _ index: Int, end: Int) {
    if index &+ 16 <= end {
      store(lanes, index)
    } else {
      store(lanes, index, count: end &- index)
    }
  }
}

extension UnsafePointer<Int32> {
  /// Sixteen integers from `index`, of which those at or beyond `end` are zero and unread.
  @inline(__always) func bits(_ index: Int, end: Int) -> Bits {
    UnsafeRawPointer(self).assumingMemoryBound(to: Float.self).vector(index, end: end).bits
  }
}

extension UnsafeMutablePointer<Int32> {
  /// Writes as many lanes from `index` as lie before `end`.
  @inline(__always) func store(_ lanes: Bits, _ index: Int, end: Int) {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Float.self)
      .store(Vector(bits: lanes), index, end: end)
  }
}

extension SIMD16<Float> {
  /// `self + a * b`: rounded once where processors have an instruction for it, after the product too on those of
  /// the baseline, where rounding once would be a call for each lane.
  ///
  /// So bits may differ between sets of instructions, never between runs on one.
  @inline(__always) func plus(_ a: Vector, _ b: Vector) -> Vector {
    #if ESPALIER_FUSED || arch(arm64)
      addingProduct(a, b)
    #else
      self + a * b
    #endif
  }

  /// `self + a * b`, rounded as the other one.
  @inline(__always) func plus(_ a: Vector, _ b: Float) -> Vector {
    plus(a, Vector(repeating: b))
  }

  /// The greater of each pair of lanes; this lane where either is not a number.
  @inline(__always) func atLeast(_ bound: Vector) -> Vector {
    replacing(with: bound, where: self .< bound)
  }

  /// The lesser of each pair of lanes; this lane where either is not a number.
  @inline(__always) func atMost(_ bound: Vector) -> Vector {
    replacing(with: bound, where: self .> bound)
  }

  @inline(__always) func atLeast(_ bound: Float) -> Vector { atLeast(Vector(repeating: bound)) }

  @inline(__always) func atMost(_ bound: Float) -> Vector { atMost(Vector(repeating: bound)) }

  /// The value without its sign.
  @inline(__always) var magnitudes: Vector { Vector(bits: bits & 0x7fff_ffff) }

  @inline(__always) var bits: Bits { unsafeBitCast(self, to: Bits.self) }

  @inline(__always) init(bits: Bits) { self = unsafeBitCast(bits, to: Vector.self) }

  /// The lanes added by halves, always in the same order.
  @inline(__always) var total: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  /// The greatest lane, by halves.
  @inline(__always) var greatest: Float {
    let eight = lowHalf.replacing(with: highHalf, where: lowHalf .< highHalf)
    let four = eight.lowHalf.replacing(with: eight.highHalf, where: eight.lowHalf .< eight.highHalf)
    let two = four.lowHalf.replacing(with: four.highHalf, where: four.lowHalf .< four.highHalf)
    return two.x < two.y ? two.y : two.x
  }

  /// True in the lanes before `count`.
  ///
  /// Floats are compared here and elsewhere, since comparisons of integers are not vectorised.
  @inline(__always) static func lanes(before count: Int) -> SIMDMask<Bits> {
    Vector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
      .< Vector(repeating: Float(count))
  }

  /// Whole numbers of at most 2²² as integers.
  @inline(__always) var whole: Bits { (self + 12_582_912).bits &- 0x4b40_0000 }

  /// Integers of at most 2²² as floats.
  @inline(__always) init(whole: Bits) {
    self = Vector(bits: whole &+ 0x4b40_0000) - 12_582_912
  }
}
