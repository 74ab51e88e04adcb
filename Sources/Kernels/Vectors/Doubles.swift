/// Half a vector in double precision, for sums of floats.
typealias Doubles = SIMD8<Double>

extension SIMD8<Double> {
  /// The same numbers.
  ///
  /// Lane by lane, since the standard library's conversion would be compiled as a function that modules for
  /// different sets of instructions share.
  @inline(__always) init(widening lanes: SIMD8<Float>) {
    self.init(
      Double(lanes[0]), Double(lanes[1]), Double(lanes[2]), Double(lanes[3]), Double(lanes[4]),
      Double(lanes[5]), Double(lanes[6]), Double(lanes[7]))
  }

  /// `self + a * b` of floats, whose products are exact, so that the bits are the same on every processor.
  @inline(__always) func plus(_ a: Doubles, _ b: Doubles) -> Doubles {
    #if ESPALIER_FUSED || arch(arm64)
      addingProduct(a, b)
    #else
      self + a * b
    #endif
  }
}
