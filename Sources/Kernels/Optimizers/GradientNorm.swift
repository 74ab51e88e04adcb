/// The length of a gradient and its clipping.
package enum GradientNorm {
  /// Σ g² in double precision; parts summed by threads may be added.
  package static func sumOfSquares(_ g: UnsafePointer<Float>, count: Int) -> Double {
    Elementwise.dot(g, g, count: count)
  }

  /// Scales the gradient so that its length is at most `limit`, and returns the length it had.
  ///
  /// As PyTorch's clip_grad_norm_, without its 1e-6 in the divisor. A length that is not finite
  /// leaves the gradient alone.
  package static func clip(
    _ g: UnsafeMutablePointer<Float>, count: Int, limit: Double
  ) -> Double {
    let norm = sumOfSquares(g, count: count).squareRoot()
    if norm.isFinite && norm > limit {
      Elementwise.scale(g, by: Float(limit / norm), into: g, count: count)
    }
    return norm
  }
}
