import Engine
import Networks
import Testing

@testable import Training

/// A run from its beginning to its end.
@Suite struct TrainerTests {
  @Test func epochsAreWholeAndTheLastBatchHasWhatIsLeft() throws {
    let trainer = Trainer()
    let data = seriesData(count: 24, test: 9)
    let result = try trainer.run(request(.epochs(3), network: try seriesNetwork(), data: data))
    #expect(result.ending.words == "finished")
    #expect(result.steps == 15)
    #expect(result.learned.steps == 15)
    #expect(result.learned.epochs == 3)
    #expect(result.epochs.map(\.epoch) == [1, 2, 3])
    #expect(result.epochs.map(\.epochs) == [3, 3, 3])
    #expect(result.epochs.map(\.step) == [5, 10, 15])
    #expect(result.epochs.allSatisfy { $0.network == "main" && $0.samplesPerSecond > 0 })
    #expect(Array(result.epochs) == trainer.epochs(from: 0).epochs)
    #expect(trainer.epochs(from: 2).epochs.map(\.epoch) == [3])
    #expect(trainer.epochs(from: 7).epochs.isEmpty)
    #expect(trainer.losses(from: 0).map(\.step) == Array(0..<15))
    #expect(trainer.tests(from: 0).map(\.step) == [5, 10, 15])
    #expect(result.seconds > 0)
    #expect(!trainer.isRunning)
    #expect(trainer.progress == nil)
    #expect(trainer.collect() == nil)
  }

  /// An epoch's loss is the mean over its examples, also where the last batch is smaller.
  @Test func summariesAreMeansOverTheExamples() throws {
    let trainer = Trainer()
    var recorded = request(.epochs(1), network: try seriesNetwork(dropoutRate: 0))
    recorded.recipe.optimizer.learningRate = 0
    let result = try trainer.run(recorded)
    let losses = trainer.losses(from: 0).map { Double($0.loss) }
    let mean = zip(losses, [5.0, 5, 5, 5, 4]).reduce(0) { $0 + $1.0 * $1.1 } / 24
    #expect(abs(try #require(result.epochs.first).loss - mean) < 1e-6)
    let accuracy = try #require(result.epochs.first?.accuracy)
    #expect(abs(accuracy * 24 - (accuracy * 24).rounded()) < 1e-9)
  }

  /// With a rate of 0 the loss of an epoch and of an evaluation of the same network are the same, batch
  /// normalization aside.
  @Test func testPartIsMeasuredInEvaluationMode() throws {
    let trainer = Trainer()
    let net = try network([2, 8], [dense("dense1", 3), dropout("dropout1", 0.9)])
    var frozen = request(.epochs(1), network: net, data: seriesData(count: 24, test: 9))
    frozen.recipe.optimizer.learningRate = 0
    let result = try trainer.run(frozen)
    frozen.learned = result.learned
    let test = try #require(frozen.data.test)
    let (evaluation, learned) = try trainer.evaluate(frozen, on: test)
    let summary = try #require(result.epochs.first)
    #expect(evaluation.loss == summary.testLoss)
    #expect(evaluation.accuracy == summary.testAccuracy)
    #expect(evaluation.count == 9)
    #expect(learned.parameters == result.learned.parameters)
    let (train, _) = try trainer.evaluate(frozen, on: frozen.data.train)
    #expect(train.loss != summary.loss)
  }

  @Test func stepsGoOnThroughEpochs() throws {
    let trainer = Trainer()
    let net = try seriesNetwork()
    let first = try trainer.run(request(.steps(7), network: net))
    #expect(first.ending.words == "finished")
    #expect(first.steps == 7)
    #expect(first.learned.epochs == 1)
    #expect(first.epochs.map(\.step) == [5, 7])
    let second = try trainer.run(request(.steps(4), network: net, learned: first.learned))
    #expect(second.learned.steps == 11)
    #expect(second.epochs.map(\.step) == [3, 4])
    #expect(trainer.record?.firstStep == 7)
    #expect(trainer.losses(from: 0).map(\.step) == [7, 8, 9, 10])
  }

  @Test func stepsInARowAreOneRun() throws {
    let net = try seriesNetwork()
    let whole = try Trainer().run(request(.steps(7), network: net))
    let trainer = Trainer()
    var learned = LearnedState()
    for _ in 0..<7 {
      let part = try trainer.run(request(.steps(1), network: net, learned: learned))
      learned = part.learned
    }
    #expect(learned.parameters == whole.learned.parameters)
  }

  @Test func learns() throws {
    let net = try network(
      [2, 8], [conv("conv1", 6), bn("bn1"), relu("relu1"), dense("dense1", 3)])
    let result = try Trainer().run(
      request(.epochs(30), network: net, data: seriesData(count: 60, test: 30)))
    let (first, last) = (try #require(result.epochs.first), try #require(result.epochs.last))
    #expect(last.loss < first.loss / 3)
    #expect(try #require(last.testAccuracy) > 0.9)
  }

  @Test func numbersAsTargetsHaveNoAccuracy() throws {
    let inputs = Tensor(shape: [6, 2], values: (0..<12).map { Float($0) / 6 - 1 })
    let targets = Tensor(shape: [6, 1], values: (0..<6).map { Float($0) / 3 })
    let data = Dataset(
      name: "line", description: "", train: Examples(inputs: inputs, targets: .values(targets)),
      test: Examples(inputs: inputs, targets: .values(targets)))
    let trainer = Trainer()
    let net = try network([2], [dense("dense1", 1)])
    let result = try trainer.run(request(.epochs(200), network: net, data: data))
    #expect(result.epochs.allSatisfy { $0.accuracy == nil && $0.testAccuracy == nil })
    #expect(try #require(result.epochs.last?.testLoss) < 1e-3)
    let (evaluation, _) = try trainer.evaluate(
      request(.steps(0), network: net, learned: result.learned, data: data), on: data.train)
    #expect(evaluation.accuracy == nil)
  }

  @Test func untilIsAskedAfterEveryEpoch() throws {
    let asked = Mailbox<RunFacts>()
    let data = seriesData(count: 24, test: 9)
    let result = try Trainer().run(
      request(.epochs(100), network: try seriesNetwork(), data: data) { facts in
        asked.add(facts[0])
        return facts[0].epochs == 4
      })
    #expect(result.ending.words == "until")
    #expect(result.epochs.count == 4)
    #expect(result.learned.epochs == 4)
    #expect(asked.all.map(\.epochs) == [1, 2, 3, 4])
    #expect(asked.all.map(\.steps) == [5, 10, 15, 20])
    #expect(asked.all.map(\.loss) == result.epochs.map(\.loss))
    #expect(asked.all.map(\.accuracy) == result.epochs.map(\.accuracy))
    #expect(asked.all.map(\.testLoss) == result.epochs.map(\.testLoss))
    #expect(asked.all.map(\.testAccuracy) == result.epochs.map(\.testAccuracy))
  }

  @Test func untilIsAskedAfterEveryStepOfARunOfSteps() throws {
    let asked = Mailbox<RunFacts>()
    let result = try Trainer().run(
      request(.steps(100), network: try seriesNetwork()) { facts in
        asked.add(facts[0])
        return facts[0].steps == 8
      })
    #expect(result.ending.words == "until")
    #expect(result.steps == 8)
    #expect(asked.all.map(\.steps) == Array(1...8))
    #expect(asked.all.map(\.epochs) == [0, 0, 0, 0, 0, 1, 1, 1])
  }

  @Test func sameSeedSameBitsWhateverElseIsDone() throws {
    let net = try seriesNetwork()
    let data = seriesData(count: 24, test: 9)
    let plain = try Trainer().run(request(.epochs(4), network: net, data: data, optimizer: .adam))
    let trainer = Trainer()
    let other = request(.epochs(4), network: net, data: data, optimizer: .adam)
    trainer.start(other)
    for _ in 0..<20 {
      _ = try trainer.evaluate(other, on: data.train)
      _ = try trainer.predict(other, inputs: data.train.inputs)
    }
    trainer.waitForEnd()
    let busy = try #require(trainer.collect())
    #expect(busy.learned.parameters == plain.learned.parameters)
    #expect(busy.learned.optimizerState == plain.learned.optimizerState)
    #expect(busy.epochs.map(\.loss) == plain.epochs.map(\.loss))
    #expect(busy.epochs.map(\.testLoss) == plain.epochs.map(\.testLoss))
    var third = other
    third.recipe.seed = 2
    #expect(try trainer.run(third).learned.parameters != plain.learned.parameters)
  }
}
