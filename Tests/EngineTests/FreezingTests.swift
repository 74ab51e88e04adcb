import Networks
import Testing

@testable import Engine

/// Parameters that are frozen stay to the bit; all others learn as they would.
@Suite struct FreezingTests {
  /// A network with blocks of every kind that learns, of which those marked are frozen.
  private func mixed(_ frozen: Set<Int> = []) throws -> Network {
    var blocks = [
      conv(4, Extents(3)), bn(), relu,
      residual(activation: .relu, [conv(6, Extents(3)), bn(), relu, conv(6, Extents(1)), bn()]),
      parallel(
        .concatenate,
        [
          [
            conv(3, Extents(1)),
            leaf(.exampleNormalization(ExampleNormalization(over: .groups(1)))),
          ],
          [bn(), leaf(.scale(Scale(start: 0.5, isShared: false)))],
        ]), leaf(.scale(Scale(start: 0.5))),
      conv(5, Extents(3)) { $0.groups = 1 }, gap, dense(6) { $0.activation = .tanh }, dense(3),
    ]
    for index in blocks.indices where frozen.contains(index) { blocks[index].isFrozen = true }
    return try network([2, 9], blocks)
  }

  @Test(arguments: OptimizationTests.optimizers)
  func staysToTheBitWhateverTheOptimizer(_ optimizer: Optimizer) throws {
    for frozen: Set<Int> in [[0, 1], [3], [9], [0, 4, 8], [1, 5], [0, 1, 3, 4, 5, 6, 8]] {
      let net = try mixed(frozen)
      let batch = examples(net, count: 5)
      let model = try Model(
        network: net, parameters: randomParameters(net), optimizer: optimizer)
      let (before, state) = (model.parameters, model.optimizerState)
      for _ in 0..<7 { _ = try model.step(batch) }
      let (after, later) = (model.parameters, model.optimizerState)
      var held = 0
      for specification in net.parameters where specification.isLearnable {
        let key = specification.key
        // Biases before a normalization have no gradient.
        if specification.isFrozen || key.role == .weight {
          #expect((after[key] == before[key]) == specification.isFrozen, "\(specification.path)")
        }
        #expect(later.updates[key] == (specification.isFrozen ? 0 : 7))
        guard specification.isFrozen else { continue }
        held += 1
        for index in state.moments.indices {
          #expect(later.moments[index][key] == state.moments[index][key])
        }
      }
      #expect(held > 0)
      for specification in net.parameters where !specification.isLearnable {
        #expect(after[specification.key] != before[specification.key], "\(specification.path)")
      }
    }
  }

  @Test func freezingAndFreeingKeepsWhatTheOptimizerRemembers() throws {
    let free = try mixed()
    let batch = examples(free, count: 5)
    let model = try Model(network: free, parameters: randomParameters(free), optimizer: .adam)
    for _ in 0..<3 { _ = try model.step(batch) }
    let (before, state) = (model.parameters, model.optimizerState)
    let first = try #require(free.root.children.first?.id)
    var root = free.root
    let children = root.children.map { child in
      var child = child
      child.isFrozen = child.id == first
      return child
    }
    root.form = .sequential(BlockList(children))
    _ = try model.adopt(try Network(input: free.input, root: root))
    for _ in 0..<4 { _ = try model.step(batch) }
    _ = try model.adopt(free)
    for specification in free.parameters where specification.isLearnable {
      let (key, isHeld) = (specification.key, specification.key.block == first)
      #expect((model.parameters[key] == before[key]) == isHeld)
      #expect(model.optimizerState.updates[key] == (isHeld ? 3 : 7))
      if isHeld { #expect(model.optimizerState.moments[0][key] == state.moments[0][key]) }
    }
    _ = try model.step(batch)
    let key = ParameterKey(block: first, role: .weight)
    #expect(model.parameters[key] != before[key])
    #expect(model.optimizerState.updates[key] == 4)
  }

  @Test(arguments: [[], [0], [0, 1], [3], [4, 5], [9], [0, 1, 3, 4, 5, 6, 8]] as [Set<Int>])
  func gradientsOfTheOthersAreTheSame(_ frozen: Set<Int>) throws {
    let (free, held) = (try mixed(), try mixed(frozen))
    let batch = examples(free, count: 5)
    func gradients(_ net: Network) throws -> [String: [Float]] {
      let model = try Model(network: net, parameters: randomParameters(net))
      _ = try model.differentiate(batch, rows: 0..<5)
      return Dictionary(
        uniqueKeysWithValues: net.parameters.compactMap { specification in
          model.gradients[specification.key].map { (specification.path, $0.values) }
        })
    }
    let (all, some) = (try gradients(free), try gradients(held))
    #expect(
      Set(some.keys)
        == Set(held.parameters.filter { $0.isLearnable && !$0.isFrozen }.map(\.path)))
    for (path, values) in some {
      let expected = try #require(all[path])
      let largest = max(1, expected.map(abs).max() ?? 0)
      for (found, wanted) in zip(values, expected) {
        #expect(abs(found - wanted) <= 1e-5 * largest, "\(path)")
      }
    }
  }

  @Test func nothingIsComputedBackwardBelowTheLastFrozenBlock() throws {
    func backward(_ frozen: Set<Int>) throws -> [String] {
      let net = try mixed(frozen)
      return try Model(network: net).report(batch: 5, runs: 1).lines
        .filter { $0.kernel.contains("gradient") || $0.kernel.contains("backward") }.map(\.path)
    }
    #expect(try Set(backward([])).contains("conv1"))
    #expect(try Set(backward([0, 1, 3, 4, 5, 6, 8])) == ["dense2"])
    let middle = try Set(backward([0, 1, 3]))
    #expect(middle.isDisjoint(with: ["conv1", "bn1", "relu1", "res1", "res1.body.conv1"]))
    #expect(middle.contains("conv2"))
    #expect(try backward([0, 1, 3, 4, 5, 6, 8, 9]).isEmpty)
  }
}
