import Kernels
import Testing

/// Optimizers against their formulas in double precision over several steps.
@Suite struct OptimizerTests {
  static let optimizers: [OptimizerKernel] = [
    .sgd(momentum: 0, nesterov: false), .sgd(momentum: 0.9, nesterov: false),
    .sgd(momentum: 0.9, nesterov: true), .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
    .adamW(beta1: 0.9, beta2: 0.99, epsilon: 1e-6),
    .rmsProp(smoothing: 0.9, momentum: 0, epsilon: 1e-8),
    .rmsProp(smoothing: 0.99, momentum: 0.8, epsilon: 1e-6),
  ]

  /// One weight's history of a PyTorch optimizer.
  static func advance(
    _ optimizer: OptimizerKernel, _ w: inout Double, _ gradient: Double, _ s: inout [Double],
    decay: Double, rate: Double, step: Int
  ) {
    func power(_ base: Double) -> Double { (0..<step).reduce(1) { product, _ in product * base } }
    func adam(_ g: Double, _ beta1: Float, _ beta2: Float, _ epsilon: Float) {
      let (b1, b2) = (Double(beta1), Double(beta2))
      s[0] = b1 * s[0] + (1 - b1) * g
      s[1] = b2 * s[1] + (1 - b2) * g * g
      let root = s[1].squareRoot() / (1 - power(b2)).squareRoot()
      w -= rate / (1 - power(b1)) * s[0] / (root + Double(epsilon))
    }
    let g = gradient + decay * w
    switch optimizer {
    case .sgd(let momentum, let nesterov):
      s[0] = Double(momentum) * s[0] + g
      w -= rate * (nesterov ? g + Double(momentum) * s[0] : s[0])
    case .adam(let beta1, let beta2, let epsilon): adam(g, beta1, beta2, epsilon)
    case .adamW(let beta1, let beta2, let epsilon):
      w *= 1 - rate * decay
      adam(gradient, beta1, beta2, epsilon)
    case .rmsProp(let smoothing, let momentum, let epsilon):
      s[0] = Double(smoothing) * s[0] + (1 - Double(smoothing)) * g * g
      s[1] = Double(momentum) * s[1] + g / (s[0].squareRoot() + Double(epsilon))
      w -= rate * s[1]
    case .adagrad, .adadelta, .adamax, .nadam, .lamb:
      Issue.record("held against PyTorch by TrainingGoldenTests")
    }
  }

  @Test(arguments: optimizers)
  func fiveSteps(_ optimizer: OptimizerKernel) {
    let count = 60
    let ranges = [
      ParameterRange(start: 0, count: 35, weightDecay: 0.1),
      ParameterRange(start: 35, count: 1, weightDecay: 0),
      ParameterRange(start: 40, count: 17, weightDecay: 0.01),
    ]
    let w = Floats(count, seed: 61)
    let state = Floats(optimizer.stateSlabs * count, fill: 0)
    var expected = w.doubles
    var states = [[Double]](repeating: [0, 0], count: count)
    for step in 1...5 {
      let g = Floats(count, seed: UInt64(61 + step))
      ranges.withUnsafeBufferPointer {
        optimizer.update(
          weights: w.pointer, gradients: g.constant,
          state: optimizer.stateSlabs > 0 ? state.pointer : nil, slabCount: count, ranges: $0,
          learningRate: 0.05, step: step)
      }
      for range in ranges {
        for index in range.start..<range.start + range.count {
          Self.advance(
            optimizer, &expected[index], Double(g[index]), &states[index],
            decay: Double(range.weightDecay), rate: Double(Float(0.05)), step: step)
        }
      }
    }
    expectClose(w, expected, tolerance: 5e-6, "\(optimizer)")
    #expect(state.isIntact)
  }

  @Test func weightsInNoRangeStay() {
    let w = Floats([1, 2, 3, 4])
    let g = Floats([1, 1, 1, 1])
    [ParameterRange(start: 1, count: 2, weightDecay: 0)].withUnsafeBufferPointer {
      OptimizerKernel.sgd(momentum: 0, nesterov: false).update(
        weights: w.pointer, gradients: g.constant, state: nil, slabCount: 4, ranges: $0,
        learningRate: 1, step: 1)
    }
    #expect(w.floats == [1, 1, 2, 4])
  }

  @Test func gradientNormAndClipping() {
    let g = Floats(1001, seed: 62)
    let norm = g.doubles.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(abs(GradientNorm.sumOfSquares(g.constant, count: 1001).squareRoot() - norm) < 1e-10)
    #expect(GradientNorm.factor(norm: norm, limit: norm * 2) == nil)
    #expect(GradientNorm.factor(norm: 4, limit: 1) == Float(1 / (4 + 1e-6)))
    #expect(GradientNorm.sumOfSquares(Floats([1e25, 1e25]).constant, count: 2) > 1e50)
  }

  @Test func aGradientWithoutLengthIsLeftAlone() {
    #expect(GradientNorm.factor(norm: .infinity, limit: 1) == nil)
    #expect(GradientNorm.factor(norm: .nan, limit: 1) == nil)
    let g = Floats([3, .nan, -3])
    GradientNorm.clamp(g.pointer, count: 3, limit: 1)
    #expect(g[0] == 1 && g[1].isNaN && g[2] == -1)
  }
}
