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
