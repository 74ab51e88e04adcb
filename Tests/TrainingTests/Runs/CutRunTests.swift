import Engine
import Networks
import Testing

@testable import Training

/// A run that ends or waits in the midst of a step, or of what it measures after an epoch, does so as if that had been
/// asked before: nothing is lost, and it goes on to the same bits.
@Suite struct CutRunTests {
  /// Runs of three epochs of five steps, with all that is carried from step to step.
  private static func run(_ number: Int, _ name: String = "main") throws -> RunRequest {
    let optimizers: [Optimizer] = [
      Optimizer(.sgd(momentum: 0.9, nesterov: true), learningRate: 0.05, weightDecay: 1e-3), .adam,
    ]
    var asked = request(
      .epochs(3), network: try seriesNetwork(), data: seriesData(count: 24, test: 9))
    asked.name = name
    asked.recipe.optimizer = optimizers[number % 2]
    asked.recipe.optimizer.averaging = number == 2 ? 0.9 : 0
    asked.recipe.batching.accumulation = number == 1 ? 2 : 1
    asked.recipe.batching.mixup = number == 2 ? 0.3 : 0
    asked.recipe.augmentation.noise = number == 0 ? 0.1 : 0
    asked.recipe.schedule = Schedule(
      .plateau(Plateau(looksAtTest: true, patience: 0, factor: 0.5, threshold: 0.5)), unit: .epochs)
    asked.watch = number == 0 ? Watch(.loss(.test), patience: 3, restores: true) : nil
    asked.measured = number == 2 ? [.train] : []
    return asked
  }

  /// Has the step behind another one be cut at a question, or a later step or measurement that it is asked in.
  private func cutting(
    _ requests: [RunRequest], on trainer: Trainer, after step: Int, at question: Int
  ) -> [RunRequest] {
    var requests = requests
    requests[0].checkpointing = Checkpointing(every: .minutes(0)) { [weak trainer] copy in
      if copy.learned.steps == step, trainer?.board.signals.step.isSet == false {
        trainer?.board.signals.step.set(after: question)
      }
    }
    return requests
  }

  /// What runs come to that are stopped when they have been cut.
  private func stopped(_ requests: [RunRequest], after step: Int, at question: Int) -> [RunResult] {
    let trainer = Trainer()
    trainer.start(cutting(requests, on: trainer, after: step, at: question))
    // A step that nobody stops is taken again and cut again, until somebody does.
    Witness.wait { trainer.board.signals.step.isSet || !trainer.isRunning }
    trainer.requestStop()
    trainer.waitForEnd()
    return trainer.collectAll()
  }

  private func expectSame(_ one: RunResult, _ two: RunResult, _ place: String) {
    #expect(one.ending.words == two.ending.words, "\(place)")
    #expect(one.learned.parameters == two.learned.parameters, "\(place)")
    #expect(one.learned.optimizerState.moments == two.learned.optimizerState.moments, "\(place)")
    #expect(one.learned.optimizerState.updates == two.learned.optimizerState.updates, "\(place)")
    #expect(one.learned.steps == two.learned.steps, "\(place)")
    #expect(one.learned.epochs == two.learned.epochs, "\(place)")
    #expect(one.best == two.best, "\(place)")
    #expect(one.metrics == two.metrics, "\(place)")
    #expect(one.epochs.last?.loss == two.epochs.last?.loss, "\(place)")
    #expect(one.epochs.last?.testLoss == two.epochs.last?.testLoss, "\(place)")
  }

  private func goOn(_ requests: [RunRequest], from results: [RunResult]) throws -> [RunResult] {
    let trainer = Trainer()
    trainer.start(
      try zip(requests, results).map { request, result in
        let point = try #require(result.point)
        var later = request
        (later.learned, later.recipe) = (result.learned, point.recipe)
        return later.resumed(at: point)
      })
    trainer.waitForEnd()
    return trainer.collectAll()
  }

  /// What runs come to that are stopped between two steps.
  private func ended(_ requests: [RunRequest], after step: Int) -> [RunResult] {
    let trainer = Trainer()
    var requests = requests
    requests[0].checkpointing = Checkpointing(every: .minutes(0)) { [weak trainer] copy in
      if copy.learned.steps == step { trainer?.requestStop() }
    }
    trainer.start(requests)
    trainer.waitForEnd()
    return trainer.collectAll()
  }

  /// Stops runs at every so many questions and holds what they come to, and go on to, against runs that were not cut.
  private func check(_ requests: [RunRequest], from step: Int, every distance: Int) throws {
    let trainer = Trainer()
    trainer.start(requests)
    trainer.waitForEnd()
    let whole = trainer.collectAll()
    var expected: [Int: [RunResult]] = [:]
    var places: Set<Int> = []
    var question = 0
    while true {
      let results = stopped(requests, after: step, at: question)
      if results[0].ending.words != "stopped" { break }
      let steps = results[0].learned.steps
      let place = "cut at question \(question) after step \(step), with \(steps)"
      places.insert(steps)
      let known = expected[steps] ?? ended(requests, after: steps)
      expected[steps] = known
      for (result, same) in zip(results, known) {
        expectSame(result, same, place)
        #expect(result.point?.place == same.point?.place, "\(place)")
        #expect(result.point?.sum == same.point?.sum, "\(place)")
        #expect(result.point?.memory == same.point?.memory, "\(place)")
        #expect(result.seconds >= 0)
      }
      for (result, end) in zip(try goOn(requests, from: results), whole) {
        expectSame(result, end, place)
      }
      question += distance
    }
    #expect(places == Set(step...15))
  }

  @Test("one network, in steps and in what is measured after epochs", arguments: 0...2)
  func alone(_ number: Int) throws { try check([try Self.run(number)], from: 13, every: 5) }

  @Test("the end of an epoch in the midst of a run", arguments: 0...2)
  func betweenEpochs(_ number: Int) throws {
    let requests = [try Self.run(number)]
    let whole = try Trainer().run(requests[0])
    let results = ended(requests, after: 10)
    #expect(results[0].point?.place.batch == 5 && results[0].learned.epochs == 1)
    expectSame(
      try goOn(requests, from: results)[0], whole, "stopped behind the last step of an epoch")
  }

  @Test("networks side by side: each step is taken by all or by none")
  func lockstep() throws {
    var other = try Self.run(1, "other")
    other.recipe.batching = try Self.run(0).recipe.batching
    other.watch = nil
    var first = try Self.run(0)
    first.watch = nil
    try check([first, other], from: 14, every: 7)
  }

  @Test("a run that waits at once takes the step that was cut when it goes on", arguments: 0...2)
  func pauses(_ number: Int) throws {
    let asked = try Self.run(number)
    let whole = try Trainer().run(asked)
    for question in stride(from: 0, to: 60, by: 6) {
      let trainer = Trainer()
      trainer.start(cutting([asked], on: trainer, after: 4, at: question))
      Witness.wait { trainer.board.signals.step.isSet }
      trainer.requestPause()
      Witness.wait { trainer.isAtRest }
      let step = try #require(trainer.progress).step
      #expect(trainer.isPaused && step >= 4)
      try trainer.takeSteps(1)
      #expect(trainer.progress?.step == step + 1)
      trainer.resume()
      trainer.waitForEnd()
      expectSame(try #require(trainer.collect()), whole, "paused at question \(question)")
    }
  }

  @Test("Ctrl-C ends a job that waits for a long step, and that step, and the run waits")
  func interruptedJob() throws {
    let asked = try Self.run(0)
    let whole = try Trainer().run(asked)
    let trainer = Trainer()
    trainer.setPausesWhenInterrupted(true)
    trainer.start(cutting([asked], on: trainer, after: 4, at: 8))
    Witness.wait { trainer.board.signals.step.isSet }
    trainer.interrupt()
    #expect(throws: EngineError.interrupted) {
      try trainer.evaluate(asked, on: asked.data.train)
    }
    #expect(trainer.isPaused && trainer.progress?.step == 4)
    trainer.clearInterrupt()
    #expect(!trainer.board.signals.step.isSet && !trainer.board.signals.job.isSet)
    trainer.resume()
    trainer.waitForEnd()
    expectSame(try #require(trainer.collect()), whole, "after the job")
  }
}
