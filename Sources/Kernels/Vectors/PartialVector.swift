/// Reading and writing of fewer than sixteen floats, by eight, four, two and one.
extension UnsafePointer<Float> {
  /// The first `count` < 16 floats from `index`; the other lanes are `filler`.
  func vector(_ index: Int, count: Int, filler: Float = 0) -> Vector {
    let start = self + index
    if count & 8 != 0 {
      return Vector(lowHalf: start.eight, highHalf: (start + 8).upToSeven(count, filler))
    }
    return Vector(
      lowHalf: start.upToSeven(count, filler), highHalf: SIMD8(repeating: filler))
  }

  @inline(__always) private var eight: SIMD8<Float> {
    UnsafeRawPointer(self).loadUnaligned(as: SIMD8<Float>.self)
  }

  @inline(__always) private func upToSeven(_ count: Int, _ filler: Float) -> SIMD8<Float> {
    if count & 4 != 0 {
      let four = UnsafeRawPointer(self).loadUnaligned(as: SIMD4<Float>.self)
      return SIMD8(lowHalf: four, highHalf: (self + 4).upToThree(count, filler))
    }
    return SIMD8(lowHalf: upToThree(count, filler), highHalf: SIMD4(repeating: filler))
  }

  @inline(__always) private func upToThree(_ count: Int, _ filler: Float) -> SIMD4<Float> {
    if count & 2 != 0 {
      return SIMD4(self[0], self[1], count & 1 != 0 ? self[2] : filler, filler)
    }
    return SIMD4(count & 1 != 0 ? self[0] : filler, filler, filler, filler)
  }
}

extension UnsafeMutablePointer<Float> {
  /// The first `count` < 16 floats from `index`; the other lanes are `filler`.
  func vector(_ index: Int, count: Int, filler: Float = 0) -> Vector {
    UnsafePointer(self).vector(index, count: count, filler: filler)
  }

  /// Writes the first `count` < 16 lanes from `index`.
  func store(_ lanes: Vector, _ index: Int, count: Int) {
    var target = UnsafeMutableRawPointer(self + index)
    var eight = lanes.lowHalf
    if count & 8 != 0 {
      target.storeBytes(of: eight, as: SIMD8<Float>.self)
      target += 32
      eight = lanes.highHalf
    }
    var four = eight.lowHalf
    if count & 4 != 0 {
      target.storeBytes(of: four, as: SIMD4<Float>.self)
      target += 16
      four = eight.highHalf
    }
    var two = four.lowHalf
    if count & 2 != 0 {
      target.storeBytes(of: two, as: SIMD2<Float>.self)
      target += 8
      two = four.highHalf
    }
    if count & 1 != 0 { target.storeBytes(of: two.x, as: Float.self) }
  }
}
