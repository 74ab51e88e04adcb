import Foundation
import Networks
import Testing

@testable import Engine

/// Batch normalizations that take their statistics over all processes, here two threads.
@Suite struct SharedStatisticsTests {
  /// One of two processes on threads of one: what both give is summed.
  private final class Pair: StepPeers, @unchecked Sendable {
    /// Where both meet.
    final class Meeting: @unchecked Sendable {
      private let condition = NSCondition()
      private var given: [[Double]] = []
      private var left = 0

      /// The sums of what both give.
      func sum(_ values: [Double]) -> [Double] {
        condition.withLock {
          while left > 0 { condition.wait() }
          given.append(values)
          if given.count == 2 {
            left = 2
            condition.broadcast()
          }
          while left == 0 { condition.wait() }
          let sums = zip(given[0], given[1]).map { $0 + $1 }
          left -= 1
          if left == 0 {
            given = []
            condition.broadcast()
          }
          return sums
        }
      }
    }

    let rank: Int
    private let meetings: (steps: Meeting, statistics: Meeting)
    private var pending: [(UnsafeMutablePointer<Float>, Int)] = []
    private(set) var exchanges = 0

    init(_ rank: Int, _ steps: Meeting, _ statistics: Meeting) {
      (self.rank, meetings) = (rank, (steps, statistics))
    }

    func sum(_ values: [Double]) -> [Double] { meetings.steps.sum(values) }

    func sumStatistics(_ values: [Double]) -> [Double] {
      exchanges += 1
      return meetings.statistics.sum(values)
    }

    func refusal(_ own: String?) -> RankFault {
      let isFirst = meetings.steps.sum([rank == 0 && own != nil ? 1 : 0])[0] > 0
      return .refused(rank: isFirst ? 0 : 1, reason: own ?? "elsewhere")
    }

    func beginSum(_ values: UnsafeMutablePointer<Float>, count: Int) {
      pending.append((values, count))
    }

    func nudgeSums() {}

    func finishSums() {
      for (values, count) in pending {
        let sums = meetings.steps.sum((0..<count).map { Double(values[$0]) })
        for index in 0..<count { values[index] = Float(sums[index]) }
      }
      pending = []
    }
  }

  /// What the steps of one process came to.
  private final class Losses: @unchecked Sendable {
    var all: [Result<Double, EngineError>] = []
  }

  /// The steps of two processes on parts of a batch, and their models; what one throws is in place of its loss.
  private func steps(
    _ net: Network, _ batch: Examples, shares: [Range<Int>], count: Int,
    failing: (rank: Int, step: Int)? = nil
  ) throws -> (losses: [[Result<Double, EngineError>]], models: [Model], exchanges: [Int]) {
    let (meeting, other) = (Pair.Meeting(), Pair.Meeting())
    let pairs = shares.indices.map { Pair($0, meeting, other) }
    let models = try shares.map { _ in
      try Model(network: net, parameters: randomParameters(net), optimizer: .sgd)
    }
    let losses = shares.map { _ in Losses() }
    nonisolated(unsafe) let own = models
    let group = DispatchGroup()
    for rank in shares.indices {
      let thread = Thread {
        for step in 0..<count {
          let result = Result { () throws(EngineError) in
            try own[rank].step(with: pairs[rank], SharedStep(learningRate: 0.1)) {
              () throws(EngineError) in
              if let failing, failing == (rank, step) { throw .batchSize(0) }
              return (batch, ArraySlice(shares[rank]))
            }.loss
          }
          losses[rank].all.append(result)
        }
        group.leave()
      }
      thread.stackSize = 16 << 20
      group.enter()
      thread.start()
    }
    group.wait()
    return (losses.map(\.all), models, pairs.map(\.exchanges))
  }

  private static let synchronized: [(name: String, blocks: @Sendable () -> [Block])] = [
    ("alone", { [conv(5, Extents(3)), synced, relu, gap, dense(3)] }),
    (
      "in a residual block whose shortcut follows",
      {
        [
          same(4),
          residual([
            same(6, stride: 2), synced, relu,
            same(6), synced,
          ]), relu, gap, dense(3),
        ]
      }
    ),
    ("on vectors", { [conv(4, Extents(3)), gap, dense(6), synced, dense(3)] }),
  ]

  @Test(
    "statistics over two processes are those of one with all examples, gradients too",
    arguments: synchronized.indices, [0..<4, 0..<3, 0..<6, 0..<1])
  func synchronizes(_ index: Int, _ first: Range<Int>) throws {
    let net = try network([2, 9], Self.synchronized[index].blocks())
    let batch = examples(net, count: 7)
    let alone = try Model(network: net, parameters: randomParameters(net), optimizer: .sgd)
    var losses: [Double] = []
    for _ in 0..<3 {
      losses.append(try alone.step(batch, rows: 0..<7, learningRate: 0.1).loss)
    }
    let (others, models, exchanges) = try steps(
      net, batch, shares: [first, first.upperBound..<7], count: 3)
    for rank in [0, 1] {
      for (loss, other) in zip(losses, others[rank]) {
        #expect(abs(loss - (try other.get())) < 1e-5)
      }
      for key in net.parameters.map(\.key) {
        let (one, two) = (alone.parameters[key]?.values ?? [], models[rank].parameters[key]?.values)
        let apart = zip(one, two ?? [.nan]).map { abs($0 - $1) }.max() ?? .nan
        #expect(apart < 2e-5, "\(Self.synchronized[index].name) \(key)")
      }
      for key in net.parameters.filter(\.isLearnable).map(\.key) {
        let (one, two) = (alone.gradients[key]?.values ?? [], models[rank].gradients[key]?.values)
        let apart = zip(one, two ?? [.nan]).map { abs($0 - $1) }.max() ?? .nan
        #expect(apart < 2e-5, "\(Self.synchronized[index].name) \(key)")
      }
    }
    // Forward and backward of each, three times.
    let normalizations = index == 1 ? 3 : 1
    #expect(exchanges == [6 * normalizations, 6 * normalizations])
  }

  @Test("a process without examples takes part in the statistics", arguments: synchronized.indices)
  func synchronizesWithEmpty(_ index: Int) throws {
    let net = try network([2, 9], Self.synchronized[index].blocks())
    let batch = examples(net, count: 7)
    let alone = try Model(network: net, parameters: randomParameters(net), optimizer: .sgd)
    let loss = try alone.step(batch, rows: 0..<7, learningRate: 0.1).loss
    let (others, models, _) = try steps(net, batch, shares: [0..<7, 7..<7], count: 1)
    for rank in [0, 1] {
      #expect(abs(loss - (try others[rank][0].get())) < 1e-5)
      for key in net.parameters.filter(\.isLearnable).map(\.key) {
        let (one, two) = (alone.parameters[key]?.values ?? [], models[rank].parameters[key]?.values)
        #expect(zip(one, two ?? [.nan]).allSatisfy { abs($0 - $1) < 1e-5 })
      }
    }
  }

  @Test(
    "where a process has no share the others hear of it in the midst of the step and go on later")
  func givesUpInStatistics() throws {
    let net = try network([2, 9], Self.synchronized[1].blocks())
    let batch = examples(net, count: 7)
    let (losses, models, _) = try steps(
      net, batch, shares: [0..<4, 4..<7], count: 3, failing: (rank: 1, step: 1))
    #expect(losses[1][1] == .failure(.batchSize(0)))
    #expect(losses[0][1] == .failure(.ranks(.refused(rank: 1, reason: "elsewhere"))))
    for rank in [0, 1] {
      #expect((try? losses[rank][0].get()) != nil && (try? losses[rank][2].get()) != nil)
    }
    #expect(models[0].digest == models[1].digest)
    #expect(models[0].steps == 2)
  }

  @Test("one row of all processes has no variance")
  func refusesOneRow() throws {
    let net = try network([2, 9], Self.synchronized[2].blocks())
    let (losses, _, _) = try steps(net, examples(net, count: 7), shares: [0..<1, 1..<1], count: 1)
    guard case .failure(.singleValueNormalization) = losses[0][0],
      case .failure(.ranks(.refused(rank: 0, _))) = losses[1][0]
    else {
      Issue.record("\(losses)")
      return
    }
  }

  @Test("by itself a process takes its own statistics, to the bit")
  func isPlainAlone() throws {
    let plain = try network([2, 9], [conv(5, Extents(3)), bn(), relu, gap, dense(3)])
    let net = try network([2, 9], Self.synchronized[0].blocks())
    let batch = examples(net, count: 7)
    func weights(_ net: Network) throws -> [[Float]?] {
      let model = try Model(network: net, parameters: randomParameters(net), optimizer: .adam)
      for _ in 0..<3 { _ = try model.step(batch, rows: 0..<7, learningRate: 0.1) }
      return net.parameters.map { model.parameters[$0.key]?.values }
    }
    #expect(try weights(net) == weights(plain))
  }
}

/// A batch normalization of all processes.
private var synced: Block { bn { $0.isSynchronized = true } }

/// A convolution that keeps extents.
private func same(_ channels: Int, stride: Int = 1) -> Block {
  conv(channels, Extents(3)) {
    $0.padding = .same
    $0.stride = Extents(stride)
  }
}
