import COneDNN
import Networks
import Testing

@testable import Engine

/// Products of operands that are rounded to bfloat16.
@Suite(.enabled(if: Precision.support.isThere)) struct PrecisionTests {
  /// Convolutions large and small, of single positions, and dense layers large and small.
  private static func net() throws -> Network {
    try network(
      [3, 16, 16],
      [
        conv(32, Extents(3)), bn(), relu,
        residual(activation: .relu, [conv(32, Extents(3)), bn()]),
        conv(64, Extents(1)), relu, conv(64, Extents(3)) { $0.stride = Extents(2) }, relu,
        leaf(.flatten), dense(64), relu, dense(5),
      ])
  }

  private func kernels(_ precision: Precision, _ mode: PlanOptions.Mode = .training) throws
    -> [String]
  {
    let net = try Self.net()
    let slabs = try ParameterSlabs(ParameterLayout(net.parameters), stateSlabs: 0)
    let options = PlanOptions(
      mode: mode, batch: 16, loss: .crossEntropy, threads: 1, precision: precision)
    return try PlanDraft(net, slabs: slabs, options: options, seed: 0).builder.steps.map(\.kernel)
  }

  @Test("convolutions and large dense layers are the library's of bfloat16, the others as ever")
  func choice() throws {
    func rounded(_ kernels: [String]) -> [String] { kernels.filter { $0.contains("bf16") } }
    let forward = ["convolution", "convolution", "convolution", "convolution", "dense"]
    let training = try rounded(kernels(.bfloat16)).map { $0.split(separator: " ").dropLast() }
    #expect(training.prefix(5).map { $0.joined(separator: " ") } == forward)
    // Each has gradients of weights and, but for the first, of inputs.
    #expect(training.count == 5 + 5 + 4)
    let answers = try rounded(kernels(.bfloat16, .inference))
    #expect(answers.count == 5)
    #expect(try rounded(kernels(.float32)) == [])
    #expect(try kernels(.bfloat16).contains("dense forward"))
  }

  private func learned(_ net: Network, _ threads: Int, _ precision: Precision) throws
    -> ParameterStore
  {
    let model = try Model(
      network: net, optimizer: .adam, seed: 7, threads: threads, precision: precision)
    let batch = examples(net, count: 48)
    for _ in 0..<2 { _ = try model.step(batch) }
    return try model.copiedParameters()
  }

  @Test("the same bits from run to run, on one thread and on two", arguments: [1, 2])
  func reproducible(threads: Int) throws {
    let net = try Self.net()
    let first = try learned(net, threads, .bfloat16)
    let again = try learned(net, threads, .bfloat16)
    #expect((again == first) as Bool)
    let exact = try learned(net, threads, .float32)
    #expect((exact != first) as Bool)
  }

  @Test("a model goes on in another precision between two steps, as one that began in it")
  func change() throws {
    let net = try Self.net()
    let batch = examples(net, count: 16)
    let first = try Model(network: net, seed: 3)
    _ = try first.step(batch)
    let second = try Model(
      network: net, parameters: try first.copiedParameters(), seed: 3, steps: 1,
      precision: .bfloat16)
    first.precision = .bfloat16
    let losses = try [first, second].map { try $0.step(batch).loss }
    #expect(losses[0] == losses[1])
    #expect((try first.copiedParameters() == second.copiedParameters()) as Bool)
    first.precision = .float32
    #expect(try first.step(batch).loss != second.step(batch).loss)
  }

  @Test("what a plan takes on paper it takes")
  func memory() throws {
    let net = try Self.net()
    var question = MemoryQuestion(network: net, optimizer: .sgd, loss: .crossEntropy, threads: 1)
    question.precision = .bfloat16
    let model = try Model(network: net, precision: .bfloat16)
    let plan = try model.plan(batch: 16, mode: .training)
    #expect(try question.training(batch: 16).plan == plan.arenaBytes)
  }

  @Test("a convolution in both precisions is measured")
  func speed() throws {
    let speed = try #require(try PrecisionSpeed.measured())
    #expect(speed.duration > 0.02 && speed.duration < 50)
    let none = try Precision.$assumed.withValue(.missing) { try PrecisionSpeed.measured() }
    #expect(none == nil)
  }
}
