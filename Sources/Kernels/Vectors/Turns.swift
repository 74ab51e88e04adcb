/// Sine and cosine of whole turns.
extension SIMD16<Float> {
  /// sin and cos of 2π times lanes in 0..<1, at most 2e-7 off.
  @_transparent func sineAndCosineOfTurns() -> (sine: Vector, cosine: Vector) {
    let shifter = Vector(repeating: 12_582_912)
    let shifted = shifter.plus(self, 4)
    let quadrant = shifted.bits
    let r = plus(shifted - shifter, -0.25)
    let s = r * r
    var p = Vector(repeating: 41.472_366)
    p = Vector(repeating: -76.697_85).plus(p, s)
    p = Vector(repeating: 81.605_2).plus(p, s)
    p = Vector(repeating: -41.341_7).plus(p, s)
    p = Vector(repeating: 6.283_185_5).plus(p, s)
    let sine = p * r
    var q = Vector(repeating: 59.244_972)
    q = Vector(repeating: -85.443_72).plus(q, s)
    q = Vector(repeating: 64.939_32).plus(q, s)
    q = Vector(repeating: -19.739_208).plus(q, s)
    let cosine = Vector(repeating: 1).plus(q, s)
    let swapped = Vector(bits: ((quadrant & 1) &<< 31) | 0x3f80_0000) .< 0
    let sineSign = (quadrant & 2) &<< 30
    let cosineSign = ((quadrant &+ 1) & 2) &<< 30
    return (
      Vector(bits: sine.replacing(with: cosine, where: swapped).bits ^ sineSign),
      Vector(bits: cosine.replacing(with: sine, where: swapped).bits ^ cosineSign)
    )
  }
}
