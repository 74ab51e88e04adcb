import Networks
import Testing

@testable import Engine

/// Plans of random trees: the arena's lifetimes, and agreement with the reference.
@Suite struct PlanTests {
  /// A random chain of blocks that keeps images or series whole until the end.
  private func chain(_ dice: inout Dice, channels: inout Int, depth: Int) -> [Block] {
    (0..<1 + dice.below(3)).flatMap { _ in block(&dice, channels: &channels, depth: depth) }
  }

  private func block(_ dice: inout Dice, channels: inout Int, depth: Int) -> [Block] {
    switch dice.below(depth > 0 ? 16 : 8) {
    case 0:
      channels = 1 + dice.below(20)
      let kernel = 1 + dice.below(4)
      let stride = 1 + dice.below(2)
      return [conv(channels, Extents(kernel)) { $0.stride = Extents(stride) }]
    case 1: return [bn()]
    case 2: return [relu]
    case 3: return [bn(), relu]
    case 4:
      return [
        act(
          [.tanh, .sigmoid, Activation(.gelu), Activation(.silu), Activation(.leaky, 0.1)][
            dice.below(5)])
      ]
    case 5:
      return [
        pool(dice.below(2) == 0 ? .maximum : .average, Extents(3)) {
          $0.stride = Extents(1)
          $0.padding = Padding(1)
        }
      ]
    case 6: return [leaf(.identity)]
    case 7:
      return [
        leaf(
          [
            .scale(Scale()), .parametricRelu(ParametricRelu()), .parametricRelu(.each),
            .scale(Scale(start: 0.5, isShared: false)),
            .exampleNormalization(ExampleNormalization(over: .channels)),
            .exampleNormalization(ExampleNormalization(over: .example)),
            .exampleNormalization(ExampleNormalization(over: .rootMeanSquare)),
            .exampleNormalization(ExampleNormalization(over: .groups(1))),
            .localResponse(LocalResponse(size: 3)),
          ][dice.below(9)])
      ]
    case 8, 9, 10:
      let body = chain(&dice, channels: &channels, depth: depth - 1)
      let activation: Activation? = dice.below(2) == 0 ? .relu : nil
      return [residual(activation: activation, scale: dice.below(4) == 0 ? 0.5 : 1, body)]
    case 11:
      let same = channels
      var sum = 0
      var branches: [[Block]] = []
      for _ in 0..<2 {
        var own = same
        branches.append(
          chain(&dice, channels: &own, depth: 0).filter { !$0.changesExtent })
        own = Self.channels(after: branches[branches.count - 1], from: same)
        sum += own
      }
      channels = sum
      return [parallel(.concatenate, branches)]
    case 12:
      let gate = dense(channels) { $0.activation = .sigmoid }
      let branches = [dice.below(2) == 0 ? [] : [bn(), relu], [gap, gate], [act(.tanh)]]
      return [parallel(.multiply, dice.below(2) == 0 ? branches : branches.reversed())]
    case 13:
      let body = dice.below(2) == 0 ? [conv(channels, Extents(3)), bn(), relu] : []
      let gate = dice.below(2) == 0 ? [gap] : [conv(channels, Extents(1))]
      return [parallel(.highway, [body, gate + [act(.sigmoid)]])]
    case 14: return [residual([bn(), leaf(.scale(Scale()))])]
    default:
      let branches: [[Block]] = (0..<2 + dice.below(2)).map { _ in
        var own = channels
        let body = chain(&dice, channels: &own, depth: 0).filter { !$0.changesExtent }
        return body + [conv(4, Extents(1))] + (dice.below(2) == 0 ? [bn()] : [])
      }
      channels = 4
      return [parallel(.add, branches)]
    }
  }

  private static func channels(after blocks: [Block], from channels: Int) -> Int {
    var result = channels
    for block in blocks {
      if case .layer(.convolution(let convolution)) = block.form { result = convolution.channels }
    }
    return result
  }

  func randomNetwork(_ seed: UInt64) throws -> Network {
    var dice = Dice(seed &* 977 &+ 5)
    var channels = 1 + dice.below(4)
    let input = dice.below(2) == 0 ? [channels, 6 + dice.below(8)] : [channels, 5, 6]
    let blocks = chain(&dice, channels: &channels, depth: 2)
    return try network(input, blocks + [dice.below(2) == 0 ? gap : leaf(.flatten), dense(3)])
  }

  @Test(arguments: 0..<60) func randomTrees(_ seed: Int) throws {
    let net = try randomNetwork(UInt64(seed))
    let parameters = randomParameters(net, seed: UInt64(seed) + 1)
    let batch = examples(net, count: 3, seed: UInt64(seed) + 2)
    let reference = Reference(net, parameters, isTraining: true).output(batch.inputs)
    let expected = Reference.loss("", reference, batch.targets)
    var gradients: [ParameterStore] = []
    for (usesLibrary, prefersDirect) in [(false, true), (true, false)] {
      let model = try Model(
        network: net, parameters: parameters, usesLibrary: usesLibrary, prefersDirect: prefersDirect
      )
      let result = try model.differentiate(batch, rows: 0..<3)
      #expect(abs(result.loss - expected) <= 1e-4 * max(1, abs(expected)))
      gradients.append(model.gradients)
    }
    for specification in net.parameters where specification.isLearnable {
      let left = gradients[0][specification.key]?.values ?? []
      let right = gradients[1][specification.key]?.values ?? []
      let scale = max(left.map { abs($0) }.max() ?? 0, 1e-2)
      for (a, b) in zip(left, right) {
        #expect(abs(a - b) <= 2e-3 * scale, "\(specification.path)")
      }
    }
  }

  @Test(arguments: 0..<60) func noStepWritesWhatIsStillNeeded(_ seed: Int) throws {
    let net = try randomNetwork(UInt64(seed))
    let slabs = try ParameterSlabs(ParameterLayout(net.parameters), stateSlabs: 0)
    for mode in [PlanOptions.Mode.training, .inference] {
      let options = PlanOptions(
        mode: mode, batch: 3, loss: .crossEntropy, threads: 1, allowsLibrary: seed % 2 == 0)
      let graph = Fusion.fuse(try Lowering.graph(of: net, images: 3))
      let builder = PlanBuilder(
        graph: graph, options: options, slabs: slabs, seed: 0, cells: PlanCells())
      try builder.build()
      let (total, _) = builder.place()
      #expect(
        PlanVerifier.firstConflict(builder.buffers, steps: builder.preparation + builder.steps)
          == nil)
      let sum = builder.buffers.lives.map { BufferPlan.padded($0.floats) }.reduce(0, +)
      #expect(total <= sum)
    }
  }

  @Test func verifierFindsAnOverwrittenValue() {
    var buffers = BufferPlan()
    let (a, b, c) = (buffers.add(floats: 8), buffers.add(floats: 8), buffers.add(floats: 8))
    func step(_ reads: [BufferID], _ writes: [BufferID]) -> StepDraft {
      StepDraft(kernel: "", block: BlockID(), path: "", reads: reads, writes: writes) { _ in [] }
    }
    let steps = [step([], [a]), step([a], [b]), step([a, b], [c])]
    for (index, step) in steps.enumerated() {
      for buffer in step.reads + step.writes { buffers.touch(buffer, at: index) }
    }
    // Nothing placed yet: all lie at the arena's start.
    #expect(
      PlanVerifier.firstConflict(buffers, steps: steps)
        == PlanVerifier.Conflict(step: 1, written: 1, overwritten: 0))
    let early = buffers.takeOver(a, by: b)
    let dying = buffers.takeOver(b, by: c)
    #expect(!early)
    #expect(dying)
    buffers.place()
    #expect(PlanVerifier.firstConflict(buffers, steps: steps) == nil)
    #expect(buffers[c].offset == buffers[b].offset)
    #expect(buffers.total == 2 * BufferPlan.padded(8))
  }

  @Test func memoryOfADeepNetworkIsShared() throws {
    let blocks = (0..<10).flatMap { _ in [conv(8, Extents(3)), act(.tanh)] }
    let net = try network([8, 64], blocks + [gap, dense(2)])
    let slabs = try ParameterSlabs(ParameterLayout(net.parameters), stateSlabs: 0)
    let plan = try Plan(
      net, slabs: slabs,
      options: PlanOptions(
        mode: .inference, batch: 16, loss: .crossEntropy, threads: 1, allowsLibrary: false), seed: 0
    )
    let activation = 16 * 64 * 8 * 4
    #expect(plan.arenaBytes < 4 * activation + 40_000)
  }
}

extension Block {
  /// Whether the block's output has other positions than its input.
  fileprivate var changesExtent: Bool {
    switch form {
    case .layer(.convolution(let convolution)): convolution.stride != Extents(1)
    case .layer(.pooling): true
    case .layer, .sequential, .repeated, .shared, .residual, .parallel, .join: false
    }
  }
}
