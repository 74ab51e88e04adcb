import Engine
import Networks
import Sessions
import Testing

/// Networks large enough to be shared out between threads.
@Suite struct ThreadCountTests {
  /// What some steps came to.
  private struct Outcome: Equatable {
    var losses: [Double] = []
    var tensors: [String: Tensor] = [:]
  }

  private static let batch = 8

  private static let text = """
    input 6x24x24
    add conv 32 3 bias=no
    add bn
    add relu
    add residual act=relu {
      conv 40 3 stride=2 bias=no
      bn
      relu
      conv 40 3 bias=no
      bn
    }
    add parallel join=concat {
      conv 17 3
    } {
      maxpool 3 stride=1 pad=1
    }
    add se reduction=8
    add highway {
      conv 57 3
      relu
    }
    add rezero {
      conv 57 3
    }
    add avgpool 2
    add relu
    add gap
    add dense 10
    """

  private func outcome(threads: Int, _ convolutions: Convolutions) throws -> Outcome {
    let network = try Session().network(of: Self.text, name: "text")
    let model = try Model(
      network: network, optimizer: .sgd, seed: 5, threads: threads,
      usesLibrary: convolutions != .direct, prefersDirect: convolutions != .library)
    #expect(try model.report(batch: Self.batch, runs: 1).threads == threads)
    var numbers = TestNumbers()
    let inputs = Tensor(
      shape: [Self.batch] + network.input.extents,
      values: (0..<Self.batch * network.input.count).map { _ in numbers.next() })
    let examples = Examples(
      inputs: inputs, targets: .classes((0..<8).map { $0 }, names: (0..<10).map { "\($0)" }))
    var outcome = Outcome()
    for _ in 0..<3 { outcome.losses.append(try model.step(examples).loss) }
    let parameters = try model.copiedParameters()
    for specification in network.parameters {
      outcome.tensors[specification.path] = parameters[specification.key]
    }
    outcome.tensors["output"] = try model.predict(inputs)
    return outcome
  }

  @Test(arguments: Convolutions.allCases)
  func sameBitsForTheSameThreadsAndToRoundingAcross(convolutions: Convolutions) throws {
    let one = try outcome(threads: 1, convolutions)
    #expect(one.losses.allSatisfy { $0.isFinite } && Set(one.losses).count == 3)
    for threads in [1, 2, 3] {
      let many = try outcome(threads: threads, convolutions)
      #expect(try outcome(threads: threads, convolutions) == many, "\(threads) threads")
      for (loss, expected) in zip(many.losses, one.losses) {
        #expect(abs(loss - expected) <= 1e-5 * expected, "\(threads) threads")
      }
      for (path, expected) in one.tensors {
        let comparison = Comparison(try #require(many.tensors[path]), expected)
        #expect(
          comparison.relativeDifference <= 1e-4, "\(comparison) in \(path), \(threads) threads")
      }
    }
  }
}
