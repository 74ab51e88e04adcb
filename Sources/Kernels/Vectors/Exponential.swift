/// Exponentials by reduction to |r| ≤ ½·ln 2 and a polynomial of degree six.
///
/// exp and expm1 err by at most 2 units in the last place over the whole range, results below the
/// normal numbers included; tanh and the logistic function by at most 4.
extension SIMD16<Float> {
  /// (exp r − 1) of the reduced argument, with the integer exponent as an integer.
  @_transparent private func reducedExponential() -> (Vector, Bits) {
    let shifter = Vector(repeating: 12_582_912)
    let shifted = shifter.plus(self, 1.442_695)
    let n = shifted - shifter
    let r = plus(n, -0.693_145_75).plus(n, -1.428_606_8e-6)
    var p = Vector(repeating: 0.001_381_446_7)
    p = Vector(repeating: 0.008_368_781).plus(p, r)
    p = Vector(repeating: 0.041_668_393).plus(p, r)
    p = Vector(repeating: 0.166_665_2).plus(p, r)
    p = Vector(repeating: 0.499_999_94).plus(p, r)
    return (r.plus(r * r, p), shifted.bits &- shifter.bits)
  }

  /// e to the power of each lane.
  @_transparent func exponential() -> Vector {
    let (q, n) = atLeast(-104).atMost(89).reducedExponential()
    let half = n &>> 1
    let first = Vector(bits: (half &+ 127) &<< 23)
    let second = Vector(bits: (n &- half &+ 127) &<< 23)
    return first.plus(first, q) * second
  }

  /// e to the power of each lane, less one, exact near zero.
  @_transparent func exponentialMinusOne() -> Vector {
    let (q, n) = atLeast(-40).atMost(89).reducedExponential()
    let half = Vector(bits: (n &+ 126) &<< 23)
    let sum = (half - 0.5).plus(half, q)
    return sum + sum
  }

  /// 1 / (1 + exp(−x)).
  @_transparent func logistic() -> Vector {
    Vector(repeating: 1) / ((-self).exponential() + 1)
  }

  /// The hyperbolic tangent.
  @_transparent func hyperbolicTangent() -> Vector {
    let bounded = atLeast(-10).atMost(10)
    let e = (bounded + bounded).exponentialMinusOne()
    return e / (e + 2)
  }
}
