/// x where positive, else zero.
struct Relu: Curve {
  @_transparent func value(_ x: Vector) -> Vector { x.atLeast(0) }

  @_transparent func gradient(_ dy: Vector, _ y: Vector) -> Vector {
    Vector.zero.replacing(with: dy, where: y .> 0)
  }
}

/// x between 0 and 6, else the nearer of them.
struct Relu6: Curve {
  @_transparent func value(_ x: Vector) -> Vector { x.atLeast(0).atMost(6) }

  @_transparent func gradient(_ dy: Vector, _ y: Vector) -> Vector {
    Vector.zero.replacing(with: dy, where: (y .> 0) .& (y .< 6))
  }
}

/// min(max(x + 3, 0), 6) / 6.
struct HardSigmoid: Curve {
  @_transparent func value(_ x: Vector) -> Vector { (x + 3).atLeast(0).atMost(6) / 6 }

  @_transparent func gradient(_ dy: Vector, _ y: Vector) -> Vector {
    Vector.zero.replacing(with: dy / 6, where: (y .> 0) .& (y .< 1))
  }
}

/// x where positive, else slope · x.
struct LeakyRelu: Curve {
  let slope: Float

  @_transparent func value(_ x: Vector) -> Vector {
    x.replacing(with: x * slope, where: x .< 0)
  }

  @_transparent func gradient(_ dy: Vector, _ y: Vector) -> Vector {
    (dy * slope).replacing(with: dy, where: y .> 0)
  }
}

/// scale · x where positive, else scale · alpha · (exp x − 1): elu and, with its constants, selu.
struct ExponentialLinear: Curve {
  let alpha: Float
  let scale: Float

  static let selu = ExponentialLinear(alpha: 1.673_263_2, scale: 1.050_701)

  @_transparent func value(_ x: Vector) -> Vector {
    let bent = x.exponentialMinusOne() * (alpha * scale)
    return (x * scale).replacing(with: bent, where: x .< 0)
  }

  /// The derivative below zero is y + alpha · scale.
  @_transparent func gradient(_ dy: Vector, _ y: Vector) -> Vector {
    (dy * (y + alpha * scale)).replacing(with: dy * scale, where: y .> 0)
  }
}

/// x · min(max(x + 3, 0), 6) / 6.
struct HardSwish: Curve {
  @_transparent func value(_ x: Vector) -> Vector {
    x * ((x + 3).atLeast(0).atMost(6) / 6)
  }

  @_transparent func gradient(_ dy: Vector, _ x: Vector) -> Vector {
    (dy * (x / 3 + 0.5)).replacing(with: dy, where: x .>= 3).replacing(with: 0, where: x .<= -3)
  }
}
