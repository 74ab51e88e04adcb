import Foundation
import Networks
import Testing

@testable import Engine
@testable import Training

/// Runs of several processes, here threads of one, of which one fails in the midst of a step or behind an epoch.
@Suite struct FailingRankTests {
  /// Which instruction of a step fails.
  enum Place: CaseIterable {
    case forward
    case firstGradient
    case middle
    case lastGradient

    /// Its number in a plan.
    func index(in plan: Plan) -> Int {
      let count = plan.executor.instructions.count
      return switch self {
      case .forward: plan.forwardEnd - 1
      case .firstGradient: plan.forwardEnd
      case .middle: (plan.forwardEnd + count) / 2
      case .lastGradient: count - 1
      }
    }
  }

  /// Networks whose gradients are one message, or several, or hang on sums over all processes.
  enum Form: CaseIterable {
    case small
    case large
    case synchronized

    func network() throws -> Network {
      var normalization = BatchNormalization()
      normalization.isSynchronized = true
      return switch self {
      case .small:
        try TrainingTests.network([2, 8], [conv("conv1", 6), relu("relu1"), dense("dense1", 3)])
      case .large:
        try TrainingTests.network(
          [2, 8], [dense("dense1", 1024), relu("relu1"), dense("dense2", 600), dense("dense3", 3)])
      case .synchronized:
        try TrainingTests.network(
          [2, 8],
          [
            conv("conv1", 6), leaf("bn1", .batchNormalization(normalization)), relu("relu1"),
            conv("conv2", 4), leaf("bn2", .batchNormalization(normalization)), dense("dense1", 3),
          ])
      }
    }
  }

  private func asked(_ length: RunRequest.Length, _ form: Form, test: Int? = nil) throws
    -> RunRequest
  {
    request(
      length, network: try form.network(), data: seriesData(count: 24, test: test), batch: 4,
      optimizer: Optimizer(.sgd(momentum: 0.9, nesterov: false), learningRate: 0.01))
  }

  /// Has an instruction of the next step of a trainer's run fail, and says with what.
  private func sabotage(_ trainer: Trainer, at place: Place) throws -> EngineError {
    try trainer.perform { workbench in
      let plan = try #require(workbench.live.first?.model.lastTraining)
      let index = place.index(in: plan)
      plan.executor.instructions[index].function = { _, _, _, _ in 7 }
      return plan.error(of: index, status: 7)
    }
  }

  @Test(
    "a kernel that fails on one process ends the run on all, which say where and keep what they have",
    arguments: Form.allCases, Place.allCases)
  func endsEverywhere(_ form: Form, _ place: Place) throws {
    for failing in [0, 1] {
      let request = try asked(.steps(1_000_000), form)
      let trainers = ThreadRanks.all(2).map { Trainer(ranks: $0) }
      for trainer in trainers { trainer.start(request) }
      while trainers[failing].progress?.step ?? 0 < 2 { usleep(500) }
      let fault = try sabotage(trainers[failing], at: place)
      for trainer in trainers { trainer.waitForEnd() }
      let results = try trainers.map { try #require($0.collect()) }
      guard case .kernel(let path, 7) = fault else {
        Issue.record("\(fault)")
        return
      }
      let words =
        "the kernel of \(path) failed with status 7: ESPALIER_NO_ONEDNN=1 runs without oneDNN"
      #expect(results[failing].ending.words == words)
      #expect(results[1 - failing].ending.words == "process \(failing) refuses: \(words)")
      // What was learned until the last step is there, the same on both, and as in a run that ends there.
      let steps = results[0].learned.steps
      #expect(steps >= 2 && results[1].learned.steps == steps)
      #expect(results[0].learned.parameters == results[1].learned.parameters)
      #expect(
        results[0].learned.optimizerState.moments == results[1].learned.optimizerState.moments)
      let others = ThreadRanks.all(2).map { Trainer(ranks: $0) }
      var short = request
      short.length = .steps(steps)
      for trainer in others { trainer.start(short) }
      for trainer in others { trainer.waitForEnd() }
      let whole = try #require(others[0].collect())
      #expect(whole.ending.words == "finished")
      #expect(whole.learned.parameters == results[0].learned.parameters)
    }
  }

  @Test("processes go on together behind a step that one of them could not take")
  func goesOn() throws {
    let request = try asked(.steps(1_000_000), .synchronized)
    let trainers = ThreadRanks.all(3).map { Trainer(ranks: $0) }
    for trainer in trainers { trainer.start(request) }
    while trainers[2].progress?.step ?? 0 < 2 { usleep(500) }
    _ = try sabotage(trainers[2], at: .middle)
    for trainer in trainers { trainer.waitForEnd() }
    let results = try trainers.map { try #require($0.collect()) }
    for (trainer, result) in zip(trainers, results) {
      var later = request
      later.length = .steps(3)
      // Another batch has another plan.
      later.recipe.batchSize = 5
      later.learned = result.learned
      trainer.start(later)
    }
    for trainer in trainers { trainer.waitForEnd() }
    let last = try trainers.map { try #require($0.collect()) }
    #expect(last.map(\.ending.words) == ["finished", "finished", "finished"])
    #expect(last[0].learned.parameters == last[2].learned.parameters)
  }

  @Test(
    "what one process cannot measure behind an epoch ends the run on all, with its words",
    arguments: [0, 1, 2])
  func tellsFromElsewhere(_ failing: Int) throws {
    let trainers = ThreadRanks.all(3).map { Trainer(ranks: $0) }
    let request = try asked(.epochs(4), .small, test: 9)
    for (rank, trainer) in trainers.enumerated() {
      var own = request
      if rank == failing { own.data = unmeasured(own.data) }
      trainer.start(own)
    }
    for trainer in trainers { trainer.waitForEnd() }
    let results = try trainers.map { try #require($0.collect()) }
    let fault = EngineError.inputShape(expected: Shape([2, 8]), found: Shape([2, 9]))
    for (rank, result) in results.enumerated() {
      #expect(
        result.ending.words
          == (rank == failing ? "\(fault)" : "process \(failing) refuses: \(fault)"))
      #expect(result.learned.steps == 2)
      #expect(result.learned.parameters == results[0].learned.parameters)
    }
  }

  @Test("where two processes cannot measure all say why the first cannot, and each its own")
  func tellsOfSeveral() throws {
    let trainers = ThreadRanks.all(3).map { Trainer(ranks: $0) }
    let request = try asked(.epochs(2), .small, test: 9)
    for (rank, trainer) in trainers.enumerated() {
      var own = request
      if rank > 0 { own.data = unmeasured(own.data) }
      trainer.start(own)
    }
    for trainer in trainers { trainer.waitForEnd() }
    let words = try trainers.map { try #require($0.collect()).ending.words }
    let fault = EngineError.inputShape(expected: Shape([2, 8]), found: Shape([2, 9]))
    #expect(words == ["process 1 refuses: \(fault)", "\(fault)", "\(fault)"])
  }

  /// The data with a test part that no network here takes.
  private func unmeasured(_ data: Dataset) -> Dataset {
    let test = Examples(
      inputs: Tensor(shape: [3, 2, 9], values: Array(repeating: 0.5, count: 54)),
      targets: .classes([0, 1, 2], names: ["a", "b", "c"]))
    return Dataset(name: data.name, description: data.description, train: data.train, test: test)
  }
}
