/// a · factor.
struct Scaled: Operation {
  let factor: Float
  @_transparent func callAsFunction(_ a: Vector, _: Vector, _: Vector) -> Vector { a * factor }
}

/// a + b.
struct Sum: Operation {
  @_transparent func callAsFunction(_ a: Vector, _ b: Vector, _: Vector) -> Vector { a + b }
}

/// max(a + b, 0).
struct RectifiedSum: Operation {
  @_transparent func callAsFunction(_ a: Vector, _ b: Vector, _: Vector) -> Vector {
    (a + b).atLeast(0)
  }
}

/// a + factor · b.
struct ScaledSum: Operation {
  let factor: Float
  @_transparent func callAsFunction(_ a: Vector, _ b: Vector, _: Vector) -> Vector {
    a.plus(b, factor)
  }
}

/// a · b.
struct Product: Operation {
  @_transparent func callAsFunction(_ a: Vector, _ b: Vector, _: Vector) -> Vector { a * b }
}

/// c + a · b.
struct ProductSum: Operation {
  @_transparent func callAsFunction(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
    c.plus(a, b)
  }
}

/// a · (b − mean), or c + a · (b − mean): the gradient of a softmax.
struct CentredProduct: Operation {
  let mean: Float
  let accumulate: Bool
  @_transparent func callAsFunction(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
    accumulate ? c.plus(a, b - mean) : a * (b - mean)
  }
}

/// c + b · (a − c): a highway's mixture of a and c by the gate b.
struct Mixture: Operation {
  @_transparent func callAsFunction(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
    c.plus(b, a - c)
  }
}

/// (a − b) · c.
struct DifferenceProduct: Operation {
  @_transparent func callAsFunction(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
    (a - b) * c
  }
}

/// a · (1 − b), or c + a · (1 − b): what a gate b lets by.
struct ComplementProduct: Operation {
  let accumulate: Bool
  @_transparent func callAsFunction(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
    accumulate ? c.plus(a, 1 - b) : a * (1 - b)
  }
}

/// c − a · b.
struct ProductDifference: Operation {
  @_transparent func callAsFunction(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
    c.plus(a, 0 - b)
  }
}

/// a within −limit and limit.
struct Clamped: Operation {
  let limit: Float
  @_transparent func callAsFunction(_ a: Vector, _: Vector, _: Vector) -> Vector {
    a.atMost(limit).atLeast(-limit)
  }
}
