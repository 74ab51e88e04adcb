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
        withUnsafeMutablePointer(to: &squares) { sum in
          let work = SquaresWork(
            x: slabs.gradients + range.start, count: range.count, sum: sum)
          Instruction(.squares(work)).run()
        }
      }
      guard let factor = GradientNorm.factor(norm: squares.squareRoot(), limit: limit) else {
        return
      }
      forLearning { range in
        let gradients = slabs.gradients + range.start
        let work = CopyWork(
          x: gradients, factor: factor, accumulate: false, y: gradients, count: range.count)
        Instruction(.copy(work)).run()
      }
    case .value(let limit):
      forLearning { range in
        let work = ClampWork(
          x: slabs.gradients + range.start, count: range.count, limit: Float(limit))
        Instruction(.clamp(work)).run()
      }
    }
  }

  private func forLearning(_ body: (ParameterRange) -> Void) {
    for group in groups where !group.isFrozen {
      for range in group.ranges { body(range) }
    }
  }
}
