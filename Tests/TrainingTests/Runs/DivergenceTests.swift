import Engine
import Networks
import Testing

@testable import Training

/// Runs whose loss is no number any more, and runs that cannot begin or go on.
@Suite struct DivergenceTests {
  private func deepNetwork() throws -> Network {
    try network(
      [2, 8],
      [
        conv("conv1", 4), bn("bn1"), relu("relu1"), dense("dense1", 6), relu("relu2"),
        dense("dense2", 3),
      ])
  }

  @Test func namesTheFirstBadBlockAndKeepsTheWeightsBefore() throws {
    let net = try deepNetwork()
    let trainer = Trainer()
    let good = try trainer.run(request(.steps(3), network: net))
    var learned = good.learned
    let key = try #require(net.parameters.first { $0.path == "dense1.weight" }?.key)
    learned.parameters[key]?.values[5] = .infinity
    learned.touch()
    let bad = try trainer.run(request(.steps(5), network: net, learned: learned))
    guard case .failed(.diverged(let step, let loss, let path)) = bad.ending else {
      Issue.record("\(bad.ending)")
      return
    }
    #expect(step == 1)
    #expect(!loss.isFinite)
    #expect(path == "dense1")
    #expect(bad.steps == 0)
    // Running statistics move in the forward pass, which is taken back too.
    #expect(bad.learned.parameters == learned.parameters)
    #expect(bad.learned.optimizerState.moments == learned.optimizerState.moments)
    #expect(trainer.losses(from: 0).isEmpty)
  }

  @Test func anInputThatIsNoNumberLeavesRunningStatisticsAlone() throws {
    let net = try deepNetwork()
    var values = seriesData(count: 5).train.inputs.values
    values[17] = .nan
    let data = Dataset(
      name: "bad", description: "",
      train: Examples(
        inputs: Tensor(shape: [5, 2, 8], values: values),
        targets: .classes([0, 1, 2, 0, 1], names: ["a", "b", "c"])))
    let trainer = Trainer()
    let good = try trainer.run(request(.steps(2), network: net))
    let bad = try trainer.run(request(.steps(5), network: net, learned: good.learned, data: data))
    guard case .failed(.diverged(1, _, "conv1")) = bad.ending else {
      Issue.record("\(bad.ending.words)")
      return
    }
    #expect(bad.learned.parameters == good.learned.parameters)
  }

  @Test func aRateThatIsTooHighDiverges() throws {
    let net = try network([2, 8], [dense("dense1", 8), relu("relu1"), dense("dense2", 3)])
    let wild = Optimizer(.sgd(momentum: 0, nesterov: false), learningRate: 1e12)
    let trainer = Trainer()
    let result = try trainer.run(request(.epochs(100), network: net, optimizer: wild))
    guard case .failed(.diverged(let step, _, let path)) = result.ending else {
      Issue.record("\(result.ending.words)")
      return
    }
    #expect(step == result.steps + 1)
    #expect(path != nil)
    #expect(result.learned.steps == result.steps)
    #expect(trainer.losses(from: 0).count == result.steps)
    #expect(trainer.losses(from: 0).allSatisfy { $0.loss.isFinite })
    for key in result.learned.parameters.keys {
      let values = try #require(result.learned.parameters[key]).values
      #expect(values.allSatisfy { $0.isFinite })
    }
  }

  /// What the engine refuses, before anything is trained.
  @Test func refusedRuns() throws {
    let gap = leaf("gap1", .globalPooling(.average))
    let classes = seriesData(count: 24)
    let none = Dataset(
      name: "none", description: "",
      train: Examples(inputs: Tensor(shape: [0, 2, 8]), targets: .classes([], names: [])))
    var regression = request(.steps(1), network: try seriesNetwork())
    regression.recipe.loss = .l2
    let cases: [(RunRequest, String)] = [
      (
        request(.steps(1), network: try network([2, 9], [gap, dense("dense1", 3)])),
        "the network takes inputs of 2×9, the data has 2×8: input 2x8"
      ),
      (
        request(.steps(1), network: try network([2, 8], [conv("conv1", 3)])),
        """
        cross_entropy compares one score per class, but the output is 3×8: add gap, then add dense 10 \
        with as many units as classes
        """
      ),
      (
        request(.steps(9), network: try network([2, 8], [gap, dense("dense1", 2)])),
        "label 2 needs at least 3 outputs, the network has 2: add dense 3"
      ),
      (regression, "l2 needs numbers as targets, the data has classes: loss cross_entropy"),
      (
        request(
          .steps(9), network: try network([2, 8], [dense("dense1", 3), bn("bn1")]), data: classes,
          batch: 1),
        """
        batch normalization bn1 sees one value per channel, which has no variance: take a larger \
        batch (batch 32), or remove bn1
        """
      ),
      (
        request(.steps(1), network: try seriesNetwork(), data: none),
        "a batch has at least one example, not 0: batch 32"
      ),
    ]
    for (request, text) in cases {
      let trainer = Trainer()
      let result = try trainer.run(request)
      #expect(result.ending.words == text)
      #expect(result.steps == 0)
      #expect(result.epochs.isEmpty)
      #expect(!trainer.isRunning)
    }
  }

  /// What was learned before a run fails is kept, and the trainer knows it.
  @Test func aRunThatFailsLaterKeepsWhatItHasLearned() throws {
    let net = try network([2, 8], [dense("dense1", 2)])
    let good = seriesData(count: 24).train
    var labels = [Int32](repeating: 1, count: 24)
    // The last of all batches has a label that the network has no output for.
    let order = BatchOrder(exampleCount: 24, batchSize: 5, seed: 1)
    labels[Int(order.positions(inEpoch: 0)[23])] = 2
    let data = Dataset(
      name: "late", description: "",
      train: Examples(inputs: good.inputs, targets: .classes(labels, names: ["a", "b", "c"])))
    let trainer = Trainer()
    let result = try trainer.run(request(.epochs(1), network: net, data: data))
    #expect(
      result.ending.words == "label 2 needs at least 3 outputs, the network has 2: add dense 3")
    #expect(result.steps == 4)
    #expect(result.learned.steps == 4)
    let expected = try Trainer().run(request(.steps(4), network: net, data: data))
    #expect(result.learned.parameters == expected.learned.parameters)
    let look = request(.steps(0), network: net, learned: result.learned)
    let (outputs, _) = try trainer.predict(look, inputs: good.inputs)
    let (others, _) = try Trainer().predict(look, inputs: good.inputs)
    #expect(outputs == others)
  }

  @Test func refusedLooks() throws {
    let net = try seriesNetwork()
    let look = request(.steps(0), network: net)
    let wide = Tensor(shape: [1, 2, 9])
    #expect(throws: EngineError.inputShape(expected: Shape([2, 8]), found: Shape([2, 9]))) {
      try Trainer().predict(look, inputs: wide)
    }
    #expect(throws: EngineError.targetKind(loss: .crossEntropy)) {
      try Trainer().evaluate(
        look,
        on: Examples(
          inputs: Tensor(shape: [1, 2, 8]), targets: .values(Tensor(shape: [1, 3]))))
    }
  }
}
