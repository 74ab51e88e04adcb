import Engine
import Networks
import Testing

@testable import Training

/// Runs that cannot be had are refused before anything is learned.
@Suite struct StepPreparationTests {
  private func wide() throws -> Network {
    try network(
      [2, 8], [leaf("flatten1", .flatten), dense("dense1", 1 << 20), dense("dense2", 3)])
  }

  @Test("a run whose first step does not fit learns nothing, and offers a batch")
  func refused() throws {
    let request = request(
      .epochs(1), network: try wide(), data: seriesData(count: 60_000), batch: 60_000)
    let result = try Trainer().run(request)
    guard case .failed(.refused(.memory(let needed, let available, let batch?))) = result.ending
    else {
      Issue.record("\(result.ending)")
      return
    }
    #expect(needed > available && batch < 60_000 && batch.nonzeroBitCount == 1)
    #expect(result.steps == 0 && result.learned.parameters.keys.isEmpty)
  }

  @Test("plans that fit one by one but not together are refused with a batch of which all fit")
  func together() throws {
    let models = try (0..<3).map { _ in try Model(network: try seriesNetwork(), usesLibrary: false)
    }
    let one = try models[0].stepBytes(batch: 64, mixes: false)
    var preparation = StepPreparation(models: models, batch: 64, mixes: false)
    preparation.available = 3 * one - 1
    let error = #expect(throws: EngineError.self) { try preparation.prepare() }
    #expect(error == .memory(needed: 3 * one, available: 3 * one - 1, batch: 32))
    #expect(3 * (try models[0].stepBytes(batch: 32, mixes: false)) <= preparation.available)
  }

  @Test("plans that fit are ready, and are not counted a second time")
  func ready() throws {
    let models = try (0..<2).map { _ in try Model(network: try seriesNetwork(), usesLibrary: false)
    }
    var preparation = StepPreparation(models: models, batch: 8, mixes: false)
    preparation.available = try 2 * models[0].stepBytes(batch: 8, mixes: false)
    try preparation.prepare()
    preparation.available = 0
    try preparation.prepare()
    #expect(try models[0].prepareStep(batch: 8, mixes: false) == 0)
    #expect(try models[0].prepareStep(batch: 8, mixes: true) > 0)
  }
}
