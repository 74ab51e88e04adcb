import Networks
import Testing

@testable import Engine

/// Plans whose channels come first: which they are, and that they come to what the others do.
@Suite struct ChannelOrderTests {
  private func draft(_ net: Network, _ change: (inout PlanOptions) -> Void = { _ in }) throws
    -> PlanDraft
  {
    let slabs = try ParameterSlabs(ParameterLayout(net.parameters), stateSlabs: 0)
    var options = PlanOptions(mode: .training, batch: 3, loss: .crossEntropy, threads: 1)
    change(&options)
    return try PlanDraft(net, slabs: slabs, options: options, seed: 0)
  }

  private func order(_ input: [Int], _ blocks: [Block]) throws -> ChannelOrder {
    try draft(try network(input, blocks)).graph.order
  }

  @Test("networks of few channels whose rows are whole vectors", arguments: GradientTests.series)
  func isFirst(_ item: GradientTests.Case) throws {
    let draft = try draft(try network(item.input, item.blocks()))
    #expect(draft.graph.order == .first)
    #expect(draft.builder.steps.contains { $0.kernel == "convolution series" })
    #expect(!draft.builder.steps.contains { $0.kernel.contains("direct") || $0.kernel == "pack" })
    #expect(
      PlanVerifier.firstConflict(
        draft.builder.buffers, steps: draft.builder.preparation + draft.builder.steps) == nil)
  }

  @Test("all others have channels last")
  func isLast() throws {
    let wide = conv(4, Extents(3))
    let others: [(input: [Int], blocks: [Block])] = [
      ([2, 17], [wide, gap]),
      ([2, 32], [wide, conv(4, Extents(3)) { $0.stride = Extents(4) }, gap]),
      ([2, 32], [wide, conv(13, Extents(3)), gap]),
      ([2, 16, 16], [wide, gap]),
      ([2, 32], [wide, conv(4, Extents(3)) { $0.groups = 2 }, gap]),
      ([2, 32], [wide, pool(.maximum, Extents(2)), gap]),
      ([2, 32], [wide, leaf(.dropout(Dropout(rate: 0.5))), gap]),
      ([2, 32], [wide, parallel(.concatenate, [[wide], [relu]]), gap]),
      ([2, 32], [wide, act(.softmax), gap]),
      ([2, 32], [gap, dense(3)]),
      ([2, 32], [wide]),
    ]
    for (input, blocks) in others { #expect(try order(input, blocks) == .last, "\(blocks)") }
    // Behind the pooling there are no positions.
    #expect(
      try order([2, 32], [wide, gap, leaf(.dropout(Dropout(rate: 0.5))), dense(3)]) == .first)
  }

  @Test("plans that are looked into have channels last")
  func looks() throws {
    let net = try network([2, 32], [conv(4, Extents(3)), gap])
    let changes: [(inout PlanOptions) -> Void] = [
      { $0.mode = .inference }, { $0.keepsValues = true }, { $0.isLook = true },
      { $0.wantsInputGradient = true },
    ]
    for change in changes { #expect(try draft(net, change).graph.order == .last) }
    #expect(try draft(net).graph.order == .first)
  }

  private var block: [Block] {
    [
      residual(
        activation: .relu,
        [conv(10, Extents(3)) { $0.stride = Extents(2) }, bn(), relu, conv(10, Extents(3)), bn()]),
      conv(6, Extents(3)), relu, gap, dense(4),
    ]
  }

  @Test("loss, gradients and running statistics are those of channels that come last")
  func agreesWithLast() throws {
    let net = try network([10, 64], block)
    let batch = examples(net, count: 32)
    let models = try [true, false].map { prefersDirect in
      try Model(
        network: net, parameters: randomParameters(net), usesLibrary: true,
        prefersDirect: prefersDirect)
    }
    let losses = try models.map { try $0.step(batch, learningRate: 0).loss }
    #expect(abs(losses[0] - losses[1]) < 1e-5 * max(1, abs(losses[1])))
    let all = models.map(\.parameters)
    for specification in net.parameters {
      let values = models.indices.map { index in
        (specification.isLearnable ? models[index].gradients : all[index])[specification.key]?
          .values ?? []
      }
      #expect(values[0].count == specification.count && values[1].count == specification.count)
      let scale = values[1].reduce(Float(1e-3)) { max($0, abs($1)) }
      for (left, right) in zip(values[0], values[1]) {
        #expect(abs(left - right) < 2e-4 * scale, "\(specification.path)")
      }
    }
  }

  @Test("bits are the same from run to run, and hang on the number of threads asked for alone")
  func sameBits() throws {
    let net = try network([10, 64], block)
    let batch = examples(net, count: 2048)
    func learned(threads: Int) throws -> ParameterStore {
      let model = try Model(network: net, seed: 3, threads: threads)
      for _ in 0..<2 { _ = try model.step(batch, learningRate: 0.1) }
      return model.parameters
    }
    let one = try learned(threads: 1)
    let two = try learned(threads: 2)
    #expect(try learned(threads: 1) == one)
    #expect(try learned(threads: 2) == two)
    for specification in net.parameters {
      let left = one[specification.key]?.values ?? []
      let right = two[specification.key]?.values ?? []
      #expect(left.count == specification.count && right.count == specification.count)
      for (a, b) in zip(left, right) { #expect(abs(a - b) < 1e-3 * max(1, abs(a))) }
    }
  }

  @Test("what made the loss no number is found in the same batch")
  func stray() throws {
    let net = try network([2, 32], [conv(4, Extents(3)), bn(), relu, conv(3, Extents(1)), gap])
    let model = try Model(network: net, parameters: randomParameters(net))
    let batch = examples(net, count: 3)
    #expect(try model.step(batch).isFinite)
    #expect(try model.firstNonFinite() == nil)
    var inputs = batch.inputs
    inputs.values[70] = .nan
    let stray = Examples(inputs: inputs, targets: batch.targets)
    #expect(try !model.step(stray).isFinite)
    #expect(try model.firstNonFinite()?.path == "conv1")
  }

  @Test("a network with one kernel frozen learns the others alone")
  func frozen() throws {
    var blocks = [conv(4, Extents(3)), relu, conv(3, Extents(1)), gap]
    blocks[0].isFrozen = true
    let net = try network([2, 32], blocks)
    let first = net.root.children[0].id
    let model = try Model(network: net, seed: 2)
    let before = model.parameters
    _ = try model.step(examples(net, count: 3), learningRate: 0.5)
    for specification in net.parameters {
      let key = specification.key
      #expect((model.parameters[key] == before[key]) == (key.block == first))
    }
  }
}
