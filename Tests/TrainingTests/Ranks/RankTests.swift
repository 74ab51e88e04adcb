import Engine
import Networks
import Testing

@testable import Training

/// Runs that several processes take together, here threads of one.
@Suite struct RankTests {
  /// Runs a request on so many processes; each has its own way to change it.
  private func run(
    _ request: RunRequest, on count: Int,
    change: (Int, inout RunRequest) -> Void = { _, _ in },
    meanwhile: ([Trainer]) throws -> Void = { _ in }
  ) throws -> [RunResult] {
    let trainers = ThreadRanks.all(count).map { Trainer(ranks: $0) }
    for (rank, trainer) in trainers.enumerated() {
      var own = request
      change(rank, &own)
      trainer.start(own)
    }
    try meanwhile(trainers)
    for trainer in trainers { trainer.waitForEnd() }
    return try trainers.map { try #require($0.collect()) }
  }

  /// A network in which no example hangs on the others of its batch.
  private func plainNetwork() throws -> Network {
    try network([2, 8], [conv("conv1", 6), relu("relu1"), dense("dense1", 3)])
  }

  private func plain(_ length: RunRequest.Length, batch: Int) throws -> RunRequest {
    request(
      length, network: try plainNetwork(), data: seriesData(count: 24, test: 9), batch: batch,
      optimizer: Optimizer(.sgd(momentum: 0.9, nesterov: false), learningRate: 0.05))
  }

  private func distance(_ one: ParameterStore, _ two: ParameterStore) -> Float {
    one.keys.reduce(0) { most, key in
      zip(one[key]?.values ?? [], two[key]?.values ?? [.nan]).reduce(most) {
        max($0, abs($1.0 - $1.1))
      }
    }
  }

  @Test("processes on batches of B learn what one does on B times as many", arguments: [2, 3, 4])
  func agreesWithOne(_ count: Int) throws {
    // 24 examples in batches of 10 or 9: the last one is smaller.
    let batch = count == 2 ? 5 : 3
    let alone = try Trainer().run(plain(.epochs(3), batch: batch * count))
    let together = try run(plain(.epochs(3), batch: batch), on: count)
    #expect(alone.learned.steps == together[0].learned.steps)
    let (losses, others) = (alone.epochs.map(\.loss), together[0].epochs.map(\.loss))
    #expect(losses.count == 3)
    for (loss, other) in zip(losses, others) { #expect(abs(loss - other) < 1e-6) }
    #expect(distance(alone.learned.parameters, together[0].learned.parameters) < 1e-5)
  }

  @Test("all processes come to the same bits, and again in another run")
  func sameBits() throws {
    var asked = request(
      .epochs(2), network: try seriesNetwork(), data: seriesData(count: 24, test: 9), batch: 4)
    asked.recipe.optimizer = .adam
    asked.recipe.clipping = .norm(0.5)
    asked.recipe.batching.accumulation = 2
    asked.recipe.optimizer.averaging = 0.9
    asked.recipe.augmentation.noise = 0.1
    let first = try run(asked, on: 3)
    let again = try run(asked, on: 3)
    for result in first + again {
      #expect(result.ending.words == "finished")
      #expect(result.learned.parameters == first[0].learned.parameters)
      #expect(result.learned.optimizerState.moments == first[0].learned.optimizerState.moments)
      #expect(result.epochs.last?.testLoss == first[0].epochs.last?.testLoss)
    }
  }

  @Test("mixed examples agree with those of one process")
  func mixesAlike() throws {
    var one = try plain(.epochs(3), batch: 21)
    one.recipe.batching.mixup = 0.4
    var several = one
    several.recipe.batchSize = 7
    let alone = try Trainer().run(one)
    let together = try run(several, on: 3)
    #expect(alone.learned.steps == 6 && together[0].learned.steps == 6)
    #expect(distance(alone.learned.parameters, together[0].learned.parameters) < 1e-5)
  }

  @Test("a process without an example takes its part")
  func emptyShare() throws {
    let data = seriesData(count: 13)
    func asked(_ batch: Int) throws -> RunRequest {
      var asked = try plain(.epochs(2), batch: batch)
      asked.data = data
      return asked
    }
    // Batches of 12 and of 1 example.
    let alone = try Trainer().run(asked(12))
    let together = try run(asked(4), on: 3)
    #expect(alone.learned.steps == together[0].learned.steps)
    #expect(distance(alone.learned.parameters, together[0].learned.parameters) < 1e-5)
    #expect(together[1].learned.parameters == together[0].learned.parameters)
  }

  @Test("other weights are found out before the first step")
  func findsOtherWeights() throws {
    let results = try run(
      plain(.epochs(1), batch: 4), on: 2,
      change: { rank, own in
        if rank == 1 { own.recipe.seed = 7 }
      })
    for result in results {
      #expect(result.ending.words == "\(EngineError.ranks(.apart(rank: 1)))")
      #expect(result.steps == 0)
    }
  }

  @Test("what one process cannot begin none begins, and all say why")
  func refusesOnAll() throws {
    let results = try run(
      plain(.epochs(1), batch: 4), on: 3,
      change: { rank, own in
        if rank == 1 { own.data = seriesData(count: 0) }
      })
    #expect(results[1].ending.words == "\(EngineError.batchSize(0))")
    for rank in [0, 2] {
      #expect(
        results[rank].ending.words
          == "process 1 refuses: \(EngineError.batchSize(0))")
    }
  }

  @Test("where a process is lost the run stops behind a step, and goes on with any number of them")
  func stopsAndGoesOn() throws {
    let request = try plain(.epochs(6), batch: 4)
    let whole = try Trainer().run(plain(.epochs(6), batch: 8))
    let copies = Mailbox<LearnedNetwork>()
    var asked = request
    let ranks = ThreadRanks.all(2)
    asked.checkpointing = Checkpointing(every: .minutes(0)) { [other = ranks[1]] in
      copies.add($0)
      if copies.all.count == 5 { other.abandon() }
    }
    let trainers = ranks.map { Trainer(ranks: $0) }
    trainers[0].start(asked)
    trainers[1].start(request)
    for trainer in trainers { trainer.waitForEnd() }
    let stopped = try #require(trainers[0].collect())
    #expect(stopped.ending.words == "stopped")
    let point = try #require(stopped.point)
    #expect(point.place.batching.size == 8 && point.recipe.batchSize == 4)
    #expect(point.place.steps == stopped.learned.steps)
    var later = request
    later.learned = stopped.learned
    later.recipe = point.recipe
    let two = try run(later.resumed(at: point), on: 2)[0]
    #expect(two.learned.steps == whole.learned.steps)
    #expect(distance(two.learned.parameters, whole.learned.parameters) < 1e-5)
    // One process finishes the epoch in batches of 8 and goes on in those of 4.
    let one = try Trainer().run(later.resumed(at: point))
    #expect(one.ending.words == "finished")
    #expect(one.learned.epochs == whole.learned.epochs)
    #expect(one.learned.steps > whole.learned.steps)
  }

  @Test("an edit, another rate and other batches come between the same two steps everywhere")
  func editsTogether() throws {
    let wider = try network(
      [2, 8], [conv("conv1", 6), relu("relu1"), dense("dense1", 3), dense("dense2", 3)])
    let results = try run(
      plain(.epochs(100_000), batch: 2), on: 2,
      meanwhile: { trainers in
        while trainers[0].progress?.step ?? 0 < 3 {}
        let edits = Mailbox<Int>()
        let other = WorkThread()
        // One asks long after the other.
        other.enqueue {
          let edit = try? trainers[1].adopt(wider, for: "main", scheme: .he, label: "add")
          edits.add(edit?.new.count ?? 0)
          trainers[1].setLearningRate(0.01)
          trainers[1].setBatching(Batching(size: 3))
          edits.add(0)
        }
        let edit = try trainers[0].adopt(wider, for: "main", scheme: .he, label: "add")
        #expect(edit?.new.count == 6)
        trainers[0].setLearningRate(0.01)
        trainers[0].setBatching(Batching(size: 3))
        while edits.all.count < 2 {}
        #expect(edits.all == [6, 0])
        let step = trainers[0].progress?.step ?? 0
        while trainers[0].progress?.step ?? .max < step + 10 {}
        trainers[0].requestStop()
      })
    #expect(results.map(\.ending.words) == ["stopped", "stopped"])
    for result in results { #expect(result.network.root == wider.root) }
    #expect(results[0].learned.parameters == results[1].learned.parameters)
    #expect(results[0].learned.steps == results[1].learned.steps)
    #expect(results[0].point?.place.batching.size == 6)
  }

  /// Waits until an edit has come back that each of two trainers was asked for.
  private func ask<Result: Sendable>(
    _ trainers: [Trainer], _ edit: @escaping @Sendable (Int, Trainer) throws -> Result
  ) throws -> [String] {
    let answers = Mailbox<String>()
    let other = WorkThread()
    func words(_ rank: Int) -> String {
      do { return "\(rank) has \(try edit(rank, trainers[rank]))" } catch {
        return "\(rank): \(error)"
      }
    }
    nonisolated(unsafe) let wordsOfOther = words
    other.enqueue { answers.add(wordsOfOther(1)) }
    answers.add(words(0))
    while answers.all.count < 2 {}
    return answers.all.sorted()
  }

  @Test("an edit that one process cannot make none makes, and the run goes on with equal bits")
  func takesEditsBack() throws {
    let wider = try network(
      [2, 8], [conv("conv1", 6), relu("relu1"), dense("dense1", 3), dense("dense2", 3)])
    let other = try network([2, 8], [conv("conv1", 6)])
    var asked = try plain(.epochs(100_000), batch: 2)
    asked.recipe.batching.accumulation = 3
    let results = try run(
      asked, on: 2,
      meanwhile: { trainers in
        while trainers[0].progress?.step ?? 0 < 3 {}
        for failing in [0, 1] {
          // Its output has positions, so that it has no loss on classes.
          let answers = try ask(trainers) { rank, trainer in
            try trainer.adopt(
              rank == failing ? other : wider, for: "main", scheme: .he, label: "add dense"
            )
            .map { $0.new.count } ?? -1
          }
          let fault = "\(EngineError.outputHasPositions(loss: .crossEntropy, output: other.output))"
          let words = [
            "\(failing): \(fault)", "\(1 - failing): process \(failing) refuses: \(fault)",
          ]
          #expect(answers == words.sorted())
        }
        let answers = try ask(trainers) { rank, trainer in
          try trainer.setOptimizer(.adam)
          return rank
        }
        #expect(answers == ["0 has 0", "1 has 1"])
        let again = try ask(trainers) { _, trainer in
          try trainer.adopt(wider, for: "main", scheme: .he, label: "add dense").map {
            $0.new.count
          }
            ?? -1
        }
        #expect(again == ["0 has 6", "1 has 6"])
        let step = trainers[0].progress?.step ?? 0
        while trainers[0].progress?.step ?? .max < step + 10 {}
        let edits = trainers[0].marks(from: 0).map(\.label).filter { $0.hasPrefix("add") }
        #expect(edits == ["add dense"])
        trainers[0].requestStop()
      })
    for result in results { #expect(result.network.root == wider.root) }
    #expect(results[0].learned.parameters == results[1].learned.parameters)
    #expect(results[0].learned.optimizerState.moments == results[1].learned.optimizerState.moments)
  }

  @Test("surgery that one process cannot do none does")
  func takesSurgeryBack() throws {
    struct NoGraft: Error {}
    let plain = try plain(.epochs(100_000), batch: 2)
    let results = try run(
      plain, on: 2,
      meanwhile: { trainers in
        while trainers[0].progress?.step ?? 0 < 3 {}
        for failing in [0, 1, 2] {
          let answers = try ask(trainers) { rank, trainer in
            let surgery = Surgery(plain.network, label: "deepen") { _, _ in
              if rank == failing { throw NoGraft() }
              return ParameterStore()
            }
            return try trainer.operate(
              on: "main", plain.network, plain.learned, recipe: plain.recipe,
              inputs: Tensor(shape: [0, 2, 8], values: []), surgery
            ).edit?.new.count ?? -1
          }
          let refused = [
            "\(failing): NoGraft()", "\(1 - failing): process \(failing) refuses: NoGraft()",
          ]
          #expect(answers == (failing < 2 ? refused.sorted() : ["0 has 0", "1 has 0"]))
        }
        let step = trainers[0].progress?.step ?? 0
        while trainers[0].progress?.step ?? .max < step + 5 {}
        #expect(trainers[0].marks(from: 0).map(\.label) == ["deepen"])
        trainers[0].requestStop()
      })
    #expect(results[0].learned.parameters == results[1].learned.parameters)
  }

  @Test("statistics over all processes are those of one with all examples")
  func sharesStatistics() throws {
    var normalization = BatchNormalization()
    normalization.isSynchronized = true
    let net = try network(
      [2, 8],
      [
        conv("conv1", 6), leaf("bn1", .batchNormalization(normalization)), relu("relu1"),
        dense("dense1", 3),
      ])
    func asked(_ batch: Int) -> RunRequest {
      request(
        .epochs(3), network: net, data: seriesData(count: 25, test: 9), batch: batch,
        optimizer: Optimizer(.sgd(momentum: 0.9, nesterov: false), learningRate: 0.05))
    }
    // 25 examples in batches of 12: the last one leaves two of three processes without.
    let alone = try Trainer().run(asked(12))
    let together = try run(asked(4), on: 3)
    #expect(distance(alone.learned.parameters, together[0].learned.parameters) < 1e-5)
    for result in together {
      #expect(result.learned.parameters == together[0].learned.parameters)
      #expect((result.peerTimes?.statistics ?? 0) > 0)
    }
    for (loss, other) in zip(alone.epochs.map(\.testLoss), together[0].epochs.map(\.testLoss)) {
      #expect(abs((loss ?? 0) - (other ?? .nan)) < 1e-5)
    }
  }

  @Test("a run of one process alone asks nothing of the others, and ends where it is told to")
  func takesRunsAlone() throws {
    let ranks = ThreadRanks.all(2)
    let trainers = ranks.map { Trainer(ranks: $0) }
    var asked = try plain(.epochs(2), batch: 8)
    let alone = try Trainer().run(asked)
    asked.isAlone = true
    trainers[1].start(asked)
    trainers[1].waitForEnd()
    let result = try #require(trainers[1].collect())
    #expect(result.learned.parameters == alone.learned.parameters)
    #expect(result.peerTimes == nil)
    asked.length = .epochs(1_000_000)
    trainers[1].start(asked)
    try ranks[0].send([], as: .stop, to: 1)
    trainers[1].waitForEnd()
    #expect(trainers[1].collect()?.ending.words == "stopped")
    _ = try ranks[1].letter(.stop)
    trainers[0].start(asked)
    try ranks[1].send([7], as: .outcome, to: 0)
    try ranks[1].send([8], as: .failure, to: 0)
    trainers[0].waitForEnd()
    #expect(trainers[0].collect()?.ending.words == "stopped")
    #expect(trainers[0].takeLetters().map(\.bytes) == [[7]])
  }

  @Test("process 0 pauses and steps for all")
  func pausesForAll() throws {
    let results = try run(
      plain(.steps(100_000), batch: 2), on: 2,
      meanwhile: { trainers in
        while trainers[0].progress?.step ?? 0 < 2 {}
        trainers[0].pause()
        // Where process 1 pauses, both have agreed on the step.
        while !trainers[1].isPaused {}
        try trainers[0].perform { _ in }
        let step = trainers[0].progress?.step ?? 0
        try trainers[0].takeSteps(3)
        #expect(trainers[0].progress?.step == step + 3)
        try trainers[1].perform { _ in }
        #expect(trainers[1].progress?.step == step + 3)
        while !trainers[1].isPaused {}
        trainers[0].requestStop()
      })
    #expect(results.map(\.ending.words) == ["stopped", "stopped"])
    #expect(results[0].learned.parameters == results[1].learned.parameters)
  }
}
