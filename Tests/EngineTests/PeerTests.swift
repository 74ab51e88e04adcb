import Networks
import Testing

@testable import Engine

/// Steps that several processes take together, seen from one of them.
@Suite struct PeerTests {
  /// A process whose peers have no examples.
  private final class Alone: StepPeers {
    let rank = 0
    var sums = 0
    var nudges = 0
    func sum(_ values: [Double]) -> [Double] { values }
    func sumStatistics(_ values: [Double]) -> [Double] { values }
    func refusal(_ own: String?) -> RankFault { .refused(rank: 0, reason: own ?? "") }
    func beginSum(_ values: UnsafeMutablePointer<Float>, count: Int) { sums += 1 }
    func nudgeSums() { nudges += 1 }
    func finishSums() {}
  }

  private static let cases: [GradientTests.Case] = [
    GradientTests.convolutions, GradientTests.others, GradientTests.structures, GradientTests.gates,
    GradientTests.normalizations, GradientTests.shaping, GradientTests.sharing,
    GradientTests.rearranging, GradientTests.taps, GradientTests.attentions,
    GradientTests.recurrents,
  ].flatMap { $0 }

  @Test("gradients that are handed over are whole", arguments: cases)
  func handsOverWholeGradients(_ test: GradientTests.Case) throws {
    let net = try network(test.input, test.blocks())
    let model = try Model(network: net, parameters: randomParameters(net))
    let batch = examples(net, count: test.batch)
    let plan = try model.load(
      batch, rows: 0..<test.batch, mode: .training, leavesStatistics: true)
    let buckets = GradientBucket.all(
      model.slabs.layout, ends: plan.gradientEnds, first: plan.forwardEnd, floats: 1)
    try plan.forward(version: model.version, step: 0)
    var handed: [[UInt32]] = []
    func bits(_ bucket: GradientBucket) -> [UInt32] {
      bucket.range.map { model.slabs.gradients[$0].bitPattern }
    }
    try plan.backward(clock: nil, buckets: buckets) { bucket in handed.append(bits(bucket)) }
    #expect(handed == buckets.map(bits), "\(test.name)")
    #expect(buckets.reduce(0) { $0 + $1.range.count } == model.slabs.layout.learnableCount)
  }

  @Test("a step with peers that have no examples is a step alone, to the bit")
  func isAStep() throws {
    let net = try network([2, 8], [conv(5, Extents(3)), bn(), relu, gap, dense(3)])
    let batch = examples(net, count: 6)
    func model() throws -> Model {
      try Model(network: net, parameters: randomParameters(net), optimizer: .adam)
    }
    let (alone, other) = (try model(), try model())
    let peers = Alone()
    for step in 0..<4 {
      let one = try alone.step(batch, rows: 0..<6, learningRate: 0.01, updates: step % 2 == 1)
      var shared = SharedStep(learningRate: 0.01)
      shared.updates = step % 2 == 1
      let two = try other.step(with: peers, shared) { (batch, ArraySlice(0..<6)) }
      #expect(one.loss == two.loss)
    }
    // Statistics are changed by what has happened to them, which may round once more.
    for key in net.parameters.filter(\.isLearnable).map(\.key) {
      #expect(alone.parameters[key] == other.parameters[key])
    }
    // Running statistics and the gradients, four times; behind the last gradients nothing goes on.
    #expect(peers.sums == 8)
    #expect(peers.nudges == 0)
  }

  @Test("buckets hold neighbours, from the last layers on, and hang on the parameters alone")
  func cutsBuckets() throws {
    let net = try network([3], [dense(40), relu, dense(50), relu, dense(2)])
    let layout = ParameterLayout(net.parameters)
    let whole = GradientBucket.all(layout)
    #expect(whole.map(\.range) == [0..<layout.learnableCount])
    let parts = GradientBucket.all(layout, floats: 500)
    #expect(parts.count > 1)
    #expect(parts.map(\.range.lowerBound) == parts.map(\.range.lowerBound).sorted(by: >))
    #expect(parts.reduce(0) { $0 + $1.range.count } == layout.learnableCount)
    #expect(GradientBucket.all(ParameterLayout([])).isEmpty)
  }

  @Test("a large model has no more buckets than messages may be on their way")
  func boundsBuckets() throws {
    let net = try network([2048], (0..<300).map { _ in dense(2048) })
    let layout = ParameterLayout(net.parameters)
    #expect(layout.learnableCount > 1 << 30)
    let buckets = GradientBucket.all(layout)
    #expect(buckets.count > 64 && buckets.count <= GradientBucket.most)
    #expect(buckets.last?.range.lowerBound == 0)
    #expect(buckets.reduce(0) { $0 + $1.range.count } == layout.learnableCount)
  }

  @Test("a share that cannot be had is refused, and nothing has changed")
  func refusesShare() throws {
    let net = try network([2, 8], [conv(5, Extents(3)), bn(), relu, gap, dense(3)])
    let model = try Model(network: net, parameters: randomParameters(net))
    let before = model.digest
    #expect(throws: EngineError.batchSize(0)) {
      _ = try model.step(with: Alone(), SharedStep(learningRate: 0.1)) {
        () throws(EngineError) in throw .batchSize(0)
      }
    }
    #expect(model.digest == before)
    #expect(model.steps == 0)
  }
}
