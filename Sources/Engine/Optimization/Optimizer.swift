import Kernels

/// How weights follow their gradients, in PyTorch's formulation, with the weight decay all learnable
/// parameters get.
package struct Optimizer: Hashable, Sendable {
  /// The rule and its constants.
  package enum Rule: Hashable, Sendable {
    /// v = momentum·v + g; w −= lr·v, or w −= lr·(g + momentum·v) with Nesterov.
    case sgd(momentum: Double, nesterov: Bool)

    /// Kingma and Ba 2014; decay joins the gradient.
    case adam(beta1: Double, beta2: Double, epsilon: Double)

    /// Loshchilov and Hutter 2017; decay shrinks the weights by lr · decay.
    case adamW(beta1: Double, beta2: Double, epsilon: Double)

    /// s = rho·s + (1 − rho)·g²; v = momentum·v + g/(√s + epsilon); w −= lr·v (Hinton 2012).
    case rmsProp(rho: Double, momentum: Double, epsilon: Double)
  }

  package var rule: Rule
  package var learningRate: Double
  package var weightDecay: Double

  /// A rule with its rate and decay.
  package init(_ rule: Rule, learningRate: Double, weightDecay: Double = 0) {
    self.rule = rule
    self.learningRate = learningRate
    self.weightDecay = weightDecay
  }

  /// Gluon's default: rate 0.1, no momentum.
  package static let sgd = Optimizer(.sgd(momentum: 0, nesterov: false), learningRate: 0.1)

  /// Rate 1e-3, betas 0.9 and 0.999, epsilon 1e-8.
  package static let adam = Optimizer(
    .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: 1e-3)

  /// Rate 1e-3, betas 0.9 and 0.999, epsilon 1e-6.
  package static let adamW = Optimizer(
    .adamW(beta1: 0.9, beta2: 0.999, epsilon: 1e-6), learningRate: 1e-3)

  /// Rate 1e-3, rho 0.9, momentum 0.9, epsilon 1e-8.
  package static let rmsProp = Optimizer(
    .rmsProp(rho: 0.9, momentum: 0.9, epsilon: 1e-8), learningRate: 1e-3)

  /// The kernel that does it.
  var kernel: OptimizerKernel {
    switch rule {
    case .sgd(let momentum, let nesterov):
      .sgd(momentum: Float(momentum), nesterov: nesterov)
    case .adam(let beta1, let beta2, let epsilon):
      .adam(beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon))
    case .adamW(let beta1, let beta2, let epsilon):
      .adamW(beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon))
    case .rmsProp(let rho, let momentum, let epsilon):
      .rmsProp(smoothing: Float(rho), momentum: Float(momentum), epsilon: Float(epsilon))
    }
  }

  /// Whether state gathered under another optimizer means the same under this one.
  package func understandsState(of other: Optimizer) -> Bool {
    switch (rule, other.rule) {
    case (.sgd, .sgd), (.adam, .adam), (.adamW, .adamW), (.adam, .adamW), (.adamW, .adam),
      (.rmsProp, .rmsProp):
      kernel.stateSlabs == other.kernel.stateSlabs
    default: false
    }
  }
}
