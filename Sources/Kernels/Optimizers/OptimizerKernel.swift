/// A run of parameters within the flat slabs of weights, gradients and state, with its own decay.
package struct ParameterRange: Equatable, Sendable {
  package var start: Int
  package var count: Int
  package var weightDecay: Float

  /// A part of the parameters, with its weight decay.
  package init(start: Int, count: Int, weightDecay: Float) {
    self.start = start
    self.count = count
    self.weightDecay = weightDecay
  }
}

/// The rule of an optimizer with its constants, in PyTorch's formulation.
package enum OptimizerKernel: Equatable, Sendable {
  /// g += decay·w; v = momentum·v + g; w −= lr·v, or w −= lr·(g + momentum·v) with Nesterov.
  case sgd(momentum: Float, nesterov: Bool)
  /// Kingma and Ba (2014); decay joins the gradient.
  case adam(beta1: Float, beta2: Float, epsilon: Float)
  /// Loshchilov and Hutter (2017); decay shrinks the weights directly, by lr · decay.
  case adamW(beta1: Float, beta2: Float, epsilon: Float)
  /// s = smoothing·s + (1 − smoothing)·g²; b = momentum·b + g/(√s + epsilon); w −= lr·b.
  case rmsProp(smoothing: Float, momentum: Float, epsilon: Float)
  /// s += g²; w −= lr·g/(√s + epsilon) (Duchi et al. 2011).
  case adagrad(epsilon: Float)
  /// Zeiler (2012): steps as long as the last ones were.
  case adadelta(rho: Float, epsilon: Float)
  /// Adam by the greatest gradient in place of the mean square (Kingma and Ba 2014).
  case adamax(beta1: Float, beta2: Float, epsilon: Float)
  /// Adam that looks ahead along its mean (Dozat 2016).
  case nadam(beta1: Float, beta2: Float, epsilon: Float)
  /// Adam whose steps are as long as each parameter is (You et al. 2019); a range is one parameter.
  case lamb(beta1: Float, beta2: Float, epsilon: Float)

  /// Slabs of state, each as long as the weights and zero at the start.
  package var stateSlabs: Int {
    switch self {
    case .sgd(let momentum, _): momentum == 0 ? 0 : 1
    case .adagrad: 1
    case .adam, .adamW, .adadelta, .adamax, .nadam, .lamb: 2
    case .rmsProp(_, let momentum, _): momentum == 0 ? 1 : 2
    }
  }

  /// Whether a range must be one whole parameter, without what pads it.
  package var needsWholeParameters: Bool {
    switch self {
    case .lamb: true
    case .sgd, .adam, .adamW, .rmsProp, .adagrad, .adadelta, .adamax, .nadam: false
    }
  }

  /// Updates the weights of every range; what lies in no range stays as it is.
  ///
  /// `state` is `stateSlabs` slabs of `slabCount` floats one after another; `step` counts from 1 and
  /// matters to Adam and its like. Ranges may be shared out between threads.
  package func update(
    weights: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    state: UnsafeMutablePointer<Float>?, slabCount: Int,
    ranges: UnsafeBufferPointer<ParameterRange>, learningRate: Float, step: Int
  ) {
    for range in ranges {
      let w = weights + range.start
      let g = gradients + range.start
      let decay = range.weightDecay
      let first = state.map { $0 + range.start }
      let second = first.map { $0 + slabCount }
      switch (self, first, second) {
      case (.sgd(let momentum, let nesterov), let v?, _) where momentum != 0:
        StochasticGradient(
          learningRate: learningRate, momentum: momentum, decay: decay, nesterov: nesterov
        ).run(w, g, v, v, range.count)
      case (.sgd, _, _):
        StochasticGradient.update(w, g, range.count, learningRate: learningRate, decay: decay)
      case (.adam(let beta1, let beta2, let epsilon), let m?, let v?):
        Adam(
          beta1: beta1, beta2: beta2, epsilon: epsilon, learningRate: learningRate, step: step,
          decay: decay
        ).run(w, g, m, v, range.count)
      case (.adamW(let beta1, let beta2, let epsilon), let m?, let v?):
        Elementwise.scale(w, by: 1 - learningRate * decay, into: w, count: range.count)
        Adam(
          beta1: beta1, beta2: beta2, epsilon: epsilon, learningRate: learningRate, step: step,
          decay: 0
        ).run(w, g, m, v, range.count)
      case (.rmsProp(let smoothing, let momentum, let epsilon), let s?, let b?) where momentum != 0:
        RootMeanSquareMomentum(
          learningRate: learningRate, smoothing: smoothing, momentum: momentum, epsilon: epsilon,
          decay: decay
        ).run(w, g, s, b, range.count)
      case (.rmsProp(let smoothing, _, let epsilon), let s?, _):
        RootMeanSquare(
          learningRate: learningRate, smoothing: smoothing, epsilon: epsilon, decay: decay
        ).run(w, g, s, s, range.count)
      case (.adagrad(let epsilon), let s?, _):
        AdaptiveGradient(learningRate: learningRate, epsilon: epsilon, decay: decay)
          .run(w, g, s, s, range.count)
      case (.adadelta(let rho, let epsilon), let s?, let t?):
        AdaptiveDelta(learningRate: learningRate, rho: rho, epsilon: epsilon, decay: decay)
          .run(w, g, s, t, range.count)
      case (.adamax(let beta1, let beta2, let epsilon), let m?, let u?):
        AdamMaximum(
          beta1: beta1, beta2: beta2, epsilon: epsilon, learningRate: learningRate, step: step,
          decay: decay
        ).run(w, g, m, u, range.count)
      case (.nadam(let beta1, let beta2, let epsilon), let m?, let v?):
        NesterovAdam(
          beta1: beta1, beta2: beta2, epsilon: epsilon, learningRate: learningRate, step: step,
          decay: decay
        ).run(w, g, m, v, range.count)
      case (.lamb(let beta1, let beta2, let epsilon), let m?, let v?):
        LayerwiseAdam(
          beta1: beta1, beta2: beta2, epsilon: epsilon, learningRate: learningRate, step: step,
          decay: decay
        ).run(w, g, m, v, range.count)
      case (.adam, _, _), (.adamW, _, _), (.rmsProp, _, _), (.adagrad, _, _), (.adadelta, _, _),
        (.adamax, _, _), (.nadam, _, _), (.lamb, _, _):
        preconditionFailure("the optimizer needs its state slabs")
      }
    }
  }
}
