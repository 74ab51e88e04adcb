/// 1 / (1 + exp(−x)).
struct Sigmoid: Curve {
  @_transparent func value(_ x: Vector) -> Vector { x.logistic() }

  @_transparent func gradient(_ dy: Vector, _ y: Vector) -> Vector { dy * (y - y * y) }
}

/// The hyperbolic tangent.
struct Tanh: Curve {
  @_transparent func value(_ x: Vector) -> Vector { x.hyperbolicTangent() }

  @_transparent func gradient(_ dy: Vector, _ y: Vector) -> Vector {
    dy * Vector(repeating: 1).plus(-y, y)
  }
}

/// x / (1 + |x|).
struct Softsign: Curve {
  @_transparent func value(_ x: Vector) -> Vector { x / (x.magnitudes + 1) }

  @_transparent func gradient(_ dy: Vector, _ y: Vector) -> Vector {
    let rest = 1 - y.magnitudes
    return dy * (rest * rest)
  }
}

/// log(1 + exp x).
struct Softplus: Curve {
  @_transparent func value(_ x: Vector) -> Vector { x.softplus() }

  /// The derivative is the logistic function of x, 1 − exp(−y).
  @_transparent func gradient(_ dy: Vector, _ y: Vector) -> Vector {
    dy * -(-y).exponentialMinusOne()
  }
}
