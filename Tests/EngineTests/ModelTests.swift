import Networks
import Testing

@testable import Engine

/// What a model promises as a whole: reproducible bits, batches of any size, edits that keep what was learned.
@Suite struct ModelTests {
  private func seedBlock() throws -> Network {
    try network(
      [1, 32],
      [
        residual(
          activation: .relu,
          [
            conv(10, Extents(3)) { $0.stride = Extents(2) }, bn(), relu, conv(10, Extents(3)), bn(),
            relu,
          ]), leaf(.dropout(Dropout(rate: 0.2))), gap, dense(4),
      ])
  }

  @Test(arguments: [false, true]) func sameSeedSameBits(_ usesLibrary: Bool) throws {
    let net = try seedBlock()
    let batch = examples(net, count: 16)
    var stores: [ParameterStore] = []
    for _ in 0..<2 {
      let model = try Model(
        network: net, optimizer: .adam, seed: 7, usesLibrary: usesLibrary,
        prefersDirect: !usesLibrary)
      for _ in 0..<10 { _ = try model.step(batch) }
      stores.append(model.parameters)
    }
    #expect(stores[0] == stores[1])
    let other = try Model(
      network: net, optimizer: .adam, seed: 8, usesLibrary: usesLibrary,
      prefersDirect: !usesLibrary)
    for _ in 0..<10 { _ = try other.step(batch) }
    #expect(other.parameters != stores[0])
  }

  @Test(arguments: [false, true]) func otherThreadCountsAgreeToRounding(_ usesLibrary: Bool) throws
  {
    let net = try network(
      [3, 24, 24],
      [
        conv(24, Extents(3)), bn(), relu,
        residual(
          activation: .relu, [conv(24, Extents(3)), bn(), relu, conv(24, Extents(3)), bn()]),
        pool(.maximum, Extents(2)), conv(20, Extents(3)) { $0.activation = .tanh }, gap, dense(3),
      ])
    let batch = examples(net, count: 16)
    var losses: [[Double]] = []
    for threads in [1, 2, 2, 3] {
      let model = try Model(
        network: net,
        optimizer: Optimizer(.sgd(momentum: 0.9, nesterov: false), learningRate: 0.02),
        seed: 7, threads: threads, usesLibrary: usesLibrary, prefersDirect: !usesLibrary)
      losses.append(try (0..<4).map { _ in try model.step(batch).loss })
    }
    #expect(losses[1] == losses[2])
    for other in losses.dropFirst() {
      for (left, right) in zip(losses[0], other) { #expect(abs(left - right) < 1e-4 * left) }
    }
  }

  @Test func learns() throws {
    let net = try seedBlock()
    let batch = examples(net, count: 16)
    let model = try Model(
      network: net, optimizer: Optimizer(Optimizer.adam.rule, learningRate: 0.01), seed: 1)
    let first = try model.step(batch)
    for _ in 0..<300 { _ = try model.step(batch) }
    let last = try model.evaluate(batch, rows: 0..<16)
    #expect(first.loss > 1)
    #expect(last.loss < 0.3)
    #expect(last.correct >= 14)
    #expect(model.steps == 301)
  }

  @Test func runningStatisticsFollowTheBatch() throws {
    let net = try network([2, 4], [bn { $0.momentum = 0.7 }, gap])
    let model = try Model(network: net, usesLibrary: false)
    let batch = examples(net, count: 3)
    _ = try model.step(batch, learningRate: 0)
    let key = net.parameters[0].key.block
    for channel in 0..<2 {
      let values = (0..<3).flatMap { n in
        (0..<4).map { Double(batch.inputs.values[(n * 2 + channel) * 4 + $0]) }
      }
      let mean = values.reduce(0, +) / 12
      let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 12
      let store = model.parameters
      let runningMean = store[ParameterKey(block: key, role: .runningMean)]?.values[channel] ?? 0
      let runningVariance =
        store[ParameterKey(block: key, role: .runningVariance)]?.values[channel] ?? 0
      #expect(abs(Double(runningMean) - 0.3 * mean) < 1e-6)
      #expect(abs(Double(runningVariance) - (0.7 + 0.3 * variance)) < 1e-6)
    }
  }

  @Test func predictionsDoNotDependOnTheirBatches() throws {
    let net = try seedBlock()
    let model = try Model(network: net, parameters: randomParameters(net), usesLibrary: false)
    let inputs = inputs(net, count: 11)
    let all = try model.predict(inputs)
    #expect(try model.predict(inputs, batch: 4) == all)
    #expect(try model.predict(inputs, batch: 1) == all)
    #expect(try model.predict(Tensor(shape: [0, 1, 32])).shape == [0, 4])
  }

  @Test func rowsAreGathered() throws {
    let net = try network([2, 5], [conv(3, Extents(3)), gap, dense(2)])
    let all = examples(net, count: 6)
    let model = try Model(network: net, parameters: randomParameters(net), usesLibrary: false)
    let chosen = try model.differentiate(all, rows: [4, 1])
    let gradients = model.gradients
    let size = net.input.count
    let picked = Tensor(
      shape: [2] + net.input.extents,
      values: [4, 1].flatMap { all.inputs.values[$0 * size..<($0 + 1) * size] })
    guard case .classes(let labels, let names) = all.targets else { return }
    let two = Examples(inputs: picked, targets: .classes([labels[4], labels[1]], names: names))
    #expect(try model.differentiate(two, rows: 0..<2) == chosen)
    #expect(model.gradients == gradients)
  }

  @Test(arguments: [Loss.l2, .l1, .huber]) func regression(_ loss: Loss) throws {
    let net = try network([2, 6], [conv(3, Extents(3)), relu, conv(2, Extents(3))])
    let parameters = randomParameters(net)
    var dice = Dice(5)
    let values = (0..<3 * net.output.count).map { _ in dice.signed() * 3 }
    let batch = Examples(
      inputs: inputs(net, count: 3),
      targets: .values(Tensor(shape: [3] + net.output.extents, values: values)))
    let model = try Model(network: net, parameters: parameters, loss: loss, usesLibrary: false)
    let found = try model.differentiate(batch, rows: 0..<3)
    var reference = Reference(net, parameters, isTraining: true)
    let expected = Reference.loss(loss.name, reference.output(batch.inputs), batch.targets)
    #expect(abs(found.loss - expected) < 1e-5)
    #expect(found.correct == 0)
    let key = net.parameters[0].key
    for index in [0, 7, 13] {
      let value = reference.parameters[key]?[index] ?? 0
      var losses: [Double] = []
      for nudge in [1e-6, -1e-6] {
        reference.parameters[key]?[index] = value + nudge
        losses.append(Reference.loss(loss.name, reference.output(batch.inputs), batch.targets))
      }
      reference.parameters[key]?[index] = value
      let slope = (losses[0] - losses[1]) / 2e-6
      #expect(abs(Double(model.gradients[key]?.values[index] ?? 0) - slope) < 1e-4)
    }
  }

  @Test func adoptsAnEditedNetwork() throws {
    let first = conv(5, Extents(3))
    let head = dense(3)
    let before = try network([2, 8], [first, relu, gap, head])
    let batch = examples(before, count: 6)
    let model = try Model(network: before, optimizer: .adam, seed: 3, usesLibrary: false)
    for _ in 0..<4 { _ = try model.step(batch) }
    let (old, oldState) = (model.parameters, model.optimizerState)
    let kept = numbered([first, relu, gap, head])
    let blocks = [kept[0], Block(name: "bn1", form: bn().form)] + kept[1...]
    let after = try Network(
      input: before.input, root: Block(name: "", form: .sequential(BlockList(blocks))))
    let adoption = try model.adopt(after)
    #expect(
      adoption.kept.map(\.path) == ["conv1.weight", "conv1.bias", "dense1.weight", "dense1.bias"])
    #expect(
      adoption.new.map(\.path) == [
        "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var",
      ])
    #expect(adoption.given.isEmpty)
    for key in old.keys { #expect(model.parameters[key] == old[key]) }
    for key in old.keys {
      #expect(model.optimizerState.moments[0][key] == oldState.moments[0][key])
      #expect(model.optimizerState.updates[key] == 4)
    }
    #expect(model.optimizerState.updates[after.parameters[2].key] == 0)
    _ = try model.step(batch)
    #expect(model.optimizerState.updates[after.parameters[0].key] == 5)
    #expect(model.optimizerState.updates[after.parameters[2].key] == 1)
    let back = try model.adopt(before, given: old, givenState: oldState)
    #expect(back.given.count == 4)
    #expect(model.parameters == old)
    #expect(model.optimizerState.moments == oldState.moments)
    #expect(model.optimizerState.updates == oldState.updates)
  }

  @Test func aLossThatIsNoNumberChangesNothingAndIsLocated() throws {
    let net = try network([3], [dense(4), relu, residual([dense(4), relu]), dense(2)])
    var parameters = randomParameters(net)
    let model = try Model(network: net, parameters: parameters, usesLibrary: false)
    let batch = examples(net, count: 3)
    #expect(try model.firstNonFinite() == nil)
    _ = try model.step(batch)
    #expect(try model.firstNonFinite() == nil)
    let key = net.parameters[2].key
    parameters[key]?.values[1] = .infinity
    model.set(parameters)
    let result = try model.step(batch)
    #expect(!result.isFinite)
    #expect(model.parameters == parameters)
    #expect(model.steps == 1)
    #expect(try model.firstNonFinite()?.path == "res1.body.dense1")
  }

  @Test func tracesEveryBlock() throws {
    let net = try network(
      [2, 6], [conv(3, Extents(3)), bn(), relu, residual([conv(3, Extents(3))])])
    let parameters = randomParameters(net)
    let model = try Model(network: net, parameters: parameters, loss: .l2, usesLibrary: false)
    let batch = Examples(inputs: inputs(net, count: 4), targets: .none)
    let traces = try model.trace(batch, rows: 0..<4, training: false)
    #expect(
      traces.map(\.path) == [
        "conv1", "bn1", "relu1", "res1.body.conv1", "res1.body", "res1.shortcut", "res1",
      ])
    let outputs = try model.outputs(batch.inputs, rows: 0..<4)
    let prediction = try model.predict(batch.inputs)
    for (left, right) in zip(outputs[net.root.children[3].id]?.values ?? [], prediction.values) {
      #expect(abs(left - right) < 1e-5)
    }
    let values = (outputs[net.root.children[2].id]?.values ?? []).map { Double($0) }
    let mean = values.reduce(0, +) / Double(values.count)
    #expect(abs(traces[2].mean - mean) < 1e-6)
    #expect(traces[2].zeros == Double(values.filter { $0 == 0 }.count) / Double(values.count))
    #expect(traces[2].minimum == 0)
    #expect(traces.allSatisfy { $0.isFinite })
    #expect(model.parameters == parameters)
    _ = try model.trace(batch, rows: 0..<4, training: true)
    #expect(model.parameters == parameters)
  }

  @Test func dropoutKeepsTheMeanAndIsOffInInference() throws {
    let net = try network([1000], [leaf(.dropout(Dropout(rate: 0.25)))])
    let model = try Model(network: net, loss: .l2, seed: 3, usesLibrary: false)
    let ones = Examples(inputs: Tensor(shape: [4, 1000], filledWith: 1), targets: .none)
    let trace = try model.trace(ones, rows: 0..<4, training: true)
    #expect(abs(trace[0].zeros - 0.25) < 0.03)
    #expect(trace[0].maximum == Float(1) / 0.75)
    #expect(try model.predict(ones.inputs) == ones.inputs)
  }

  @Test func emptyNetworkAnswersItsInput() throws {
    let net = try Network(input: Shape([2, 3]))
    let model = try Model(network: net, loss: .l2, usesLibrary: false)
    let batch = inputs(net, count: 2)
    #expect(try model.predict(batch) == batch)
    let same = Examples(inputs: batch, targets: .values(batch))
    #expect(try model.step(same).loss == 0)
  }

  @Test func reportNamesEveryStep() throws {
    let net = try seedBlock()
    let model = try Model(network: net, usesLibrary: false)
    let report = try model.report(batch: 8, runs: 2)
    let kernels = Set(report.lines.map(\.kernel))
    #expect(
      kernels.isSuperset(of: ["convolution direct", "bn relu", "bn bn add relu", "pack"])
        || kernels.contains("bn add relu"))
    #expect(report.lines.contains { $0.path == "loss" && $0.kernel == "loss cross_entropy" })
    #expect(report.arenaBytes > 0 && report.parameterBytes > 0)
    #expect(report.threads == 1)
  }
}
