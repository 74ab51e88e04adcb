/// x · Φ(x).
struct Gelu: Curve {
  @_transparent func value(_ x: Vector) -> Vector { x * x.normalCumulative() }

  @_transparent func gradient(_ dy: Vector, _ x: Vector) -> Vector {
    dy * x.normalCumulative().plus(x, x.normalDensity())
  }
}

/// x · logistic x.
struct Silu: Curve {
  @_transparent func value(_ x: Vector) -> Vector { x * x.logistic() }

  @_transparent func gradient(_ dy: Vector, _ x: Vector) -> Vector {
    let s = x.logistic()
    return dy * s.plus(x * s, 1 - s)
  }
}

/// x · tanh(softplus x).
struct Mish: Curve {
  @_transparent func value(_ x: Vector) -> Vector { x * gate(x) }

  @_transparent func gradient(_ dy: Vector, _ x: Vector) -> Vector {
    let gate = gate(x)
    return dy * gate.plus(x * x.logistic(), Vector(repeating: 1).plus(-gate, gate))
  }

  /// tanh(softplus x) without a logarithm: with e = exp x, it is n / (n + 2) for n = e(e + 2).
  @_transparent private func gate(_ x: Vector) -> Vector {
    let e = x.atMost(20).exponential()
    let n = e * (e + 2)
    return n / (n + 2)
  }
}
