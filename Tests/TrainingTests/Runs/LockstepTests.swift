import Engine
import Networks
import Testing

@testable import Training

/// Several networks that learn side by side.
struct LockstepTests {
  /// Two networks that differ, with dropout and batch statistics, so that order and masks matter.
  private func requests(_ length: RunRequest.Length, data: Dataset, batch: Int = 5) throws
    -> [RunRequest]
  {
    let networks = [
      try seriesNetwork(),
      try network(
        [2, 8], [conv("conv1", 4), bn("bn1"), dropout("dropout1", 0.2), dense("out", 3)]),
    ]
    return zip(["one", "two"], networks).map { name, network in
      var request = request(
        length, network: network, data: data, batch: batch,
        optimizer: Optimizer(
          .adam(beta1: 0.9, beta2: 0.99, epsilon: 1e-8), learningRate: 0.01))
      request.name = name
      return request
    }
  }

  private func run(_ requests: [RunRequest], on trainer: Trainer = Trainer()) -> [RunResult] {
    trainer.start(requests)
    trainer.waitForEnd()
    return trainer.collectAll()
  }

  @Test(arguments: [RunRequest.Length.epochs(3), .steps(13)])
  func eachLearnsWhatItWouldAlone(_ length: RunRequest.Length) throws {
    let requests = try requests(length, data: seriesData(count: 24, test: 9))
    let together = run(requests)
    #expect(together.map(\.name) == ["one", "two"])
    for (request, result) in zip(requests, together) {
      let alone = try Trainer().run(request)
      #expect(result.learned.parameters == alone.learned.parameters)
      #expect(result.learned.optimizerState == alone.learned.optimizerState)
      #expect(result.learned.steps == alone.learned.steps)
      #expect(result.learned.epochs == alone.learned.epochs)
      #expect(result.epochs.map(\.loss) == alone.epochs.map(\.loss))
      #expect(result.epochs.map(\.testLoss) == alone.epochs.map(\.testLoss))
      #expect(result.ending.words == alone.ending.words)
    }
  }

  @Test func theBatchesAreThoseOfTheFirst() throws {
    let data = seriesData(count: 24)
    var requests = try requests(.steps(7), data: data)
    var ahead = requests[0]
    ahead.length = .steps(3)
    requests[0].learned = try Trainer().run(ahead).learned
    let together = run(requests)
    let first = try Trainer().run(requests[0])
    #expect(together[0].learned.parameters == first.learned.parameters)
    let second = try Trainer().run(requests[1])
    #expect(together[1].learned.parameters != second.learned.parameters)
    #expect(together.map(\.learned.steps) == [10, 7])
  }

  @Test func goingOnAfterwardsIsGoingOn() throws {
    let data = seriesData(count: 24)
    var requests = try requests(.steps(10), data: data)
    let whole = run(requests)
    for index in requests.indices { requests[index].length = .steps(4) }
    let trainer = Trainer()
    for (index, result) in run(requests, on: trainer).enumerated() {
      requests[index].learned = result.learned
      requests[index].length = .steps(6)
    }
    let parts = run(requests, on: trainer)
    #expect(parts.map(\.learned.parameters) == whole.map(\.learned.parameters))
  }

  @Test func aForkHasAModelOfItsOwn() throws {
    let data = seriesData(count: 24)
    let trainer = Trainer()
    var original = try requests(.steps(3), data: data)[0]
    original.learned = try trainer.run(original).learned
    var copy = original
    copy.name = "copy"
    let results = run([original, copy], on: trainer)
    #expect(results.map(\.learned.steps) == [6, 6])
    #expect(results[0].learned.parameters == results[1].learned.parameters)
    let alone = try Trainer().run(original)
    #expect(results[0].learned.parameters == alone.learned.parameters)
  }

  @Test func noneTakesAStepBeforeAllHaveTakenTheLast() throws {
    let trainer = Trainer()
    let seen = Mailbox<[Int]>()
    trainer.onNews { [weak trainer] in
      if let steps = trainer?.progressOfAll.map(\.step), steps.count == 2 { seen.add(steps) }
    }
    _ = run(try requests(.steps(40), data: seriesData(count: 24)), on: trainer)
    #expect(seen.all.contains([3, 2]))
    #expect(seen.all.allSatisfy { $0[0] == $0[1] || $0[0] == $0[1] + 1 })
  }

  @Test func oneThatDivergesStopsAlone() throws {
    let data = seriesData(count: 24, test: 9)
    var requests = try requests(.epochs(2), data: data)
    let weight = try #require(requests[0].network.parameters.first)
    requests[0].learned.parameters[weight.key] = Tensor(
      shape: weight.shape, values: Array(repeating: .nan, count: weight.shape.reduce(1, *)))
    let trainer = Trainer()
    let results = run(requests, on: trainer)
    #expect(results[0].steps == 0)
    #expect(results[0].ending.words.hasPrefix("diverged at step 1 with nan"))
    #expect(results[1].ending.words == "finished")
    #expect(results[1].steps == 10)
    #expect(results[1].learned.parameters == (try Trainer().run(requests[1])).learned.parameters)
    #expect(trainer.losses(from: 0).isEmpty)
    #expect(trainer.losses(from: 0, of: 1).count == 10)
  }

  @Test func untilIsToldOfAll() throws {
    var requests = try requests(.epochs(50), data: seriesData(count: 24))
    let asked = Mailbox<[String]>()
    requests[0].isDone = { facts in
      asked.add(facts.map { "\($0.network) \($0.epochs) \($0.steps)" })
      return facts[1].epochs == 2
    }
    #expect(run(requests).map(\.ending.words) == ["until", "until"])
    #expect(asked.all == [["one 1 5", "two 1 5"], ["one 2 10", "two 2 10"]])
  }

  @Test func oneThatCannotBeComputedKeepsAllFromBeginning() throws {
    var requests = try requests(.steps(3), data: seriesData(count: 24))
    requests[0].data = seriesData(count: 0)
    #expect(run(requests).map(\.steps) == [0, 0])
  }
}
