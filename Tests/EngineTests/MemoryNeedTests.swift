import Networks
import Testing

@testable import Engine

/// What a network is said to take is what its plans and parameters take.
@Suite struct MemoryNeedTests {
  private static let optimizers: [Optimizer] = [
    .sgd, .adam, Optimizer(.sgd(momentum: 0.9, nesterov: false), learningRate: 0.1),
  ]

  @Test("figures are those of the arenas, for networks drawn at random", arguments: 0..<12)
  func agrees(seed: Int) throws {
    let net = try PlanTests().randomNetwork(UInt64(seed))
    let usesLibrary = seed % 2 == 0
    for optimizer in Self.optimizers {
      var question = MemoryQuestion(
        network: net, optimizer: optimizer, loss: .crossEntropy, threads: 2)
      question.usesLibrary = usesLibrary
      let model = try Model(
        network: net, optimizer: optimizer, threads: 2, usesLibrary: usesLibrary)
      for batch in [2, 7] {
        let need = try question.training(batch: batch)
        #expect(need.batch == batch)
        #expect(need.plan == (try model.plan(batch: batch, mode: .training).arenaBytes))
        #expect(need.parameters == model.slabs.bytes)
        #expect(need.total == need.plan + need.parameters)
        #expect(need.gaps >= 0 && need.examples > 0)
      }
      let answer = try question.answering(most: 9)
      #expect(answer.batch == 9)
      #expect(answer.plan == (try model.plan(batch: 9, mode: .inference).arenaBytes))
      #expect(answer.valueGradients == 0 && answer.weightGradients == 0 && answer.optimizer == 0)
    }
  }

  private func net() throws -> Network {
    try network(
      [3, 16, 16],
      [
        conv(8, Extents([3, 3])), relu, conv(16, Extents([3, 3])), relu, gap, dense(4),
      ])
  }

  @Test("the largest values are named with what they take, and whether they are kept")
  func largest() throws {
    let net = try net()
    let question = MemoryQuestion(network: net, optimizer: .sgd, loss: .crossEntropy, threads: 1)
    let need = try question.training(batch: 2)
    let sizes = need.largest.map(\.bytes)
    #expect(sizes == sizes.sorted(by: >) && sizes.count <= 5)
    #expect(sizes.first == 32_768)
    #expect(need.largest.first?.isKept == true)
    let answer = try question.answering(most: 2)
    #expect(answer.largest.allSatisfy { !$0.isKept })
  }

  @Test("a step keeps the values of every layer, answering shares their memory")
  func sharing() throws {
    let net = try network([4, 64], (0..<8).map { _ in conv(4, Extents(3)) } + [gap, dense(2)])
    let question = MemoryQuestion(network: net, optimizer: .sgd, loss: .crossEntropy, threads: 1)
    let value = 4 * 4 * 64 * 4
    let (step, answer) = (try question.training(batch: 4), try question.answering(most: 4))
    #expect(step.values >= 7 * value && step.values < 9 * value)
    #expect(answer.values >= 2 * value && answer.values < 3 * value)
  }

  @Test("sums of gradients and a moving average are counted")
  func copies() throws {
    let net = try net()
    var question = MemoryQuestion(network: net, optimizer: .adam, loss: .crossEntropy, threads: 1)
    let plain = try question.training(batch: 2)
    #expect(plain.optimizer == 2 * plain.weights && plain.weightGradients == plain.weights)
    question.accumulates = true
    question.optimizer.averaging = 0.99
    let more = try question.training(batch: 2)
    #expect(more.optimizer == 3 * plain.weights && more.weightGradients == 2 * plain.weights)
  }

  @Test("the largest batch fits, and twice as many examples do not")
  func largestBatch() throws {
    let net = try net()
    var question = MemoryQuestion(network: net, optimizer: .sgd, loss: .crossEntropy, threads: 1)
    for usesLibrary in [false, true] {
      question.usesLibrary = usesLibrary
      let bound = try question.training(batch: 32).total
      #expect(try question.largestBatch(within: bound) == 32)
      #expect(try question.largestBatch(within: bound - 1) == 16)
      #expect(try question.largestBatch(within: 100) == nil)
    }
  }

  @Test("what no machine has is told, and nothing of it is taken")
  func beyondAllMemory() throws {
    let net = try network([1, 1 << 20], [conv(128, Extents(3)), relu, gap, dense(2)])
    let question = MemoryQuestion(network: net, optimizer: .sgd, loss: .crossEntropy, threads: 1)
    let need = try question.training(batch: 2000)
    #expect(need.total > 1 << 40)
    #expect(throws: EngineError.batchSize(0)) { _ = try question.training(batch: 0) }
    #expect(throws: EngineError.batchSize(1 << 20)) { _ = try question.training(batch: 1 << 20) }
  }

  @Test("a step that cannot be had says what the whole of it needs, and a batch that would do")
  func refused() throws {
    let net = try network([1, 1 << 16], [conv(128, Extents(3)), relu, gap, dense(2)])
    let model = try Model(network: net, usesLibrary: false)
    let error = #expect(throws: EngineError.self) {
      _ = try model.prepareStep(batch: 1 << 14, mixes: false)
    }
    guard case .memory(let needed, let available, let batch?)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    var question = MemoryQuestion(network: net, optimizer: .sgd, loss: .crossEntropy, threads: 1)
    question.usesLibrary = false
    #expect(needed == (try question.training(batch: 1 << 14).plan))
    #expect(try question.training(batch: batch).plan <= available)
    #expect(try model.stepBytes(batch: batch, mixes: false) <= available)
  }
}
