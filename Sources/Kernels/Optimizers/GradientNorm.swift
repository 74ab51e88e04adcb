/// The length of a gradient and its clipping.
package enum GradientNorm {
  /// Σ g² in double precision; parts may be added.
  package static func sumOfSquares(_ g: UnsafePointer<Float>, count: Int) -> Double {
    Elementwise.dot(g, g, count: count)
  }

  /// What a gradient of so great a length is multiplied by to be no longer than `limit`, as PyTorch's
  /// `clip_grad_norm_`; nothing where it stays as it is, as one whose length is not finite does.
  package static func factor(norm: Double, limit: Double) -> Float? {
    let factor = limit / (norm + 1e-6)
    return norm.isFinite && factor < 1 ? Float(factor) : nil
  }

  /// Puts every value within −limit and limit, as PyTorch's `clip_grad_value_`; not-a-numbers stay.
  package static func clamp(_ g: UnsafeMutablePointer<Float>, count: Int, limit: Float) {
    Clamped(limit: limit).map(g, into: g, count: count)
  }
}
