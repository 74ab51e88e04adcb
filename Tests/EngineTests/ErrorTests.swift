import Networks
import Testing

@testable import Engine

/// Every refusal with its full text.
@Suite struct ErrorTests {
  private func text(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test func normalizationOfOneValue() throws {
    let net = try network([3], [dense(4), residual([dense(4), bn(), relu]), dense(2)])
    let model = try Model(network: net, usesLibrary: false)
    let batch = examples(net, count: 3)
    #expect(
      text { _ = try model.step(batch, rows: 0..<1) } == """
        batch normalization res1.body.bn1 sees one value per channel, which has no variance: \
        take a larger batch (batch 32), or remove res1.body.bn1
        """)
    #expect(try model.evaluate(batch, rows: 0..<1).count == 1)
    #expect(try model.step(batch).count == 3)
  }

  @Test func lossAgainstOutput() throws {
    let series = try network([2, 8], [conv(3, Extents(3))])
    let model = try Model(network: series, usesLibrary: false)
    let batch = Examples(
      inputs: inputs(series, count: 2), targets: .classes([0, 1], names: ["a", "b"]))
    #expect(
      text { _ = try model.step(batch) } == """
        cross_entropy compares one score per class, but the output is 3×8: \
        add gap, then add dense 10 with as many units as classes
        """)
  }

  @Test func labels() throws {
    let net = try network([3], [dense(2)])
    let model = try Model(network: net, usesLibrary: false)
    let batch = Examples(inputs: inputs(net, count: 2), targets: .classes([0, 9], names: []))
    #expect(
      text { _ = try model.step(batch) }
        == "label 9 needs at least 10 outputs, the network has 2: add dense 10")
    let negative = Examples(inputs: inputs(net, count: 1), targets: .classes([-1], names: []))
    #expect(text { _ = try model.step(negative) } == "label -1 is no class: labels count from 0")
  }

  @Test func targets() throws {
    let net = try network([3], [dense(2)])
    let model = try Model(network: net, usesLibrary: false)
    let numbers = Examples(
      inputs: inputs(net, count: 2), targets: .values(Tensor(shape: [2, 5], filledWith: 1)))
    #expect(
      text { _ = try model.step(numbers) }
        == "cross_entropy needs classes, the data has numbers as targets: loss l2")
    model.use(.huber)
    #expect(
      text { _ = try model.step(numbers) }
        == "the output is 2, the data has targets of 5: add dense 5")
    let classes = examples(net, count: 2)
    #expect(
      text { _ = try model.step(classes) }
        == "huber needs numbers as targets, the data has classes: loss cross_entropy")
    let nothing = Examples(inputs: inputs(net, count: 2), targets: .none)
    #expect(
      text { _ = try model.step(nothing) }
        == "the data has no targets to compare with: predict needs none")
  }

  @Test func inputShapes() throws {
    let net = try network([2, 8], [gap, dense(2)])
    let model = try Model(network: net, usesLibrary: false)
    let other = try network([2, 9], [gap, dense(2)])
    #expect(
      text { _ = try model.step(examples(other, count: 2)) }
        == "the network takes inputs of 2×8, the data has 2×9: input 2x9")
    #expect(
      text { _ = try model.predict(Tensor(shape: [1, 4])) }
        == "the network takes inputs of 2×8, the data has 4: input 4")
  }

  @Test func batches() throws {
    let net = try network([3], [dense(2)])
    let model = try Model(network: net, usesLibrary: false)
    #expect(
      text { _ = try model.step(examples(net, count: 2), rows: 0..<0) }
        == "a batch has at least one example, not 0: batch 32")
    let wide = try network([1 << 20, 200], [leaf(.identity)])
    let large = try Model(network: wide, loss: .l2, usesLibrary: false)
    #expect(
      text {
        _ = try large.plan(PlanOptions(mode: .inference, batch: 100, loss: .l2, threads: 1))
      } == "a batch of 100 examples is too large: batch 32")
  }

  @Test func memory() throws {
    let error = EngineError.memory(needed: 123_456_789_012, available: 25_000_000_000, batch: 8)
    #expect(
      "\(error)" == """
        this needs 123 GB of memory, 25.0 GB can be had: \
        take a smaller batch (batch 8) or fewer channels
        """)
    #expect(
      "\(EngineError.memory(needed: 9_940, available: 512))"
        == "this needs 9.9 KB of memory, 512 bytes can be had: take fewer channels")
  }

  @Test func moreMemoryThanThereIsIsRefusedBeforeAnyIsTouched() throws {
    let net = try network([1 << 20, 256], [gap])
    let model = try Model(network: net, usesLibrary: false)
    let options = PlanOptions(mode: .training, batch: 1 << 20, loss: .l2, threads: 1)
    let found = text { _ = try Plan(net, slabs: model.slabs, options: options, seed: 0) }
    #expect(found.hasPrefix("this needs 1.1 PB of memory, "))
    #expect(found.hasSuffix(" can be had: take fewer channels"))
  }

  @Test func severalOutputs() {
    #expect(
      "\(EngineError.severalOutputs(3))"
        == "bce takes one output, the network has 3: loss cross_entropy")
  }

  @Test func others() {
    #expect(
      "\(EngineError.kernel(path: "conv1", status: 3))" == """
        the kernel of conv1 failed with status 3: ESPALIER_NO_ONEDNN=1 runs without oneDNN
        """)
    let stray = StrayNumber(number: 40, path: "embedding1", vocabulary: 27)
    #expect(
      "\(EngineError.stray(stray))" == """
        embedding1 takes whole numbers from 0 to 26, found 40: set embedding1 vocabulary=41
        """)
    #expect("\(EngineError.unshaped(path: "conv1"))" == "block conv1 has no shape")
    #expect("\(EngineError.interrupted)" == "stopped by Ctrl-C")
    #expect(
      "\(EngineError.targetShape(expected: Shape([2, 3]), found: [3, 2]))"
        == "the output is 2×3, the data has targets of 3×2: their numbers must agree")
  }
}
