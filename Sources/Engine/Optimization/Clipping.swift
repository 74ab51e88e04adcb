import Kernels

/// How long gradients may be.
package enum Clipping: Hashable, Sendable {
  /// All gradients together, as PyTorch's `clip_grad_norm_`.
  case norm(Double)

  /// Each value, as PyTorch's `clip_grad_value_`.
  case value(Double)
}

extension UpdateGroups {
  /// Clips the gradients of every parameter that is not frozen.
  func clip(_ slabs: ParameterSlabs, _ clipping: Clipping) {
    switch clipping {
    case .norm(let limit):
      var squares = 0.0
      forLearning { range in
        squares += GradientNorm.sumOfSquares(slabs.gradients + range.start, count: range.count)
      }
      guard let factor = GradientNorm.factor(norm: squares.squareRoot(), limit: limit) else {
        return
      }
      forLearning { range in
        let gradients = slabs.gradients + range.start
        Elementwise.scale(gradients, by: factor, into: gradients, count: range.count)
      }
    case .value(let limit):
      forLearning { range in
        GradientNorm.clamp(
          slabs.gradients + range.start, count: range.count, limit: Float(limit))
      }
    }
  }

  private func forLearning(_ body: (ParameterRange) -> Void) {
    for group in groups where !group.isFrozen {
      for range in group.ranges { body(range) }
    }
  }
}
