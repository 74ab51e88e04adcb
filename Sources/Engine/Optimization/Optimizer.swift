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

    /// s += g²; w −= lr·g/(√s + epsilon) (Duchi et al. 2011).
    case adagrad(epsilon: Double)

    /// Steps as long as the last ones were (Zeiler 2012).
    case adadelta(rho: Double, epsilon: Double)

    /// Adam by the greatest gradient in place of the mean square (Kingma and Ba 2014).
    case adamax(beta1: Double, beta2: Double, epsilon: Double)

    /// Adam that looks ahead along its mean (Dozat 2016).
    case nadam(beta1: Double, beta2: Double, epsilon: Double)

    /// Adam whose steps are as long as each parameter is; decay joins the step (You et al. 2019).
    case lamb(beta1: Double, beta2: Double, epsilon: Double)
  }

  /// What decays.
  package enum Decayed: String, CaseIterable, Hashable, Sendable {
    /// Every learnable parameter.
    case all

    /// What has more than one dimension, such as kernels and tables: no biases and no factors of channels.
    case weights
  }

  package var rule: Rule
  package var learningRate: Double
  package var weightDecay: Double
  package var decayed = Decayed.all

  /// The share of the moving average of the weights that an update leaves, at most; 0 for no average.
  package var averaging = 0.0

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

  /// Rate 0.01, epsilon 1e-10.
  package static let adagrad = Optimizer(.adagrad(epsilon: 1e-10), learningRate: 0.01)

  /// Rate 1, rho 0.9, epsilon 1e-6.
  package static let adadelta = Optimizer(.adadelta(rho: 0.9, epsilon: 1e-6), learningRate: 1)

  /// Rate 2e-3, betas 0.9 and 0.999, epsilon 1e-8.
  package static let adamax = Optimizer(
    .adamax(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: 2e-3)

  /// Rate 2e-3, betas 0.9 and 0.999, epsilon 1e-8.
  package static let nadam = Optimizer(
    .nadam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: 2e-3)

  /// Gluon's default: rate 1e-3, betas 0.9 and 0.999, epsilon 1e-6.
  package static let lamb = Optimizer(
    .lamb(beta1: 0.9, beta2: 0.999, epsilon: 1e-6), learningRate: 1e-3)

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
    case .adagrad(let epsilon): .adagrad(epsilon: Float(epsilon))
    case .adadelta(let rho, let epsilon): .adadelta(rho: Float(rho), epsilon: Float(epsilon))
    case .adamax(let beta1, let beta2, let epsilon):
      .adamax(beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon))
    case .nadam(let beta1, let beta2, let epsilon):
      .nadam(beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon))
    case .lamb(let beta1, let beta2, let epsilon):
      .lamb(beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon))
    }
  }

  /// Whether state gathered under another optimizer means the same under this one.
  package func understandsState(of other: Optimizer) -> Bool {
    memory == other.memory && kernel.stateSlabs == other.kernel.stateSlabs
  }

  /// What the state of a rule means.
  private enum Memory {
    case velocity
    case meanAndSquare
    case squareAndVelocity
    case sumOfSquares
    case squareAndStep
    case meanAndGreatest
  }

  private var memory: Memory {
    switch rule {
    case .sgd: .velocity
    case .adam, .adamW, .nadam, .lamb: .meanAndSquare
    case .rmsProp: .squareAndVelocity
    case .adagrad: .sumOfSquares
    case .adadelta: .squareAndStep
    case .adamax: .meanAndGreatest
    }
  }

  /// Whether both update alike, but for the rate.
  package func isSame(asideFromRate other: Optimizer) -> Bool {
    var one = self
    one.learningRate = other.learningRate
    return one == other
  }

  /// Whether a model must lay out its updates anew to go on with this one after another.
  func needsOtherGroups(than other: Optimizer) -> Bool {
    decayed != other.decayed
      || kernel.needsWholeParameters != other.kernel.needsWholeParameters
  }
}

extension Optimizer.Rule {
  /// The rule as it is typed.
  package var name: String {
    switch self {
    case .sgd: "sgd"
    case .adam: "adam"
    case .adamW: "adamw"
    case .rmsProp: "rmsprop"
    case .adagrad: "adagrad"
    case .adadelta: "adadelta"
    case .adamax: "adamax"
    case .nadam: "nadam"
    case .lamb: "lamb"
    }
  }
}
