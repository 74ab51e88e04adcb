import Networks
import Testing

@testable import Engine

/// Where the time of a step goes: what is counted, what it is called, and that nothing is learned by it.
@Suite struct StepTimesTests {
  private static let few = TimingLimit(steps: 2, seconds: 60)

  private func image() throws -> Network {
    try network(
      [3, 8, 8],
      [
        conv(8, Extents(3)) { $0.padding = Padding(1) }, bn(), relu,
        residual([conv(8, Extents(3)) { $0.padding = Padding(1) }, bn()]), relu, leaf(.flatten),
        dense(10),
      ])
  }

  private func times(
    _ net: Network, batch: Int = 4, optimizer: Optimizer = .sgd, _ limit: TimingLimit = few
  ) throws -> StepTimes {
    let model = try Model(network: net, optimizer: optimizer, usesLibrary: false)
    return try model.timeSteps(
      examples(net, count: batch), rows: Array(0..<batch), limit: limit)
  }

  @Test("every step of each pass has a time, and there is one of the whole step")
  func everyStep() throws {
    let times = try times(try image())
    // Nothing is recomputed without a checkpoint.
    let all = Set(StepTimes.Pass.allCases).subtracting([.recompute])
    #expect(Set(times.lines.map(\.pass)) == all)
    #expect(times.lines.allSatisfy { $0.times.median > 0 && $0.times.p99 >= $0.times.median })
    #expect(times.lines.allSatisfy { $0.threads == 1 && $0.bytes > 0 })
    #expect(times.whole.median > 0)
    #expect(times.count == 2)
    #expect(times.batch == 4)
    #expect(times.threads == 1)
    #expect(times.footprint > 0)
    let passes = times.lines.map { StepTimes.Pass.allCases.firstIndex(of: $0.pass) ?? 9 }
    #expect(passes == passes.sorted())
  }

  @Test("products are those that the network is priced at, backward those of both gradients")
  func operations() throws {
    let net = try image()
    let lines = try times(net, batch: 3).lines
    let forward = lines.filter { $0.pass == .forward }.reduce(0) { $0 + $1.operations }
    let priced = 6 * Double(net.multiplyAdds)
    #expect(forward == priced)
    let first = try #require(net.facts[net.root.children[0].id]).multiplyAdds
    let backward = lines.filter { $0.pass == .backward }.reduce(0) { $0 + $1.operations }
    // Nobody asks for the gradient of the input.
    let unasked = 6 * Double(first)
    #expect(backward == 2 * priced - unasked)
  }

  @Test("bytes are those of buffers and weights")
  func bytes() throws {
    let net = try network([6], [dense(5)])
    let lines = try times(net, batch: 4).lines
    let product = try #require(lines.first { $0.kernel == "dense own" })
    // Inputs 4·6, outputs 4·5 and weights 5·6, four bytes each.
    #expect(product.bytes == 296)
    let gradient = try #require(lines.first { $0.kernel == "dense weight gradient own" })
    #expect(gradient.bytes == product.bytes)
    let update = try #require(lines.first { $0.pass == .update })
    #expect(update.kernel == "sgd" && update.block == nil)
  }

  @Test("the parts of an update that there are have lines")
  func updates() throws {
    let net = try network([6], [dense(5)])
    var optimizer = Optimizer.adamW
    optimizer.averaging = 0.9
    let model = try Model(network: net, optimizer: optimizer, usesLibrary: false)
    model.clipping = .norm(1)
    let times = try model.timeSteps(examples(net, count: 4), rows: [0, 1, 2, 3], limit: Self.few)
    #expect(
      times.lines.filter { $0.pass == .update }.map(\.kernel)
        == ["gradients clipped", "adamw", "moving average"])
  }

  @Test(
    "weights stay as they are under every rule",
    arguments: [
      Optimizer.sgd, .adam, .adamW, .rmsProp, .adagrad, .adadelta, .adamax, .nadam, .lamb,
    ])
  func weightsStay(optimizer: Optimizer) throws {
    var optimizer = optimizer
    optimizer.weightDecay = 0.1
    let net = try image()
    let model = try Model(
      network: net, parameters: randomParameters(net), optimizer: optimizer, usesLibrary: false)
    let before = try model.copiedParameters()
    _ = try model.timeSteps(examples(net, count: 4), rows: [0, 1, 2, 3], limit: Self.few)
    let after = try model.copiedParameters()
    for specification in net.parameters where specification.isLearnable {
      #expect(after[specification.key] == before[specification.key])
    }
  }

  @Test("steps with a clock in them learn the same bits, and have a part for each block")
  func clock() throws {
    let net = try image()
    func trained(_ clocked: Bool) throws -> (ParameterStore, [BlockID: Double]) {
      let model = try Model(
        network: net, parameters: randomParameters(net), optimizer: .adam, usesLibrary: false)
      var shares: [BlockID: Double] = [:]
      for _ in 0..<3 {
        let clock = clocked ? StepClock() : nil
        _ = try model.step(examples(net, count: 4), rows: [0, 1, 2, 3], clock: clock)
        shares = clock?.shares(of: net) ?? [:]
      }
      return (try model.copiedParameters(), shares)
    }
    let (plain, none) = try trained(false)
    let (clocked, shares) = try trained(true)
    for specification in net.parameters {
      #expect(plain[specification.key] == clocked[specification.key])
    }
    #expect(none.isEmpty)
    let sum = shares.values.reduce(0, +)
    #expect(sum > 0 && sum < 1)
    #expect(shares.keys.allSatisfy { net.facts[$0] != nil })
    #expect(shares[net.root.children[0].id] != nil)
  }

  @Test("a network that learns nothing has a forward pass and a loss")
  func nothingToLearn() throws {
    let net = try network([6], [relu])
    let lines = try times(net).lines
    #expect(lines.map(\.path) == ["input", "relu1", "loss"])
    #expect(lines.map(\.kernel) == ["copy of the batch", "relu", "loss cross entropy"])
    #expect(lines.allSatisfy { $0.pass == .forward })
  }

  @Test("an end that the user asks for ends it between two steps")
  func interruption() throws {
    let net = try image()
    #expect(throws: EngineError.interrupted) {
      try Interruption.with({ true }) { try times(net) }
    }
  }

  @Test(
    "kernels are told in words",
    arguments: [
      ("bn", "batch norm"), ("bn relu", "batch norm + relu"),
      ("bn add relu", "batch norm + add + relu"), ("bn bn add", "2 batch norms + add"),
      ("bn statistics", "batch norm statistics"), ("add relu", "add + relu"),
      ("bn bn add gradient", "2 batch norms + add gradient"), ("tanh gradient", "tanh gradient"),
      ("loss cross_entropy", "loss cross entropy"),
    ])
  func words(kernel: String, text: String) {
    #expect(KernelWords.plain(kernel) == text)
  }

  @Test("convolutions tell their windows, and who computes them")
  func convolutions() throws {
    let kernels = Set(try times(try image()).lines.map(\.kernel))
    #expect(
      kernels.isSuperset(of: [
        "conv 3x3 own", "conv 3x3 weights packed", "conv 3x3 weight gradient own",
        "conv 3x3 input gradient own", "dense own",
      ]), "\(kernels)")
    let series = try network([2, 16], [conv(4, Extents(5)), leaf(.flatten), dense(3)])
    #expect(try times(series).lines.map(\.kernel).contains("conv 5 own"))
  }

  @Test(
    "median and p99 are those of the sorted times",
    arguments: [
      ([], 0, 0), ([3], 3, 3), ([3, 1], 2, 3), ([5, 1, 3], 3, 5),
      (Array(1...100).map(Double.init), 50.5, 99), (Array(1...200).map(Double.init), 100.5, 198),
    ] as [([Double], Double, Double)])
  func spread(times: [Double], median: Double, p99: Double) {
    let spread = TimeSpread(times.reversed())
    #expect((spread.median, spread.p99) == (median, p99))
    #expect((spread.least, spread.most) == (times.min() ?? 0, times.max() ?? 0))
  }

  @Test("what the machine can do is measured by arrays as large as the plan, within bounds")
  func peak() throws {
    let plans: [Int] = [0, 1, 65_536, 65_537, 3_000_000, 1_000_000_000_000]
    let sizes: [Int] = [65_536, 65_536, 65_536, 131_072, 4_194_304, 134_217_728]
    #expect(plans.map { MachinePeak.footprint(for: $0) } == sizes)
    let peak = try MachinePeak(threads: 1, footprint: 65_536)
    #expect(peak.operations > 0 && peak.bandwidth > 0)
    #expect(peak.threads == 1 && peak.footprint == 65_536)
    let other = try MachinePeak(threads: 1, footprint: 131_072, operations: peak.operations)
    #expect(other.operations == peak.operations && other.footprint == 131_072)
  }
}
