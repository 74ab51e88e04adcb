import Networks
import Testing

@testable import Engine

/// Losses that are measured without learning, as edits of a run tell them.
@Suite struct TrialTests {
  @Test("a trial has the loss of the step, to the bit, and changes nothing", arguments: 0..<24)
  func agrees(seed: Int) throws {
    let net = try PlanTests().randomNetwork(UInt64(seed))
    let model = try Model(
      network: net, parameters: randomParameters(net, seed: UInt64(seed) + 1), threads: 2,
      usesLibrary: seed % 2 == 0)
    let batch = examples(net, count: 5, seed: UInt64(seed) + 2)
    _ = try model.step(batch)
    let before = model.parameters
    let tried = try model.trainingLoss(batch, rows: 0..<5)
    #expect(model.parameters == before)
    let step = try model.step(batch)
    #expect(tried.loss == step.loss && tried.correct == step.correct)
  }

  @Test("a trial keeps no value for a backward pass")
  func takesLittle() throws {
    let net = try network([4, 512], (0..<16).map { _ in conv(4, Extents(3)) } + [gap, dense(2)])
    let model = try Model(network: net, usesLibrary: false)
    let batch = examples(net, count: 4)
    _ = try model.trainingLoss(batch, rows: 0..<4)
    var options = model.options(batch: 4, mode: .training, leavesStatistics: true)
    options.isTrial = true
    #expect(model.hasPlan(options))
    let trial = try model.plan(options).arenaBytes
    #expect(try 2 * trial < model.plan(batch: 4, mode: .training).arenaBytes)
  }

  @Test(
    "an edit is tried on as many examples as take some milliseconds",
    arguments: [(4, 4), (8, 8), (10, 10), (11, 8), (64, 8), (1, 1)])
  func count(batch: Int, tried: Int) throws {
    // 37.7 million multiply-adds for an example.
    let net = try network([16, 64, 64], [conv(64, Extents([3, 3])), gap, dense(2)])
    #expect(net.trialCount(of: batch) == tried)
  }

  @Test("small networks are tried on whole batches, large ones on four examples")
  func bounds() throws {
    let small = try network([4, 64], [conv(4, Extents(3)), gap, dense(2)])
    #expect(small.trialCount(of: 1024) == 1024)
    let large = try network([64, 64, 64], [conv(256, Extents([3, 3])), gap, dense(2)])
    #expect((1...4).allSatisfy { large.trialCount(of: $0) == $0 })
    #expect([5, 64, 1000].allSatisfy { large.trialCount(of: $0) == 4 })
    let still = try network([4, 64], [relu])
    #expect(still.trialCount(of: 1 << 20) == 1 << 20)
  }
}
