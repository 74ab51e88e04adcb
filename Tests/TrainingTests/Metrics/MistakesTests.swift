import Engine
import Networks
import Testing

@testable import Training

/// The examples that a network gets most wrong.
struct MistakesTests {
  private func mistakes(_ losses: [Double], most: Int) -> [Int] {
    var mistakes = Mistakes(most: most)
    for (index, loss) in losses.enumerated() {
      [Float(index)].withUnsafeBufferPointer {
        mistakes.add(index, loss: loss, $0, predicted: nil)
      }
    }
    #expect(mistakes.count == losses.count)
    #expect(mistakes.worst.allSatisfy { $0.outputs == [Float($0.example)] })
    return mistakes.worst.map(\.example)
  }

  @Test("the highest losses come first, of equal ones the earlier, what is no number before all")
  func order() {
    let losses = [1, 5, 2, 5, .nan, 0, .infinity, .nan]
    #expect(mistakes(losses, most: 3) == [4, 7, 6])
    #expect(mistakes(losses, most: 9) == [4, 7, 6, 1, 3, 2, 0, 5])
    #expect(mistakes([], most: 3) == [])
  }

  /// Examples with labels or numbers, some of them far off.
  private func examples(_ loss: Loss) -> Examples {
    var generator = SeededGenerator(seed: 4)
    let inputs = Tensor(
      shape: [30, 4], values: (0..<120).map { _ in Float(generator.normal() * 3) })
    if loss.comparesClasses {
      let classes = loss == .binaryCrossEntropy ? 2 : 3
      return Examples(
        inputs: inputs,
        targets: .classes(
          (0..<30).map { Int32($0 % classes) }, names: Array(["a", "b", "c"].prefix(classes))))
    }
    let targets = (0..<60).map { _ in Float(generator.normal() * 2) }
    return Examples(inputs: inputs, targets: .values(Tensor(shape: [30, 2], values: targets)))
  }

  @Test(
    "the losses of single examples are those that the engine has the mean of",
    arguments: Loss.allCases)
  func losses(_ loss: Loss) throws {
    let examples = examples(loss)
    let units = loss == .binaryCrossEntropy ? 1 : loss.comparesClasses ? 3 : 2
    let model = try Model(
      network: try network([4], [dense("dense1", units)]), loss: loss, seed: 2)
    let all = try #require(
      try Evaluation(model, on: examples, measuring: Measures(metrics: true, mistakes: 30)) {
        false
      })
    let outputs = try model.predict(examples.inputs)
    var sum = 0.0
    for row in 0..<30 {
      let own = Array(outputs.values[row * units..<(row + 1) * units])
      sum += own.withUnsafeBufferPointer { own in
        switch examples.targets {
        case .classes(let labels, _): ExampleLoss.value(loss, own, label: Int(labels[row]))
        case .values(let values):
          Array(values.values[row * 2..<row * 2 + 2]).withUnsafeBufferPointer {
            ExampleLoss.value(loss, own, targets: $0)
          }
        case .maps, .none: Double.nan
        }
      }
    }
    #expect(abs(sum / 30 - all.loss) < 1e-5)
    let worst = try #require(all.mistakes).worst
    #expect(zip(worst, worst.dropFirst()).allSatisfy { $0.loss >= $1.loss })
    if case .classes(let metrics) = all.metrics {
      #expect(all.accuracy == metrics.accuracy)
      #expect(worst.count == 30 - metrics.correct)
    } else {
      #expect(worst.count == 30)
    }
  }

  @Test("shares are softmax, or sigmoid of one score")
  func shares() {
    let scores: [Float] = [1, 2, 3]
    let shares = (0..<3).map { ExampleLoss.share(of: $0, .crossEntropy, scores) }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    #expect(abs(shares[2] - 0.66524095577) < 1e-10)
    #expect(abs(ExampleLoss.share(of: 1, .binaryCrossEntropy, [2]) - 0.88079707798) < 1e-10)
    #expect(abs(ExampleLoss.share(of: 0, .binaryCrossEntropy, [2]) - 0.11920292202) < 1e-10)
    #expect(ExampleLoss.share(of: 0, .crossEntropy, [1000, 0]) == 1)
  }
}
