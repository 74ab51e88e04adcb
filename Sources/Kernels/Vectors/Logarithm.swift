/// Natural logarithms, at most 2 units in the last place off.
extension SIMD16<Float> {
  /// The logarithm of lanes that are normal and positive; other lanes have no meaning.
  @_transparent func logarithm() -> Vector {
    let pattern = bits
    let exponent = (pattern &- 0x3f35_04f3) &>> 23
    let f = Vector(bits: pattern &- (exponent &<< 23)) - 1
    let e = Vector(bits: exponent &+ 0x4b40_0000) - 12_582_912
    var p = Vector(repeating: 0.069_155_462)
    p = Vector(repeating: -0.117_898_66).plus(p, f)
    p = Vector(repeating: 0.118_729_24).plus(p, f)
    p = Vector(repeating: -0.123_843_35).plus(p, f)
    p = Vector(repeating: 0.142_186_64).plus(p, f)
    p = Vector(repeating: -0.166_692_53).plus(p, f)
    p = Vector(repeating: 0.200_022_27).plus(p, f)
    p = Vector(repeating: -0.249_999_87).plus(p, f)
    p = Vector(repeating: 0.333_333_1).plus(p, f)
    let square = f * f
    let tail = (square * -0.5).plus(square * f, p).plus(e, -2.121_944_4e-4)
    return (f + tail).plus(e, 0.693_359_375)
  }

  /// log(1 + u) of lanes from zero to 2¹⁶, exact for tiny ones.
  @_transparent func logarithmOfOnePlus() -> Vector {
    let w = self + 1
    return w.logarithm() - ((w - 1) - self) / w
  }

  /// log(1 + exp x), without overflow.
  @_transparent func softplus() -> Vector {
    atLeast(0) + (-magnitudes).exponential().logarithmOfOnePlus()
  }
}
