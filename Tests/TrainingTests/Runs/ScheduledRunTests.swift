import Engine
import Networks
import Testing

@testable import Training

/// Runs whose rate changes, that follow several batches at once, or that look for the best epoch.
@Suite struct ScheduledRunTests {
  /// The rates of all steps of a run of steps.
  private func rates(
    _ change: (inout RunRequest) -> Void, at step: Int = 0, then: RatePlan? = nil
  ) throws -> [Double] {
    let trainer = Trainer()
    let seen = Mailbox<Double>()
    var asked = request(.steps(12), network: try seriesNetwork()) { [weak trainer] facts in
      seen.add(trainer?.progress?.learningRate ?? -1)
      if let then, facts[0].steps == step { trainer?.setRates(then) }
      return false
    }
    change(&asked)
    _ = try trainer.run(asked)
    return seen.all
  }

  private func expectClose(_ one: [Double], _ two: [Double]) {
    #expect(one.count == two.count)
    for (left, right) in zip(one, two) { #expect(abs(left - right) < 1e-12) }
  }

  @Test("a schedule by steps has another rate at each, one by epochs at each epoch's first")
  func placesAreStepsOrEpochs() throws {
    let bySteps = try rates { $0.recipe.schedule = Schedule(.cosine, unit: .steps) }
    let cosine = Schedule(.cosine, unit: .steps)
    expectClose(bySteps, (0..<12).map { cosine.rate(base: 0.1, at: $0, of: 12) })
    // Five steps are an epoch.
    let byEpochs = try rates { $0.recipe.schedule = Schedule(.exponential(gamma: 0.5)) }
    expectClose(byEpochs, (0..<12).map { [0.1, 0.05, 0.025][$0 / 5] })
    #expect(try rates { _ in } == Array(repeating: 0.1, count: 12))
  }

  @Test("a schedule that comes in the midst of a run has its place there")
  func changesLive() throws {
    let other = RatePlan(0.4, Schedule(.step(every: 3, gamma: 0.5), unit: .steps))
    let seen = try rates(
      { $0.recipe.schedule = Schedule(.cosine, unit: .steps) }, at: 4, then: other)
    expectClose(
      Array(seen[4...]), (4..<12).map { other.schedule.rate(base: 0.4, at: $0, of: 12) })
    let constant = try rates(
      { $0.recipe.schedule = Schedule(.cosine, unit: .steps) }, at: 4, then: RatePlan(0.3))
    #expect(Array(constant[4...]) == Array(repeating: 0.3, count: 8))
  }

  @Test("the same bits as a constant rate where the curve is level")
  func levelCurvesAreConstant() throws {
    var plain = request(.epochs(2), network: try seriesNetwork())
    let constant = try Trainer().run(plain)
    plain.recipe.schedule = Schedule(.step(every: 100, gamma: 0.1))
    let level = try Trainer().run(plain)
    #expect(constant.learned.parameters == level.learned.parameters)
  }

  @Test("accumulation follows whole epochs, and two halves are a batch")
  func accumulates() throws {
    let net = try network([2, 8], [dense("dense1", 3)])
    let data = seriesData(count: 24)
    let whole = try Trainer().run(request(.epochs(3), network: net, data: data, batch: 8))
    var halves = request(.epochs(3), network: net, data: data, batch: 4)
    halves.recipe.batching.accumulation = 2
    let result = try Trainer().run(halves)
    #expect(result.steps == 2 * whole.steps)
    for key in whole.learned.parameters.keys {
      let pairs = zip(
        whole.learned.parameters[key]?.values ?? [], result.learned.parameters[key]?.values ?? [])
      for (one, two) in pairs { #expect(abs(one - two) < 1e-5) }
    }
    // 6 steps an epoch, 4 to an update: the last two of an epoch are one, too.
    halves.recipe.batching.accumulation = 4
    let updates = try Trainer().run(halves).learned.optimizerState.updates
    #expect(Set(updates.values) == [6])
  }

  @Test("mixed batches are those of the seed, and the share is Beta's")
  func mixes() throws {
    var mixed = request(.epochs(2), network: try seriesNetwork())
    mixed.recipe.batching.mixup = 0.4
    let one = try Trainer().run(mixed)
    let two = try Trainer().run(mixed)
    #expect(one.learned.parameters == two.learned.parameters)
    mixed.recipe.seed = 2
    mixed.learned.parameters = ParameterStore()
    let other = try Trainer().run(mixed)
    #expect(other.learned.parameters != one.learned.parameters)
    for (alpha, variance) in [(0.2, 0.25 / 1.4), (1.0, 1.0 / 12), (4.0, 0.25 / 9)] {
      let shares = (0..<4000).map { Mixup.share(alpha: alpha, seed: 5, step: $0) }
      let mean = shares.reduce(0, +) / 4000
      let spread = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000
      #expect(abs(mean - 0.5) < 0.03)
      #expect(abs(spread - variance) < 0.1 * variance)
      #expect(shares.allSatisfy { (0...1).contains($0) })
    }
  }

  @Test("a network whose weights are averaged is measured and kept so")
  func averages() throws {
    var averaged = request(
      .epochs(4), network: try seriesNetwork(), data: seriesData(count: 24, test: 9))
    let plain = try Trainer().run(averaged)
    averaged.recipe.optimizer.averaging = 0.9
    let trainer = Trainer()
    let result = try trainer.run(averaged)
    #expect(result.epochs.map(\.loss) == plain.epochs.map(\.loss))
    #expect(result.learned.parameters != plain.learned.parameters)
    averaged.learned = result.learned
    let test = try #require(averaged.data.test)
    let evaluation = try trainer.evaluate(averaged, on: test).0
    #expect(evaluation.loss == result.epochs.last?.testLoss)
    // A model of its own says the same.
    #expect(try Trainer().evaluate(averaged, on: test).0.loss == evaluation.loss)
  }

  @Test("patience ends a run, and the best weights come back")
  func endsAndRestores() throws {
    var watched = request(
      .epochs(60), network: try seriesNetwork(), data: seriesData(count: 24, test: 9))
    watched.recipe.optimizer.learningRate = 0.5
    watched.watch = Watch(.loss(.test), patience: 3, restores: true)
    let trainer = Trainer()
    let result = try trainer.run(watched)
    let losses = result.epochs.compactMap(\.testLoss)
    let best = try #require(result.best)
    #expect(result.ending.words == "out of patience after 3")
    #expect(losses.count == best.epoch + 3)
    #expect(losses.min() == best.value && losses[best.epoch - 1] == best.value)
    #expect(best.isRestored)
    watched.learned = result.learned
    let test = try #require(watched.data.test)
    #expect(try trainer.evaluate(watched, on: test).0.loss == best.value)
    #expect(try Trainer().evaluate(watched, on: test).0.loss == best.value)
    watched.learned = LearnedState()
    watched.watch = Watch(.loss(.test), patience: 3)
    let last = try Trainer().run(watched)
    #expect(last.best?.epoch == best.epoch && last.best?.isRestored == false)
    #expect(last.learned.parameters != result.learned.parameters)
  }

  @Test("networks side by side lose patience each for itself")
  func lanesEndAlone() throws {
    var one = request(
      .epochs(40), network: try seriesNetwork(), data: seriesData(count: 24, test: 9))
    one.recipe.optimizer.learningRate = 0.5
    one.watch = Watch(.loss(.test), patience: 2, restores: true)
    var two = one
    two.name = "two"
    two.network = try network([2, 8], [dense("dense1", 3)])
    let trainer = Trainer()
    trainer.start([one, two])
    trainer.waitForEnd()
    let together = trainer.collectAll()
    for (request, result) in zip([one, two], together) {
      let alone = try Trainer().run(request)
      #expect(result.ending.words == alone.ending.words)
      #expect(result.epochs.total == alone.epochs.total)
      #expect(result.learned.parameters == alone.learned.parameters)
    }
  }

  @Test("copies are handed over every so many epochs, each as the network was then")
  func checkpoints() throws {
    let copies = Mailbox<LearnedNetwork>()
    var asked = request(.epochs(5), network: try seriesNetwork())
    asked.checkpointing = Checkpointing(every: .epochs(2)) { copies.add($0) }
    _ = try Trainer().run(asked)
    #expect(copies.all.map(\.learned.epochs) == [2, 4])
    #expect(copies.all.map(\.learned.steps) == [10, 20])
    var short = request(.epochs(2), network: asked.network)
    short.recipe = asked.recipe
    #expect(copies.all[0].learned.parameters == (try Trainer().run(short)).learned.parameters)
    let timed = Mailbox<LearnedNetwork>()
    asked.checkpointing = Checkpointing(every: .minutes(0)) { timed.add($0) }
    _ = try Trainer().run(asked)
    #expect(timed.all.count == 30)
  }
}
