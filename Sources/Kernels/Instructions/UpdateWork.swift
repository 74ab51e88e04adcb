/// One step of an optimizer over a range of parameters; the range is shared out.
package struct UpdateWork {
  let optimizer: OptimizerKernel
  let weights: UnsafeMutablePointer<Float>
  let gradients: UnsafePointer<Float>
  let state: UnsafeMutablePointer<Float>

  /// Floats of each slab of weights, gradients and state.
  let slabCount: Int
  let range: ParameterRange
  let learningRate: Float
  let step: Int

  /// The step of so high a number, counted from 1, on the range of these slabs.
  package init(
    optimizer: OptimizerKernel, weights: UnsafeMutablePointer<Float>,
    gradients: UnsafePointer<Float>, state: UnsafeMutablePointer<Float>, slabCount: Int,
    range: ParameterRange, learningRate: Float, step: Int
  ) {
    self.optimizer = optimizer
    self.weights = weights
    self.gradients = gradients
    self.state = state
    self.slabCount = slabCount
    self.range = range
    self.learningRate = learningRate
    self.step = step
  }

  func run(_ part: Part) {
    let own = part.range(of: range.count, unit: 16)
    var piece = range
    piece.start = range.start + own.lowerBound
    piece.count = own.count
    withUnsafePointer(to: piece) { piece in
      optimizer.update(
        weights: weights, gradients: gradients, state: state, slabCount: slabCount,
        ranges: UnsafeBufferPointer(start: piece, count: 1), learningRate: learningRate, step: step)
    }
  }
}

/// Adds Σ x² in double precision to a sum.
package struct SquaresWork {
  let x: UnsafePointer<Float>
  let count: Int
  let sum: UnsafeMutablePointer<Double>

  /// The squares of so many values.
  package init(x: UnsafePointer<Float>, count: Int, sum: UnsafeMutablePointer<Double>) {
    self.x = x
    self.count = count
    self.sum = sum
  }

  func run() { sum.pointee += GradientNorm.sumOfSquares(x, count: count) }
}

/// Puts every value within −limit and limit, in place.
package struct ClampWork {
  let x: UnsafeMutablePointer<Float>
  let count: Int
  let limit: Float

  /// So many values, each within the limit.
  package init(x: UnsafeMutablePointer<Float>, count: Int, limit: Float) {
    self.x = x
    self.count = count
    self.limit = limit
  }

  func run() { GradientNorm.clamp(x, count: count, limit: limit) }
}
