/// Losses between predictions and targets `[rows, elements]`, with Gluon's means.
///
/// The loss of a sample is the mean over its elements; each function returns the sum over its rows,
/// in double precision, so that the caller divides by the batch. The gradient is scaled by
/// 1 / elements and by `gradientScale`, which for a mean over the batch is 1 / rows of the batch.
package enum RegressionLoss: Sendable {
  /// ½(p − t)².
  case squared
  /// |p − t|.
  case absolute
  /// ½(p − t)² up to a distance of one, |p − t| − ½ beyond.
  case huber

  /// The loss of predictions, and its gradient where there is a place for it.
  package func evaluate(
    prediction: UnsafePointer<Float>, target: UnsafePointer<Float>, rows: Int, elements: Int,
    gradient: UnsafeMutablePointer<Float>?, gradientScale: Float
  ) -> Double {
    let scale = gradientScale / Float(elements)
    let count = rows &* elements
    let sum =
      switch self {
      case .squared: Self.sum(Squared.self, prediction, target, count, gradient, scale)
      case .absolute: Self.sum(Absolute.self, prediction, target, count, gradient, scale)
      case .huber: Self.sum(Huber.self, prediction, target, count, gradient, scale)
      }
    return sum / Double(elements)
  }

  /// Sums the penalties and writes the scaled slopes.
  private static func sum<P: Penalty>(
    _: P.Type, _ prediction: UnsafePointer<Float>, _ target: UnsafePointer<Float>, _ count: Int,
    _ gradient: UnsafeMutablePointer<Float>?, _ scale: Float
  ) -> Double {
    var low = Doubles.zero
    var high = Doubles.zero
    var i = 0
    while i < count {
      let distance = prediction.vector(i, end: count) - target.vector(i, end: count)
      let loss = P.loss(distance)
      low += Doubles(widening: loss.lowHalf)
      high += Doubles(widening: loss.highHalf)
      gradient?.store(P.slope(distance) * scale, i, end: count)
      i &+= 16
    }
    return (low + high).sum()
  }
}

/// The loss of a signed distance and its derivative; both are zero at zero.
private protocol Penalty {
  static func loss(_ d: Vector) -> Vector
  static func slope(_ d: Vector) -> Vector
}

private enum Squared: Penalty {
  @_transparent static func loss(_ d: Vector) -> Vector { d * d * 0.5 }
  @_transparent static func slope(_ d: Vector) -> Vector { d }
}

private enum Absolute: Penalty {
  @_transparent static func loss(_ d: Vector) -> Vector { d.magnitudes }
  @_transparent static func slope(_ d: Vector) -> Vector {
    d.replacing(with: 1, where: d .> 0).replacing(with: -1, where: d .< 0)
  }
}

private enum Huber: Penalty {
  @_transparent static func loss(_ d: Vector) -> Vector {
    let distance = d.magnitudes
    return (d * d * 0.5).replacing(with: distance - 0.5, where: distance .> 1)
  }
  @_transparent static func slope(_ d: Vector) -> Vector { d.atLeast(-1).atMost(1) }
}
