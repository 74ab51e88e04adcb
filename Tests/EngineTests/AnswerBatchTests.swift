import Networks
import Testing

@testable import Engine

/// How many examples are answered at once, and that it makes no difference.
@Suite struct AnswerBatchTests {
  private func net() throws -> Network {
    try network(
      [2, 64],
      [
        conv(8, Extents(3)), bn(), relu, residual([conv(8, Extents(3)), bn(), relu]), gap, dense(3),
      ])
  }

  /// The bytes of the plan that answers so many examples.
  private func bytes(_ model: Model, _ batch: Int) throws -> Int {
    try model.plan(batch: batch, mode: .inference).arenaBytes
  }

  @Test("the largest power of two that fits is taken, beside what one example takes")
  func largest() throws {
    let model = try Model(network: try net(), usesLibrary: false)
    #expect(try model.answerBatch() == 256)
    let one = try bytes(model, 1)
    for batch in [2, 8, 64, 128] {
      model.answerBound = try bytes(model, batch) - one
      #expect(try model.answerBatch() == batch)
      model.answerBound -= 1
      #expect(try model.answerBatch() == batch / 2)
    }
    model.answerBound = 0
    #expect(try model.answerBatch() == 1)
  }

  @Test("another network is looked at anew")
  func adopted() throws {
    let model = try Model(network: try net(), usesLibrary: false)
    model.answerBound = try bytes(model, 16) - bytes(model, 1)
    #expect(try model.answerBatch() == 16)
    _ = try model.adopt(try network([2, 64], [conv(64, Extents(3)), relu, gap, dense(3)]))
    #expect(try model.answerBatch() < 16)
  }

  private static let losses: [Loss] = [.crossEntropy, .l2, .l1, .huber, .multiLabel]

  @Test("losses and outputs have the same bits in batches of any size", arguments: losses)
  func bits(loss: Loss) throws {
    let net = try net()
    let model = try Model(
      network: net, parameters: randomParameters(net), loss: loss, usesLibrary: false)
    var batch = examples(net, count: 45)
    if !loss.comparesClasses {
      let values = (0..<45 * 3).map { (index: Int) -> Float in
        loss == .multiLabel ? Float(index % 2) : Float(index % 7)
      }
      batch = Examples(
        rows: batch.rows, targets: .values(Tensor(shape: [45, 3], values: values)))
    }
    let examples = batch
    model.answerBound = .max
    let whole = try model.evaluate(examples, inBatches: Array(0..<45))
    let outputs = try model.predict(examples.rows)
    #expect(whole.count == 45 && whole.loss.isFinite && whole.loss > 0)
    let one = try bytes(model, 1)
    for batch in [1, 2, 4, 32] {
      model.answerBound = try bytes(model, batch) - one
      #expect(try model.answerBatch() == batch)
      let parts = try model.evaluate(examples, inBatches: Array(0..<45))
      #expect(parts == whole, "batch \(batch)")
      #expect(try model.predict(examples.rows) == outputs, "batch \(batch)")
    }
  }

  @Test("the sum that an evaluation is given is added to, its mean is that of its own examples")
  func carried() throws {
    let net = try net()
    let model = try Model(network: net, usesLibrary: false)
    let examples = examples(net, count: 6)
    let first = try model.evaluate(examples, rows: 0..<4)
    let second = try model.evaluate(examples, rows: 4..<6, after: first.sum)
    let alone = try model.evaluate(examples, rows: 4..<6)
    #expect(first.sum == first.loss * 4 && second.terms == 2)
    #expect(second.sum > first.sum && abs(second.loss - alone.loss) < 1e-12)
    #expect(abs(second.sum - first.sum - alone.sum) < 1e-12)
  }
}
