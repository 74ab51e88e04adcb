import Engine
import Networks
import Testing

@testable import Training

/// Weights follow the blocks they belong to, through all edits.
@Suite struct WorkbenchTests {
  private let trainer = Trainer()

  /// A network with an inner layer that edits may touch.
  private func blocks() -> [Block] {
    [
      conv("conv1", 4), bn("bn1"), relu("relu1"), leaf("gap1", .globalPooling(.average)),
      dense("dense1", 3),
    ]
  }

  private func train(_ network: Network, _ learned: LearnedState = LearnedState()) throws
    -> LearnedState
  {
    try trainer.run(request(.steps(4), network: network, learned: learned, optimizer: .adam))
      .learned
  }

  /// A look brings the network into the model that is still in memory, or into a fresh one.
  private func look(_ network: Network, _ learned: LearnedState, forgets: Bool) throws
    -> LearnedState
  {
    if forgets { _ = try train(try seriesNetwork()) }
    let request = request(.steps(0), network: network, learned: learned, optimizer: .adam)
    return try trainer.evaluate(request, on: request.data.train).1
  }

  @Test(arguments: [false, true]) func anInsertedBlockIsNewAllOthersStay(forgets: Bool) throws {
    let blocks = blocks()
    let before = try network([2, 8], blocks)
    let learned = try train(before)
    let inserted = conv("conv2", 4)
    let after = try network([2, 8], Array(blocks[..<3]) + [inserted] + Array(blocks[3...]))
    let looked = try look(after, learned, forgets: forgets)
    for specification in before.parameters {
      let key = specification.key
      #expect(looked.parameters[key] == learned.parameters[key], "\(specification.path)")
    }
    let fresh = after.parameters.filter { $0.key.block == inserted.id }
    #expect(fresh.count == 2)
    for specification in fresh {
      let drawn = try Initializer.he.values(for: specification, seed: 1)
      #expect(looked.parameters[specification.key] == drawn)
    }
    // And the optimizer goes on where it was: seven more updates for what was there, four for the new.
    let further = try train(after, looked)
    for specification in after.parameters where specification.isLearnable {
      let isNew = specification.key.block == inserted.id
      #expect(further.optimizerState.updates[specification.key] == (isNew ? 4 : 8))
    }
  }

  /// Momenta that an edit keeps are those of an unedited run.
  @Test(arguments: [false, true]) func anEditThatChangesNothingChangesNoBit(forgets: Bool) throws {
    let blocks = blocks()
    let before = try network([2, 8], blocks)
    let learned = try train(before)
    let expected = try train(before, learned)
    let wrapped = Block(name: "seq1", form: .sequential(BlockList(blocks[..<3])))
    let after = try network([2, 8], [wrapped] + Array(blocks[3...]))
    let looked = try look(after, learned, forgets: forgets)
    let further = try train(after, looked)
    for specification in after.parameters {
      let key = specification.key
      #expect(further.parameters[key] == expected.parameters[key], "\(specification.path)")
    }
    #expect(further.optimizerState == expected.optimizerState)
  }

  @Test(arguments: [false, true]) func aChangedShapeStartsAnew(forgets: Bool) throws {
    var blocks = blocks()
    let before = try network([2, 8], blocks)
    let learned = try train(before)
    blocks[0] = Block(
      id: blocks[0].id, name: "conv1",
      form: .layer(.convolution(Convolution(channels: 5, kernel: Extents(3)))))
    let after = try network([2, 8], blocks)
    let looked = try look(after, learned, forgets: forgets)
    let kept = after.parameters.filter { $0.path == "dense1.bias" }
    #expect(kept.count == 1)
    for specification in after.parameters {
      let isKept = specification.path == "dense1.bias"
      let expected =
        isKept
        ? learned.parameters[specification.key]
        : try Initializer.he.values(for: specification, seed: 1)
      #expect(looked.parameters[specification.key] == expected, "\(specification.path)")
    }
  }

  @Test func aLookAtAnEditedNetworkThenBackLosesNothing() throws {
    let blocks = blocks()
    let before = try network([2, 8], blocks)
    let learned = try train(before)
    let short = try network([2, 8], Array(blocks[3...]))
    _ = try look(short, learned, forgets: false)
    let back = try look(before, learned, forgets: false)
    #expect(back.parameters == learned.parameters)
    let further = try train(before, back)
    let other = Trainer()
    let expected = try other.run(request(.steps(8), network: before, optimizer: .adam))
    #expect(further.parameters == expected.learned.parameters)
    #expect(further.optimizerState == expected.learned.optimizerState)
  }

  @Test func drawnWeightsDoNotDependOnWhatWasThereBefore() throws {
    let net = try seriesNetwork()
    let first = try look(net, LearnedState(), forgets: false)
    let second = try look(net, LearnedState(), forgets: true)
    #expect(first.parameters == second.parameters)
    #expect(first.parameters.count == net.parameters.count)
  }
}
