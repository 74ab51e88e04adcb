import Networks
import Testing

@testable import Engine

/// Updates of whole models against the optimizers' formulas in double precision.
@Suite struct OptimizationTests {
  static let optimizers: [Optimizer] = [
    .sgd, Optimizer(.sgd(momentum: 0.9, nesterov: false), learningRate: 0.05, weightDecay: 1e-2),
    Optimizer(.sgd(momentum: 0.8, nesterov: true), learningRate: 0.05, weightDecay: 1e-2), .adam,
    Optimizer(
      .adam(beta1: 0.8, beta2: 0.99, epsilon: 1e-6), learningRate: 0.01, weightDecay: 0.1),
    .adamW,
    Optimizer(
      .adamW(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: 0.01, weightDecay: 0.1),
    .rmsProp,
    Optimizer(
      .rmsProp(rho: 0.95, momentum: 0, epsilon: 1e-6), learningRate: 0.01, weightDecay: 0.1),
  ]

  /// One value's optimizer by its published formula.
  struct Scalar {
    let optimizer: Optimizer
    var first = 0.0
    var second = 0.0
    var step = 0

    mutating func update(_ w: Double, _ gradient: Double) -> Double {
      step += 1
      let (lr, decay) = (optimizer.learningRate, optimizer.weightDecay)
      var w = w
      var g = gradient
      switch optimizer.rule {
      case .sgd(let momentum, let nesterov):
        g += decay * w
        first = momentum * first + g
        return w - lr * (nesterov ? g + momentum * first : first)
      case .adam(let beta1, let beta2, let epsilon), .adamW(let beta1, let beta2, let epsilon):
        if case .adamW = optimizer.rule { w *= 1 - lr * decay } else { g += decay * w }
        first = beta1 * first + (1 - beta1) * g
        second = beta2 * second + (1 - beta2) * g * g
        let mean = first / (1 - power(beta1, step))
        let square = second / (1 - power(beta2, step))
        return w - lr * mean / (square.squareRoot() + epsilon)
      case .rmsProp(let rho, let momentum, let epsilon):
        g += decay * w
        second = rho * second + (1 - rho) * g * g
        first = momentum * first + g / (second.squareRoot() + epsilon)
        return w - lr * first
      case .adagrad, .adadelta, .adamax, .nadam, .lamb: return .nan
      }
    }

    private func power(_ base: Double, _ exponent: Int) -> Double {
      (0..<exponent).reduce(1) { product, _ in product * base }
    }
  }

  @Test(arguments: optimizers) func followsItsFormula(_ optimizer: Optimizer) throws {
    let net = try network([2, 8], [conv(5, Extents(3)), bn(), relu, gap, dense(3)])
    let batch = examples(net, count: 6)
    let model = try Model(
      network: net, parameters: randomParameters(net), optimizer: optimizer, usesLibrary: false)
    var scalars: [ParameterKey: [Scalar]] = [:]
    for specification in net.parameters where specification.isLearnable {
      scalars[specification.key] = Array(
        repeating: Scalar(optimizer: optimizer), count: specification.count)
    }
    for _ in 0..<5 {
      let before = model.parameters
      _ = try model.step(batch)
      let (after, gradients) = (model.parameters, model.gradients)
      for key in gradients.keys {
        let (old, new) = (before[key]?.values ?? [], after[key]?.values ?? [])
        for (index, gradient) in (gradients[key]?.values ?? []).enumerated() {
          let expected = scalars[key]?[index].update(Double(old[index]), Double(gradient)) ?? 0
          #expect(abs(Double(new[index]) - expected) <= 2e-5 * max(abs(expected), 0.05))
        }
      }
    }
  }

  @Test func defaultsAreThoseOfTheTable() {
    #expect(Optimizer.sgd == Optimizer(.sgd(momentum: 0, nesterov: false), learningRate: 0.1))
    #expect(
      Optimizer.adam
        == Optimizer(.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: 1e-3))
    #expect(
      Optimizer.adamW
        == Optimizer(.adamW(beta1: 0.9, beta2: 0.999, epsilon: 1e-6), learningRate: 1e-3))
    #expect(
      Optimizer.rmsProp
        == Optimizer(.rmsProp(rho: 0.9, momentum: 0.9, epsilon: 1e-8), learningRate: 1e-3))
  }

  @Test func stateSurvivesExportAndImport() throws {
    let net = try network([2, 8], [conv(5, Extents(3)), bn(), relu, gap, dense(3)])
    let batch = examples(net, count: 6)
    for optimizer in Self.optimizers {
      let model = try Model(network: net, optimizer: optimizer, seed: 5, usesLibrary: false)
      for _ in 0..<3 { _ = try model.step(batch) }
      let copy = try Model(
        network: net, parameters: model.parameters, optimizer: optimizer,
        optimizerState: model.optimizerState, seed: 5, usesLibrary: false)
      for _ in 0..<3 {
        let (left, right) = (try model.step(batch), try copy.step(batch))
        #expect(left == right)
      }
      #expect(model.parameters == copy.parameters)
      #expect(model.optimizerState == copy.optimizerState)
    }
  }

  @Test func learningRateMayChangeBetweenSteps() throws {
    let net = try network([3], [dense(2)])
    let batch = examples(net, count: 4)
    let model = try Model(network: net, usesLibrary: false)
    let before = model.parameters
    _ = try model.step(batch, learningRate: 0)
    #expect(model.parameters == before)
    _ = try model.step(batch, learningRate: 0.5)
    #expect(model.parameters != before)
    #expect(model.optimizer.learningRate == 0.5)
  }

  @Test func anotherRuleStartsAfreshAndTheSameRuleGoesOn() throws {
    let net = try network([3], [dense(2)])
    let batch = examples(net, count: 4)
    let model = try Model(network: net, optimizer: .adam, usesLibrary: false)
    for _ in 0..<3 { _ = try model.step(batch) }
    let (parameters, state) = (model.parameters, model.optimizerState)
    try model.use(Optimizer(.adam(beta1: 0.5, beta2: 0.9, epsilon: 1e-8), learningRate: 0.1))
    #expect(model.parameters == parameters)
    #expect(model.optimizerState.moments == state.moments)
    #expect(model.optimizerState.updates == state.updates)
    try model.use(.sgd)
    #expect(model.parameters == parameters)
    #expect(model.optimizerState.moments.isEmpty)
    try model.use(.adam)
    #expect(Set(model.optimizerState.updates.values) == [0])
    #expect(
      model.optimizerState.moments[0].keys.allSatisfy { key in
        model.optimizerState.moments[0][key]?.values.allSatisfy { $0 == 0 } ?? false
      })
  }

  @Test func sharesOfThreadsGiveTheSameBits() throws {
    let net = try network([300], [dense(700), relu, dense(3)])
    let layout = ParameterLayout(net.parameters)
    for optimizer in Self.optimizers {
      var weights: [[Float]] = []
      for threads in [1, 2, 3] {
        let slabs = try ParameterSlabs(layout, stateSlabs: optimizer.kernel.stateSlabs)
        var dice = Dice(3)
        for index in 0..<layout.learnableCount {
          slabs.weights[index] = dice.signed()
          slabs.gradients[index] = dice.signed()
        }
        var groups = UpdateGroups(layout) { _ in 0 }
        for _ in 0..<2 { groups.update(slabs, optimizer, threads: threads) }
        weights.append(
          Array(UnsafeBufferPointer(start: slabs.weights, count: layout.learnableCount)))
      }
      #expect(weights[0] == weights[1])
      #expect(weights[0] == weights[2])
    }
  }
}
