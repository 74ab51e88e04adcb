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

  package func evaluate(
    prediction: UnsafePointer<Float>, target: UnsafePointer<Float>, rows: Int, elements: Int,
    gradient: UnsafeMutablePointer<Float>?, gradientScale: Float
  ) -> Double {
    let scale = gradientScale / Float(elements)
    let count = rows &* elements
    let sum =
      switch self {
      case .squared:
        Self.sum(prediction, target, count, gradient, scale) { ($0 * $0 * 0.5, $0) }
      case .absolute:
        Self.sum(prediction, target, count, gradient, scale) { ($0.magnitudes, $0.signs) }
      case .huber:
        Self.sum(prediction, target, count, gradient, scale) {
          let distance = $0.magnitudes
          let far = distance .> 1
          return (
            ($0 * $0 * 0.5).replacing(with: distance - 0.5, where: far),
            $0.atLeast(-1).atMost(1)
          )
        }
      }
    return sum / Double(elements)
  }

  /// Sums the first of `terms(prediction − target)` and writes the scaled second.
  @inline(__always) private static func sum(
    _ prediction: UnsafePointer<Float>, _ target: UnsafePointer<Float>, _ count: Int,
    _ gradient: UnsafeMutablePointer<Float>?, _ scale: Float,
    _ terms: (Vector) -> (loss: Vector, slope: Vector)
  ) -> Double {
    var low = SIMD8<Double>.zero
    var high = SIMD8<Double>.zero
    var i = 0
    while i < count {
      let (loss, slope) = terms(prediction.vector(i, end: count) - target.vector(i, end: count))
      low += SIMD8<Double>(loss.lowHalf)
      high += SIMD8<Double>(loss.highHalf)
      gradient?.store(slope * scale, i, end: count)
      i &+= 16
    }
    return (low + high).sum()
  }
}

extension SIMD16<Float> {
  /// 1 above zero, −1 below, 0 at zero; what is not a number stays so.
  @inline(__always) fileprivate var signs: Vector {
    replacing(with: 1, where: self .> 0).replacing(with: -1, where: self .< 0)
  }
}
