import Networks
import Testing

@testable import Engine

/// Memory that goes from plan to plan: what is in it, and that it changes no bit of what is computed.
@Suite struct ArenaTests {
  #if os(Linux)
    @Test(
      "an arena takes over another one's memory, whatever their sizes",
      arguments: [
        (1 << 12, 1 << 13), (1 << 13, 1 << 12), (1 << 20, 3 << 20), (3 << 20, 1 << 20),
        (3 << 20, 3 << 20 + 7),
      ])
    func takesOver(first: Int, second: Int) throws {
      let old = try Arena(count: first)
      for index in 0..<first { old.start[index] = Float(index) }
      let new = try Arena(count: second, inPlaceOf: old)
      #expect(new.count == second)
      let shared = min(first, second)
      #expect((0..<shared).allSatisfy { new.start[$0] == Float($0) })
      new.start[second - 1] = 1
      // What is given away is not given twice.
      let other = try Arena(count: second, inPlaceOf: old)
      #expect(other.start != new.start)
      #expect((0..<second).allSatisfy { other.start[$0] == 0 })
    }
  #endif

  @Test("more memory than there is is refused, and what was offered stays as it is")
  func refused() throws {
    let old = try Arena(count: 1 << 21)
    old.start[5] = 3
    #expect(throws: EngineError.self) { try Arena(count: 1 << 50, inPlaceOf: old) }
    #expect(throws: EngineError.self) { try Arena(count: .max, inPlaceOf: old) }
    #expect(old.start[5] == 3)
  }

  /// A run of two steps, an edit and two steps, whose memory is full of what is no number when the edit comes.
  private func learned(_ seed: Int, keepsMemory: Bool) throws -> (losses: [Double], Model) {
    let net = try PlanTests().randomNetwork(UInt64(seed))
    let model = try Model(
      network: net, parameters: randomParameters(net, seed: UInt64(seed) + 1),
      optimizer: Optimizer(.sgd(momentum: 0.9, nesterov: false), learningRate: 0.01),
      threads: 2, usesLibrary: seed % 2 == 0)
    let batch = examples(net, count: 3, seed: UInt64(seed) + 2)
    var losses = try [model.step(batch).loss, model.step(batch).loss]
    let root = Block(
      name: "", form: .sequential(BlockList([Block(name: "seq9", form: net.root.form), relu])))
    let arena = model.lastTrainingPlan?.arena
    if let arena {
      UnsafeMutableBufferPointer(start: arena.start, count: arena.count).update(repeating: .nan)
    }
    _ = try model.adopt(try Network(input: net.input, root: root))
    if !keepsMemory { model.freeSpare() }
    losses += try [model.step(batch).loss, model.step(batch).loss]
    return (losses, model)
  }

  @Test("a step after an edit has the same bits in memory that was used before", arguments: 0..<24)
  func sameBits(seed: Int) throws {
    let (losses, model) = try learned(seed, keepsMemory: true)
    let (expected, fresh) = try learned(seed, keepsMemory: false)
    #expect(losses == expected && losses.allSatisfy(\.isFinite))
    #expect(Self.values(model.parameters, of: model) == Self.values(fresh.parameters, of: fresh))
    #expect(Self.values(model.gradients, of: model) == Self.values(fresh.gradients, of: fresh))
  }

  /// What a store has of a model's parameters, in their order.
  private static func values(_ store: ParameterStore, of model: Model) -> [[Float]] {
    model.network.parameters.map { store[$0.key]?.values ?? [] }
  }

  #if os(Linux)
    @Test("the step after an edit has the memory of the one before, until the run is over")
    func keepsMemory() throws {
      let net = try network([2, 64], [conv(8, Extents(3)), relu, gap, dense(3)])
      let model = try Model(network: net, usesLibrary: false)
      let batch = examples(net, count: 4)
      _ = try model.step(batch)
      let start = model.lastTrainingPlan?.arena.start
      start?[0] = 7
      _ = try model.adopt(net)
      _ = try model.trainingLoss(batch, rows: 0..<4)
      #expect(try model.plan(batch: 4, mode: .training).arena.start == start)
      _ = try model.step(batch)
      _ = try model.adopt(net)
      model.freeSpare()
      let after = try model.plan(batch: 4, mode: .training).arena.start
      #expect((0..<64).allSatisfy { after[$0] == 0 })
    }
  #endif
}
