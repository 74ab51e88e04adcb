import Engine
import Networks
import Testing

@testable import Training

/// Metrics of whole parts of the data, at rest and while a run goes on.
struct MeasuringTests {
  @Test("examples that come in batches of any size are counted alike")
  func batches() throws {
    let examples = seriesData(count: 50).train
    let model = try Model(network: try seriesNetwork(), seed: 1)
    let whole = try #require(
      try Evaluation(model, on: examples, measuring: Measures(matrix: true, mistakes: 50)) {
        false
      })
    for size in [1, 7, 49, 50] {
      var gauge = try Gauge(Measures(matrix: true, mistakes: 50), model, on: examples)
      for first in stride(from: 0, to: 50, by: size) {
        _ = try gauge.measure(examples, rows: first..<min(first + size, 50), by: model)
      }
      #expect(gauge.metrics == whole.metrics)
      #expect(gauge.mistakes?.worst.map(\.example) == whole.mistakes?.worst.map(\.example))
    }
  }

  @Test("nothing besides the loss is measured where it is not asked for")
  func onDemand() throws {
    let trainer = Trainer()
    let run = request(.steps(0), network: try seriesNetwork())
    let (plain, _) = try trainer.evaluate(run, on: run.data.train)
    #expect(plain.metrics == nil && plain.mistakes == nil)
    let (full, _) = try trainer.evaluate(run, on: run.data.train, measuring: .figures)
    #expect(full.loss == plain.loss && full.accuracy == plain.accuracy)
    guard case .classes(let metrics) = full.metrics else {
      Issue.record("no metrics")
      return
    }
    #expect(metrics.accuracy == full.accuracy && metrics.matrix == nil)
  }

  @Test("a run measures the parts that its condition asks about, after each epoch")
  func runs() throws {
    for measured in [[], [.test], [.train, .test]] as [Set<DataPart>] {
      let asked = Mailbox<RunFacts>()
      var run = request(
        .epochs(3), network: try seriesNetwork(), data: seriesData(count: 24, test: 9)
      ) { facts in
        asked.add(facts[0])
        return false
      }
      run.measured = measured
      _ = try Trainer().run(run)
      let facts = asked.all
      #expect(facts.count == 3)
      for one in facts {
        #expect(Set(one.metrics.keys) == measured)
        guard case .classes(let metrics) = one.metrics[.test] else { continue }
        #expect(metrics.accuracy == one.testAccuracy)
      }
    }
  }

  @Test("numbers in several places are measured in plain order")
  func positions() throws {
    var generator = SeededGenerator(seed: 9)
    let inputs = Tensor(
      shape: [10, 2, 8], values: (0..<160).map { _ in Float(generator.normal()) })
    let targets = Tensor(
      shape: [10, 3, 8], values: (0..<240).map { _ in Float(generator.normal()) })
    let examples = Examples(inputs: inputs, targets: .values(targets))
    let model = try Model(network: try network([2, 8], [conv("conv1", 3)]), loss: .l2, seed: 1)
    let found = try #require(try Evaluation(model, on: examples, measuring: .figures) { false })
    let outputs = try model.predict(inputs)
    let expected = NumberMetrics(outputs.values, targets: targets.values, width: 24)
    #expect(found.metrics == .numbers(expected))
    #expect(abs(expected.meanAbsoluteError) > 0.1)
  }
}
