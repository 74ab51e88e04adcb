import Engine
import Networks
import Testing

@testable import Training

/// A run that is stopped and goes on later is the run that was never stopped, bit for bit.
@Suite struct ResumeTests {
  private static let optimizers: [Optimizer] = [
    Optimizer(.sgd(momentum: 0.9, nesterov: true), learningRate: 0.05, weightDecay: 1e-3), .adam,
    .adamW, .rmsProp,
  ]

  private func whole(_ net: Network, _ optimizer: Optimizer) throws -> LearnedState {
    try Trainer().run(request(.steps(10), network: net, optimizer: optimizer)).learned
  }

  @Test(arguments: optimizers) func tenStepsAreFourAndSix(_ optimizer: Optimizer) throws {
    let net = try seriesNetwork()
    let expected = try whole(net, optimizer)
    let trainer = Trainer()
    let first = try trainer.run(request(.steps(4), network: net, optimizer: optimizer))
    let second = try trainer.run(
      request(.steps(6), network: net, learned: first.learned, optimizer: optimizer))
    #expect(second.learned.parameters == expected.parameters)
    #expect(second.learned.optimizerState == expected.optimizerState)
  }

  /// The model in memory has been another's meanwhile, so that all comes back from what was kept.
  @Test(arguments: optimizers) func alsoAfterAnotherNetworkWasTrained(_ optimizer: Optimizer) throws
  {
    let net = try seriesNetwork()
    let expected = try whole(net, optimizer)
    let trainer = Trainer()
    let first = try trainer.run(request(.steps(4), network: net, optimizer: optimizer))
    _ = try trainer.run(request(.steps(3), network: try seriesNetwork()))
    let second = try trainer.run(
      request(.steps(6), network: net, learned: first.learned, optimizer: optimizer))
    #expect(second.learned.parameters == expected.parameters)
    #expect(second.learned.optimizerState == expected.optimizerState)
  }

  @Test func alsoAfterAStopByTheUser() throws {
    let net = try seriesNetwork()
    let expected = try whole(net, .adam)
    let trainer = Trainer()
    let first = try trainer.run(
      request(.steps(1000), network: net, optimizer: .adam) { [weak trainer] facts in
        if facts[0].steps == 4 { trainer?.requestStop() }
        return false
      })
    #expect(first.ending.words == "stopped")
    #expect(first.steps == 4)
    let second = try trainer.run(
      request(.steps(6), network: net, learned: first.learned, optimizer: .adam))
    #expect(second.learned.parameters == expected.parameters)
    #expect(second.learned.optimizerState == expected.optimizerState)
  }

  /// Looking at the network with another optimizer in hand changes nothing of what was learned.
  @Test func alsoAfterALookWithAnotherOptimizer() throws {
    let net = try seriesNetwork()
    let expected = try whole(net, .adam)
    let trainer = Trainer()
    let first = try trainer.run(request(.steps(4), network: net, optimizer: .adam))
    let look = request(
      .steps(0), network: net, learned: first.learned,
      optimizer: Optimizer(.sgd(momentum: 0.9, nesterov: false), learningRate: 1))
    let (_, looked) = try trainer.evaluate(look, on: look.data.train)
    let second = try trainer.run(
      request(.steps(6), network: net, learned: looked, optimizer: .adam))
    #expect(second.learned.parameters == expected.parameters)
    #expect(second.learned.optimizerState == expected.optimizerState)
  }

  /// Momentum never starts from what another rule remembers, whether the model is still in memory or not.
  @Test(arguments: [false, true])
  func anotherRuleStartsFresh(hasForgotten: Bool) throws {
    let net = try seriesNetwork()
    let momentum = Optimizer(.sgd(momentum: 0.9, nesterov: false), learningRate: 0.05)
    let trainer = Trainer()
    let first = try trainer.run(request(.steps(4), network: net, optimizer: .rmsProp))
    if hasForgotten { _ = try trainer.run(request(.steps(1), network: try seriesNetwork())) }
    let second = try trainer.run(
      request(.steps(1), network: net, learned: first.learned, optimizer: momentum))
    var bare = first.learned
    bare.optimizerState = OptimizerState()
    bare.touch()
    let expected = try Trainer().run(
      request(.steps(1), network: net, learned: bare, optimizer: momentum))
    #expect(second.learned.parameters == expected.learned.parameters)
    #expect(second.learned.optimizerState == expected.learned.optimizerState)
  }
}
