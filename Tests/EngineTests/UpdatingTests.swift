import Networks
import Testing

@testable import Engine

/// What happens between the gradients of a batch and other weights.
@Suite struct UpdatingTests {
  private func net() throws -> Network {
    try network([3], [dense(4), relu, dense(2)])
  }

  private func rows(_ network: Network, count: Int) -> Examples { examples(network, count: count) }

  @Test("weight decay on weights leaves biases and normalization out")
  func decaysWeightsOnly() throws {
    let net = try network([2, 8], [conv(5, Extents(3)), bn(), relu, gap, dense(3)])
    let batch = examples(net, count: 6)
    func trained(_ decayed: Optimizer.Decayed, decay: Double) throws -> ParameterStore {
      var optimizer = Optimizer.sgd
      optimizer.weightDecay = decay
      optimizer.decayed = decayed
      let model = try Model(
        network: net, parameters: randomParameters(net), optimizer: optimizer, usesLibrary: false)
      _ = try model.step(batch)
      return model.parameters
    }
    let plain = try trained(.all, decay: 0)
    let all = try trained(.all, decay: 0.1)
    let weights = try trained(.weights, decay: 0.1)
    for specification in net.parameters where specification.isLearnable {
      let key = specification.key
      #expect(all[key] != plain[key], "\(specification.path)")
      if case .kernel = specification.purpose {
        #expect(weights[key] == all[key], "\(specification.path)")
      } else {
        #expect(weights[key] == plain[key], "\(specification.path)")
      }
    }
  }

  @Test("tables of more than one dimension decay with the weights, a token does not")
  func decaysTables() throws {
    let net = try network(
      [1, 5],
      [
        leaf(.embedding(Embedding(vocabulary: 6, units: 4))), leaf(.positions(Positions())),
        leaf(.classToken), leaf(.attention(Attention(heads: 2))), gap, dense(3),
      ])
    let batch = examples(net, count: 6)
    func trained(_ decayed: Optimizer.Decayed) throws -> ParameterStore {
      var optimizer = Optimizer.sgd
      (optimizer.weightDecay, optimizer.decayed) = (0.1, decayed)
      let model = try Model(
        network: net, parameters: randomParameters(net), optimizer: optimizer, usesLibrary: false)
      _ = try model.step(batch)
      return model.parameters
    }
    let all = try trained(.all)
    let weights = try trained(.weights)
    let spared = net.parameters.filter { all[$0.key] != weights[$0.key] }.map(\.path)
    #expect(
      spared == [
        "cls1.weight", "attention1.in_proj_bias", "attention1.out_proj.bias", "dense1.bias",
      ])
  }

  @Test("gradients of several steps are followed as their mean")
  func accumulates() throws {
    let net = try net()
    let batch = rows(net, count: 8)
    let whole = try Model(network: net, parameters: randomParameters(net))
    let parts = try Model(network: net, parameters: randomParameters(net))
    _ = try whole.step(batch)
    let before = parts.parameters
    _ = try parts.step(batch, rows: 0..<4, updates: false)
    #expect(parts.parameters == before)
    #expect(parts.steps == 1)
    _ = try parts.step(batch, rows: 4..<8)
    for key in whole.parameters.keys {
      let pairs = zip(whole.parameters[key]?.values ?? [], parts.parameters[key]?.values ?? [])
      for (one, two) in pairs { #expect(abs(one - two) < 1e-6) }
    }
    // What waits at the end, or before an edit, is followed.
    _ = try parts.step(batch, rows: 0..<4, updates: false)
    let waiting = parts.parameters
    try parts.finishGathering()
    #expect(parts.parameters != waiting)
    let after = parts.parameters
    try parts.finishGathering()
    #expect(parts.parameters == after)
  }

  @Test("clipping bounds what an update follows, over all parameters that learn")
  func clips() throws {
    let net = try net()
    let batch = rows(net, count: 4)
    func moved(_ clipping: Clipping?) throws -> [Float] {
      let model = try Model(
        network: net, parameters: randomParameters(net),
        optimizer: Optimizer(.sgd(momentum: 0, nesterov: false), learningRate: 1))
      let before = model.parameters
      model.clipping = clipping
      _ = try model.step(batch)
      let after = model.parameters
      return net.parameters.flatMap { specification in
        zip(before[specification.key]?.values ?? [], after[specification.key]?.values ?? [])
          .map { $0 - $1 }
      }
    }
    func norm(_ values: [Float]) -> Float {
      values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    let free = try moved(nil)
    #expect(norm(free) > 0.1)
    let short = try moved(.norm(0.05))
    #expect(abs(norm(short) - 0.05) < 1e-4)
    for (one, two) in zip(free, short) { #expect(abs(one * 0.05 / norm(free) - two) < 1e-4) }
    #expect(try moved(.norm(1000)) == free)
    let bound = try moved(.value(0.01))
    for (one, two) in zip(free, bound) { #expect(abs(min(max(one, -0.01), 0.01) - two) < 1e-4) }
  }

  @Test("the moving average follows its formula, is what is asked, and takes the weights' place")
  func averages() throws {
    let net = try net()
    let batch = rows(net, count: 4)
    var optimizer = Optimizer.sgd
    optimizer.averaging = 0.5
    let model = try Model(
      network: net, parameters: randomParameters(net), optimizer: optimizer)
    var expected: [ParameterKey: [Double]] = [:]
    for key in model.parameters.keys {
      expected[key] = model.parameters[key]?.values.map(Double.init)
    }
    for step in 1...6 {
      _ = try model.step(batch)
      let kept = min(0.5, Double(1 + step) / Double(10 + step))
      for key in model.parameters.keys {
        let values = model.parameters[key]?.values ?? []
        expected[key] = zip(expected[key] ?? [], values).map {
          kept * $0 + (1 - kept) * Double($1)
        }
      }
    }
    let weights = model.parameters
    let average = try model.withAverage { () throws(EngineError) in model.parameters }
    #expect(model.parameters == weights)
    #expect(average != weights)
    for key in average.keys {
      for (one, two) in zip(average[key]?.values ?? [], expected[key] ?? []) {
        #expect(abs(Double(one) - two) < 1e-5)
      }
    }
    model.settleAverage()
    #expect(model.parameters == average)
    #expect(try model.withAverage { () throws(EngineError) in model.parameters } == average)
  }

  @Test("an edit keeps the average of what stays, and another optimizer may end it")
  func averagesGoThroughEdits() throws {
    let net = try net()
    let batch = rows(net, count: 4)
    var optimizer = Optimizer.sgd
    optimizer.averaging = 0.9
    let model = try Model(
      network: net, parameters: randomParameters(net), optimizer: optimizer)
    for _ in 0..<3 { _ = try model.step(batch) }
    let average = try model.withAverage { () throws(EngineError) in model.parameters }
    let form = model.form
    let other = try Network(
      input: net.input,
      root: Block(
        name: "", form: .sequential(BlockList(Array(net.root.children) + [act(.tanh)]))))
    _ = try model.adopt(other)
    let later = try model.withAverage { () throws(EngineError) in model.parameters }
    for key in average.keys { #expect(later[key] == average[key]) }
    model.restore(form)
    #expect(try model.withAverage { () throws(EngineError) in model.parameters } == average)
    try model.use(.sgd)
    #expect(
      try model.withAverage { () throws(EngineError) in model.parameters } == model.parameters)
  }

  @Test("memory of a mean and mean square goes on between rules that mean the same by it")
  func carriesMemory() throws {
    let net = try net()
    let batch = rows(net, count: 4)
    for (from, to, goesOn) in [
      (Optimizer.adam, Optimizer.nadam, true), (.adam, .lamb, true), (.lamb, .adamW, true),
      (.nadam, .adamax, false), (.adagrad, .adadelta, false), (.adamax, .adamax, true),
      (.adadelta, .adadelta, true), (.sgd, .adagrad, false),
    ] {
      let model = try Model(network: net, optimizer: from)
      for _ in 0..<2 { _ = try model.step(batch) }
      let state = model.optimizerState
      try model.use(to)
      #expect((model.optimizerState.moments == state.moments) == goesOn)
      #expect(Set(model.optimizerState.updates.values) == [goesOn ? 2 : 0])
      _ = try model.step(batch)
      #expect(Set(model.optimizerState.updates.values) == [goesOn ? 3 : 1])
    }
  }

  @Test("every rule makes the loss smaller, alike with any number of threads")
  func allRulesLearn() throws {
    let net = try network([300], [dense(500), relu, dense(3)])
    let batch = examples(net, count: 12)
    for optimizer in [Optimizer.adagrad, .adadelta, .adamax, .nadam, .lamb] {
      var ends: [ParameterStore] = []
      for threads in [1, 2] {
        let model = try Model(
          network: net, optimizer: optimizer, seed: 4, threads: threads, usesLibrary: false)
        let first = try model.step(batch).loss
        for _ in 0..<20 { _ = try model.step(batch) }
        #expect(try model.step(batch).loss < first, "\(optimizer.rule)")
        ends.append(model.parameters)
      }
    }
  }

  @Test("mixed examples have the loss of both labels, and a share of 1 is as unmixed")
  func mixes() throws {
    let net = try network([3], [dense(4)])
    let batch = examples(net, count: 5)
    func loss(_ mixing: Double?) throws -> Double {
      let model = try Model(network: net, parameters: randomParameters(net))
      return try model.step(batch, rows: 0..<5, mixing: mixing).loss
    }
    #expect(abs(try loss(1) - loss(nil)) < 1e-6)
    #expect(try loss(0.5) != loss(nil))
  }

  @Test("smoothing and weights are the training loss's alone")
  func termsAreOfTraining() throws {
    let net = try network([3], [dense(4)])
    let batch = examples(net, count: 5)
    let plain = try Model(network: net, parameters: randomParameters(net))
    let soft = try Model(
      network: net, parameters: randomParameters(net),
      terms: LossTerms(smoothing: 0.2, weights: [1, 2, 3]))
    #expect(try plain.evaluate(batch, rows: 0..<5) == soft.evaluate(batch, rows: 0..<5))
    #expect(try plain.trainingLoss(batch, rows: 0..<5) != soft.trainingLoss(batch, rows: 0..<5))
    soft.use(.crossEntropy)
    #expect(try plain.trainingLoss(batch, rows: 0..<5) == soft.trainingLoss(batch, rows: 0..<5))
  }

  @Test("the gradient of a smoothed, weighted loss is that of differences")
  func gradientsOfTerms() throws {
    let net = try network([3], [dense(4)])
    let batch = examples(net, count: 6)
    let terms = LossTerms(smoothing: 0.1, weights: [1, 0.5, 2, 1.5])
    let model = try Model(network: net, parameters: randomParameters(net), terms: terms)
    _ = try model.differentiate(batch, rows: 0..<6)
    let gradients = model.gradients
    for key in gradients.keys {
      for index in 0..<(gradients[key]?.count ?? 0) {
        func loss(_ delta: Float) throws -> Double {
          var parameters = randomParameters(net)
          parameters[key]?.values[index] += delta
          return try Model(network: net, parameters: parameters, terms: terms)
            .trainingLoss(batch, rows: 0..<6).loss
        }
        let difference = (try loss(1e-2) - loss(-1e-2)) / 2e-2
        #expect(abs(difference - Double(gradients[key]?.values[index] ?? 0)) < 2e-3)
      }
    }
  }
}
