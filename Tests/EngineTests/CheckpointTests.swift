import Networks
import Testing

@testable import Engine

/// Blocks whose values are computed again: every bit as without, in less memory.
@Suite struct CheckpointTests {
  /// What some steps of training come to: losses, gradients of the first, all parameters after the last.
  private struct Outcome: Equatable {
    var losses: [Double] = []
    var gradients: [[UInt32]] = []
    var parameters: [[UInt32]] = []

    init(
      _ net: Network, _ start: ParameterStore, _ batch: Examples, _ setting: Setting
    ) throws {
      let model = try Model(
        network: net, parameters: start,
        optimizer: Optimizer(.sgd(momentum: 0.9, nesterov: false), learningRate: 0.05),
        seed: 5, threads: setting.threads, usesLibrary: setting.usesLibrary,
        prefersDirect: !setting.usesLibrary)
      for step in 0..<3 {
        losses.append(try model.step(batch, learningRate: 0.05).loss)
        if step > 0 { continue }
        let found = try model.copiedGradients()
        gradients = net.parameters.map { Self.bits(found[$0.key]) }
      }
      let all = model.parameters
      parameters = net.parameters.map { Self.bits(all[$0.key]) }
    }

    private static func bits(_ tensor: Tensor?) -> [UInt32] {
      tensor?.values.map(\.bitPattern) ?? []
    }
  }

  private struct Setting {
    var count = 3
    var seed: UInt64 = 2
    var usesLibrary = false
    var threads = 1
  }

  private func expectSame(
    _ plain: Network, _ marked: [Network], _ setting: Setting, _ name: String
  ) throws {
    let start = randomParameters(plain, seed: setting.seed)
    let batch = examples(plain, count: setting.count, seed: setting.seed)
    let expected = try Outcome(plain, start, batch, setting)
    for net in marked {
      let found = try Outcome(net, start, batch, setting)
      #expect(found.losses == expected.losses, "\(name)")
      #expect(found.gradients == expected.gradients, "\(name)")
      #expect(found.parameters == expected.parameters, "\(name)")
    }
  }

  @Test("loss, gradients, weights and running statistics are the same bits, for random trees")
  func randomTrees() throws {
    var marks = 0
    for seed in 0..<40 {
      let net = try PlanTests().randomNetwork(UInt64(seed))
      let marked = [
        try net.checkpointed(), try net.checkpointed(seed: UInt64(seed)),
        try net.checkpointedInGroups(of: 1 + seed % 3),
      ]
      marks += marked.map(\.checkpointCount).reduce(0, +)
      try expectSame(
        net, marked, Setting(seed: UInt64(seed) + 1, usesLibrary: seed % 2 == 1), "tree \(seed)")
    }
    #expect(marks > 200)
  }

  private static let catalogue =
    GradientTests.convolutions + GradientTests.others + GradientTests.activations
    + GradientTests.structures + GradientTests.gates + GradientTests.normalizations
    + GradientTests.attentions + GradientTests.recurrents + GradientTests.shaping
    + GradientTests.rearranging + GradientTests.sharing + GradientTests.taps

  @Test("and for every layer, shared bodies and taps", arguments: catalogue)
  func everyLayer(_ item: GradientTests.Case) throws {
    let net = try network(item.input, item.blocks())
    var marked = [try net.checkpointed(), try net.checkpointedInGroups(of: 2)]
    marked.append(try net.checkpointedInGroups(of: 1).checkpointed())
    try expectSame(net, marked, Setting(count: item.batch), item.name)
  }

  @Test("what is drawn at random is drawn as before", arguments: [1, 2])
  func randomLayers(threads: Int) throws {
    let layers: [Layer] = [
      .dropout(Dropout(rate: 0.4)), .dropout(Dropout(rate: 0.4, of: .example)),
      .dropout(Dropout(rate: 0.4, of: .channel)), .noise(Noise(deviation: 0.3)),
    ]
    for layer in layers {
      let body = numbered([conv(6, Extents(3)), leaf(layer), bn(), relu])
      let shared = Block(
        name: "rep", form: .shared(BlockList(body), passes: 2), isCheckpointed: true)
      var plain = shared
      plain.isCheckpointed = false
      let ends = [conv(6, Extents(1)), gap, dense(3)]
      let net = try network([2, 9, 200], [ends[0], plain, ends[1], ends[2]])
      var other = net.root.children[1]
      other.isCheckpointed = true
      let marked = try Network(
        input: net.input,
        root: net.root.with(children: net.root.children.map { $0.id == other.id ? other : $0 }))
      try expectSame(
        net, [marked], Setting(count: 4, threads: threads), layer.kind.rawValue)
    }
  }

  private static func deep(_ depth: Int, isCheckpointed: Bool, isRepeat: Bool = false) throws
    -> Network
  {
    func block(_ name: String) -> Block {
      Block(
        name: name,
        form: .residual(
          Residual(
            body: numbered([
              conv(8, Extents(3)), bn(), relu, conv(8, Extents(3)), bn(), relu, conv(8, Extents(3)),
              bn(),
            ]), activation: .relu)), isCheckpointed: isCheckpointed && !isRepeat)
    }
    let copies = (1...depth).map { number in
      isRepeat
        ? Block(name: "\(number)", form: .sequential([block("res1")])) : block("res")
    }
    let blocks =
      isRepeat
      ? [
        Block(
          name: "rep", form: .repeated(BlockList(copies)), isCheckpointed: isCheckpointed)
      ] : copies
    return try network([3, 12, 12], [conv(8, Extents(3))] + blocks + [gap, dense(4)])
  }

  @Test("deep residual networks take much less for values; a repeat checkpoints each copy")
  func memory() throws {
    func values(_ net: Network) throws -> Int {
      let question = MemoryQuestion(network: net, optimizer: .sgd, loss: .crossEntropy, threads: 1)
      let need = try question.training(batch: 8)
      let model = try Model(network: net)
      #expect(need.plan == (try model.plan(batch: 8, mode: .training).arenaBytes))
      return need.values
    }
    let value = 8 * 8 * 12 * 12 * 4
    let plain = try values(Self.deep(12, isCheckpointed: false))
    let marked = try values(Self.deep(12, isCheckpointed: true))
    let copies = try values(Self.deep(12, isCheckpointed: true, isRepeat: true))
    #expect(plain > 12 * 6 * value)
    #expect(marked < plain / 3)
    // An input for each block, and what one of them puts out inside.
    #expect(marked < (12 + 8) * value)
    #expect(copies == marked)
  }

  @Test("what is computed again is no more than what gradients read")
  func steps() throws {
    let net = try Self.deep(2, isCheckpointed: true)
    let model = try Model(network: net, usesLibrary: false)
    let plan = try model.plan(batch: 2, mode: .training)
    let again = plan.plannedSteps.filter(\.isRecomputed).map {
      "\($0.label.path) \($0.label.kernel)"
    }
    let body = ["res2", "res1"].flatMap { path in
      [
        "\(path).body.conv1 pack", "\(path).body.conv1 convolution direct",
        "\(path).body.relu1 bn relu", "\(path).body.conv2 pack",
        "\(path).body.conv2 convolution direct", "\(path).body.relu2 bn relu",
        "\(path).body.conv3 pack", "\(path).body.conv3 convolution direct",
      ]
    }
    #expect(again == body)
    let plain = try Model(network: Self.deep(2, isCheckpointed: false), usesLibrary: false)
    let others = try plain.plan(batch: 2, mode: .training).plannedSteps
    #expect(!others.contains { $0.isRecomputed })
    #expect(plan.plannedSteps.count == others.count + again.count)
  }

  @Test("a layer alone has nothing to compute again, and answers have no backward pass")
  func nothingToCompute() throws {
    let one = Block(name: "seq", form: .sequential(BlockList([conv(4, Extents(3))])))
    let net = try network([2, 8], [one, gap, dense(3)]).checkpointed()
    #expect(net.checkpointCount == 1)
    let model = try Model(network: net, usesLibrary: false)
    for mode in [PlanOptions.Mode.training, .inference] {
      let plan = try model.plan(batch: 2, mode: mode)
      #expect(!plan.plannedSteps.contains { $0.isRecomputed })
    }
  }

  @Test("no step writes what is still needed", arguments: 0..<40)
  func lifetimes(_ seed: Int) throws {
    let plain = try PlanTests().randomNetwork(UInt64(seed))
    let slabs = try ParameterSlabs(ParameterLayout(plain.parameters), stateSlabs: 0)
    for net in [try plain.checkpointed(), try plain.checkpointedInGroups(of: 2)] {
      let options = PlanOptions(
        mode: .training, batch: 3, loss: .crossEntropy, threads: 1, allowsLibrary: seed % 2 == 0)
      let graph = Fusion.fuse(try Lowering.graph(of: net, images: 3))
      let builder = PlanBuilder(
        graph: graph, options: options, slabs: slabs, seed: 0, cells: PlanCells())
      try builder.build()
      _ = builder.place()
      #expect(
        PlanVerifier.firstConflict(builder.buffers, steps: builder.preparation + builder.steps)
          == nil)
    }
  }
}
