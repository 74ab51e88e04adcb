import Engine
import Networks
import Testing

@testable import Training

/// Steps that are tried on a copy.
@Suite struct NetworkCopyTests {
  private let trainer = Trainer()

  /// The steps of a copy are those of the run that begins there, bit by bit, also over the end of an epoch and with
  /// what the recipe does to batches.
  @Test(arguments: [
    Batching(size: 5), Batching(size: 5, accumulation: 2), Batching(size: 5, mixup: 0.4),
  ])
  func stepsAreThoseOfTheRun(batching: Batching) throws {
    var begun = request(.steps(3), network: try seriesNetwork(), optimizer: .adam)
    begun.recipe.batching = batching
    begun.learned = try trainer.run(begun).learned
    begun.length = .steps(9)
    let copied = begun
    let curve = try trainer.withCopy(of: copied) { copy in
      try TrialCurve(copy, steps: 9, within: TrialTime(seconds: 600))
    }
    _ = try trainer.run(begun)
    #expect(curve.losses.map { Float($0) } == trainer.losses(from: 0).map(\.loss))
    #expect(curve.losses.count == 9)
    #expect(curve.fault == nil && !curve.isCutShort)
  }

  /// What a copy learns stays with it, and a run goes on as if there had been none.
  @Test func theOriginalStaysAsItIs() throws {
    let begun = request(.steps(4), network: try seriesNetwork())
    let alone = try Trainer().run(begun).learned
    let first = try trainer.run(request(.steps(2), network: begun.network)).learned
    var second = begun
    (second.learned, second.length) = (first, .steps(2))
    let tried = second
    _ = try trainer.withCopy(of: tried) { copy in
      try TrialCurve(copy, steps: 20, within: TrialTime(seconds: 600), rate: { _ in 10 })
    }
    #expect(try trainer.run(second).learned.parameters == alone.parameters)
  }

  @Test func aLossThatIsNoNumberEndsTheCurve() throws {
    var wild = request(.steps(0), network: try seriesNetwork())
    wild.recipe.optimizer.learningRate = 1e30
    let tried = wild
    let curve = try trainer.withCopy(of: tried) { copy in
      try TrialCurve(copy, steps: 20, within: TrialTime(seconds: 600))
    }
    let fault = try #require(curve.fault)
    #expect(fault.step == curve.losses.count + 1)
    #expect(!fault.loss.isFinite || fault.loss > 1e38)
    #expect(curve.end == nil)
  }

  @Test func noStepBeginsBehindTheDeadline() throws {
    let tried = request(.steps(0), network: try seriesNetwork())
    let curve = try trainer.withCopy(of: tried) { copy in
      try TrialCurve(copy, steps: 20, within: TrialTime(seconds: -1))
    }
    #expect(curve.isCutShort && curve.losses.isEmpty && curve.start == nil)
  }

  @Test func anInterruptionEndsATrial() throws {
    let (tried, trainer) = (request(.steps(0), network: try seriesNetwork()), trainer)
    #expect(throws: EngineError.interrupted) {
      try trainer.withCopy(of: tried) { copy in
        trainer.interrupt()
        return try TrialCurve(copy, steps: 20, within: TrialTime(seconds: 600))
      }
    }
    trainer.clearInterrupt()
  }
}
