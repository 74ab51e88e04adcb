import Engine
import Networks
import Testing

@testable import Training

/// What others want of a trainer while a run goes on.
@Suite struct RequestTests {
  /// A run that ends only when it is stopped.
  private func endless(
    _ network: Network, isDone: (@Sendable ([RunFacts]) -> Bool)? = nil
  ) -> RunRequest {
    request(.steps(1_000_000_000), network: network, isDone: isDone)
  }

  @Test func progressTellsHowFarTheRunIs() throws {
    let trainer = Trainer()
    let seen = Mailbox<Progress>()
    let result = try trainer.run(
      request(.steps(8), network: try seriesNetwork()) { [weak trainer] _ in
        if let progress = trainer?.progress { seen.add(progress) }
        return false
      })
    #expect(seen.all.map(\.step) == Array(1...8))
    #expect(seen.all.map(\.epoch) == [1, 1, 1, 1, 1, 2, 2, 2])
    #expect(seen.all.allSatisfy { $0.state == .running && $0.network == "main" })
    #expect(seen.all.allSatisfy { $0.steps == 8 && $0.epochs == nil })
    #expect(seen.all.allSatisfy { $0.learningRate == 0.1 && $0.accuracy != nil })
    #expect(seen.all.last?.secondsLeft == 0)
    let losses = trainer.losses(from: 0).map { Double($0.loss) }
    var smoothed = losses[0]
    for (progress, loss) in zip(seen.all, losses) {
      smoothed = 0.9 * smoothed + 0.1 * loss
      #expect(abs(try #require(progress.loss) - smoothed) < 1e-6)
    }
    #expect(result.steps == 8)
  }

  @Test func newsAreToldAfterEveryStepAndAtTheEnd() throws {
    let trainer = Trainer()
    let news = Mailbox<Bool>()
    trainer.onNews { [weak trainer] in news.add(trainer?.isRunning ?? false) }
    _ = try trainer.run(request(.steps(3), network: try seriesNetwork()))
    #expect(news.all.count >= 4)
    #expect(news.all.last == false)
    #expect(news.all.dropLast().allSatisfy { $0 })
    trainer.onNews(nil)
    let count = news.all.count
    _ = try trainer.run(request(.steps(3), network: try seriesNetwork()))
    #expect(news.all.count == count)
  }

  @Test func learningRateChangesFromTheNextStepOn() throws {
    let net = try seriesNetwork()
    let trainer = Trainer()
    let result = try trainer.run(
      request(.steps(9), network: net) { [weak trainer] facts in
        if facts[0].steps == 4 { trainer?.setLearningRate(0) }
        return false
      })
    let expected = try Trainer().run(request(.steps(4), network: net))
    for specification in net.parameters where specification.isLearnable {
      let key = specification.key
      #expect(result.learned.parameters[key] == expected.learned.parameters[key])
    }
    #expect(trainer.marks(from: 0) == [LossRecord.Mark(step: 4, label: "lr 0.0")])
    // A rate that is given when no run goes on is none for the next.
    trainer.setLearningRate(0)
    let next = try trainer.run(request(.steps(4), network: net))
    #expect(next.learned.parameters == expected.learned.parameters)
    #expect(trainer.marks(from: 0).isEmpty)
  }

  @Test func stopEndsTheRunAfterTheStepInHand() throws {
    let trainer = Trainer()
    trainer.start(endless(try seriesNetwork()))
    #expect(trainer.isRunning)
    trainer.requestStop()
    #expect(trainer.progress.map { $0.state == .stopping } ?? true)
    trainer.waitForEnd()
    let result = try #require(trainer.collect())
    #expect(result.ending.words == "stopped")
    #expect(result.learned.steps == result.steps)
    // The next run does not know of it.
    let next = try trainer.run(request(.steps(2), network: try seriesNetwork()))
    #expect(next.ending.words == "finished")
  }

  @Test func interruptStopsTheRunAndIsRememberedUntilCleared() throws {
    let trainer = Trainer()
    #expect(!trainer.isInterrupted)
    trainer.start(endless(try seriesNetwork()))
    trainer.interrupt()
    trainer.waitForEnd()
    #expect(trainer.collect()?.ending.words == "stopped")
    #expect(trainer.isInterrupted)
    let look = request(.steps(0), network: try seriesNetwork())
    #expect(throws: EngineError.interrupted) {
      try trainer.evaluate(look, on: look.data.train)
    }
    trainer.clearInterrupt()
    #expect(!trainer.isInterrupted)
    #expect(try trainer.evaluate(look, on: look.data.train).0.count == 24)
  }

  @Test func thereIsOneRunAtATime() throws {
    let trainer = Trainer()
    let first = endless(try seriesNetwork())
    #expect(trainer.start(first))
    var second = request(.steps(1), network: try seriesNetwork())
    second.name = "other"
    #expect(!trainer.start(second))
    trainer.requestStop()
    trainer.waitForEnd()
    #expect(trainer.collect()?.name == "main")
    #expect(trainer.start(second))
    trainer.waitForEnd()
    #expect(trainer.collect()?.name == "other")
  }

  @Test func evaluationDuringARunSeesItsWeights() throws {
    let trainer = Trainer()
    let run = endless(try seriesNetwork(dropoutRate: 0))
    trainer.start(run)
    var other = request(.steps(0), network: try seriesNetwork())
    other.name = "other"
    var losses: [Double] = []
    while losses.last ?? 1 > 0.1 {
      let (evaluation, learned) = try trainer.evaluate(run, on: run.data.train)
      losses.append(evaluation.loss)
      // The weights belong to the run until it is over.
      #expect(learned.parameters.isEmpty)
    }
    let (untrained, _) = try trainer.evaluate(other, on: other.data.train)
    #expect(untrained.loss > 0.5)
    trainer.requestStop()
    trainer.waitForEnd()
    let result = try #require(trainer.collect())
    #expect(result.steps > 0)
    var after = run
    after.learned = result.learned
    let (final, _) = try trainer.evaluate(after, on: run.data.train)
    #expect(final.loss < 0.2)
  }

  @Test func manyJobsOfManyThreadsAreDoneBetweenSteps() async throws {
    let trainer = Trainer()
    let run = endless(try seriesNetwork())
    trainer.start(run)
    let done = await withTaskGroup(of: Int.self) { group in
      for worker in 0..<4 {
        group.addTask {
          var sum = 0
          for job in 0..<250 { sum += (try? trainer.perform { _ in worker * 1000 + job }) ?? -1 }
          return sum
        }
      }
      return await group.reduce(0, +)
    }
    #expect(done == (0..<4).reduce(0) { $0 + $1 * 1000 * 250 } + 4 * 249 * 250 / 2)
    #expect(trainer.isRunning)
    trainer.requestStop()
    trainer.waitForEnd()
    #expect(trainer.collect()?.ending.words == "stopped")
  }

  @Test func aTrainerThatNobodyHoldsStopsItsRun() throws {
    let ended = Mailbox<Int>()
    let freed = Witness()
    do {
      let trainer = Trainer()
      trainer.start(
        endless(try seriesNetwork()) { [token = freed.token] facts in
          withExtendedLifetime(token) { ended.add(facts[0].steps) }
          return false
        })
      _ = try trainer.perform { _ in true }
    }
    freed.waitUntilFreed()
    let steps = ended.all.count
    #expect(steps == ended.all.count)
  }
}
