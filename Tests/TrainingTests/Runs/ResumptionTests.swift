import Engine
import Networks
import Testing

@testable import Training

/// A run that is taken up from a copy, or after a stop, is the run that was never left, bit for bit: with every
/// optimizer, schedule and augmentation, in the midst of epochs and of updates.
@Suite struct ResumptionTests {
  private static let optimizers: [Optimizer] = [
    .sgd, Optimizer(.sgd(momentum: 0.9, nesterov: true), learningRate: 0.05, weightDecay: 1e-3),
    .adam, .adamW, .rmsProp, .adagrad, .adadelta, .adamax, .nadam, .lamb,
  ]

  private static let curves: [Schedule.Curve] = [
    .constant, .cosine, .step(every: 1, gamma: 0.5), .exponential(gamma: 0.8),
    .plateau(Plateau(patience: 0, factor: 0.5, threshold: 0.5)),
  ]

  /// A run of four epochs of five steps, set up by chance.
  private static func run(_ number: UInt64) throws -> RunRequest {
    var chance = SeededGenerator(seed: number)
    func pick<Element>(_ all: [Element]) -> Element { all[chance.below(all.count)] }
    var asked = request(
      .epochs(4), network: try seriesNetwork(), data: seriesData(count: 24, test: 9))
    asked.recipe.optimizer = optimizers[Int(number) % optimizers.count]
    asked.recipe.optimizer.averaging = pick([0, 0, 0.9])
    asked.recipe.batching.accumulation = pick([1, 1, 2, 3])
    asked.recipe.batching.mixup = pick([0, 0, 0.3])
    asked.recipe.schedule = Schedule(pick(curves), unit: .epochs)
    asked.recipe.clipping = pick([nil, .norm(0.5), .value(0.1)])
    asked.recipe.augmentation.noise = pick([0, 0.1])
    asked.recipe.augmentation.crop = pick([0, 2])
    asked.recipe.seed = number
    asked.watch = pick([
      nil, Watch(.loss(.test), patience: 3, restores: true), Watch(.loss(.train), restores: true),
    ])
    if pick([false, true]) { asked.length = .steps(18) }
    return asked
  }

  /// Copies of a network after each step and epoch of a run, and how that ended.
  private func copies(of asked: RunRequest) throws -> (copies: [LearnedNetwork], RunResult) {
    let copies = Mailbox<LearnedNetwork>()
    var asked = asked
    asked.checkpointing = Checkpointing(every: .minutes(0)) { copies.add($0) }
    let result = try Trainer().run(asked)
    return (copies.all, result)
  }

  private func expectSame(_ one: RunResult, _ two: RunResult, _ place: String) {
    #expect(one.ending.words == two.ending.words, "\(place)")
    #expect(one.learned.parameters == two.learned.parameters, "\(place)")
    #expect(one.learned.optimizerState.moments == two.learned.optimizerState.moments, "\(place)")
    #expect(one.learned.optimizerState.updates == two.learned.optimizerState.updates, "\(place)")
    #expect(one.learned.steps == two.learned.steps, "\(place)")
    #expect(one.learned.epochs == two.learned.epochs, "\(place)")
    #expect(one.best == two.best, "\(place)")
    let (last, other) = (one.epochs.last, two.epochs.last)
    #expect(last?.epoch == other?.epoch, "\(place)")
    #expect(last?.loss == other?.loss, "\(place)")
    #expect(last?.testLoss == other?.testLoss, "\(place)")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func goesOnFromEveryCopy(_ number: UInt64) throws {
    let asked = try Self.run(number)
    let (copies, whole) = try copies(of: asked)
    #expect(copies.count > 15)
    for copy in copies where copy.learned.steps % 3 == Int(number % 3) {
      let point = try #require(copy.point)
      var later = asked
      later.learned = copy.learned
      later.recipe = point.recipe
      // Behind the last epoch there is nothing to go on with.
      if point.place.batch == 0, copy.learned.steps == whole.learned.steps { continue }
      let result = try Trainer().run(later.resumed(at: point))
      expectSame(result, whole, "run \(number) from step \(copy.learned.steps)")
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func goesOnAfterAStop(_ number: UInt64) throws {
    let asked = try Self.run(number)
    let whole = try Trainer().run(asked)
    let trainer = Trainer()
    var stopping = asked
    let last = Int(number % 13) + 2
    stopping.checkpointing = Checkpointing(every: .minutes(0)) { [weak trainer] copy in
      if copy.learned.steps == last { trainer?.requestStop() }
    }
    let stopped = try trainer.run(stopping)
    #expect(stopped.ending.words == "stopped")
    #expect(stopped.learned.steps == last)
    let point = try #require(stopped.point)
    var later = asked
    later.learned = stopped.learned
    later.recipe = point.recipe
    expectSame(
      try trainer.run(later.resumed(at: point)), whole, "run \(number), stopped at \(last)")
  }

  @Test("a place behind the last batch of an epoch, as a damaged file may have it, is its end")
  func placesBeyondTheEpoch() throws {
    let asked = request(.epochs(2), network: try seriesNetwork())
    var point = RunPoint()
    (point.place.batch, point.place.steps) = (1000, 1000)
    point.place.batching.size = 5
    #expect(try Trainer().run(asked.resumed(at: point)).ending.words == "finished")
  }

  @Test func onlyAStopLeavesAPoint() throws {
    #expect(try Trainer().run(request(.steps(3), network: try seriesNetwork())).point == nil)
  }

  @Test("networks side by side go on together, or one of them alone")
  func goesOnSideBySide() throws {
    var (one, two) = (try Self.run(3), try Self.run(4))
    (one.length, two.name, two.length) = (.epochs(3), "other", .epochs(3))
    (one.watch, two.watch) = (nil, nil)
    (two.recipe.seed, two.recipe.batching) = (one.recipe.seed, one.recipe.batching)
    let lanes = [one, two]
    let whole = Trainer()
    whole.start(lanes)
    whole.waitForEnd()
    let ends = whole.collectAll()
    let trainer = Trainer()
    var asked = lanes
    asked[0].checkpointing = Checkpointing(every: .minutes(0)) { [weak trainer] copy in
      if copy.learned.steps == 7 { trainer?.requestStop() }
    }
    trainer.start(asked)
    trainer.waitForEnd()
    let stopped = trainer.collectAll()
    let later = try zip(lanes, stopped).map { lane, result in
      var lane = lane
      lane.learned = result.learned
      return lane.resumed(at: try #require(result.point))
    }
    let alone = try Trainer().run(later[1])
    #expect(alone.learned.parameters == ends[1].learned.parameters)
    trainer.start(later)
    trainer.waitForEnd()
    for (end, result) in zip(ends, trainer.collectAll()) {
      expectSame(result, end, result.name)
    }
  }

  @Test(
    "a batch size that was asked for in the midst of an epoch comes with the next one, also after a stop"
  )
  func keepsTheBatchesOfTheEpoch() throws {
    let net = try seriesNetwork()
    func run(stopsAt last: Int) throws -> RunResult {
      let trainer = Trainer()
      var asked = request(.epochs(3), network: net)
      asked.checkpointing = Checkpointing(every: .minutes(0)) { [weak trainer] copy in
        if copy.learned.steps == 2 { trainer?.setBatching(Batching(size: 8)) }
        if copy.learned.steps == last { trainer?.requestStop() }
      }
      return try trainer.run(asked)
    }
    let whole = try run(stopsAt: .max)
    #expect(whole.learned.steps == 11)
    let stopped = try run(stopsAt: 3)
    let point = try #require(stopped.point)
    #expect(point.recipe.batching.size == 8)
    #expect(point.place.batching.size == 5)
    var later = request(.epochs(3), network: net, learned: stopped.learned)
    later.recipe = point.recipe
    let result = try Trainer().run(later.resumed(at: point))
    #expect(result.learned.parameters == whole.learned.parameters)
    #expect(result.learned.steps == 11)
  }
}
