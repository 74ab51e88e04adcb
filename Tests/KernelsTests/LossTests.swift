import Foundation
import Kernels
import Testing

/// Losses and their gradients against formulas and differences.
@Suite struct LossTests {
  @Test(arguments: [(1, 2), (32, 10), (5, 3), (4, 16), (3, 37), (2, 1000)])
  func crossEntropy(rows: Int, classes: Int) {
    let x = Floats(rows * classes, seed: 51, low: -6, high: 6)
    let labels = (0..<rows).map { Int32(($0 * 7 + 1) % classes) }
    var loss = 0.0
    var correct = 0
    var gradient: [Double] = []
    for row in 0..<rows {
      let values = Array(x.doubles[row * classes..<(row + 1) * classes])
      let label = Int(labels[row])
      let sum = values.reduce(0) { $0 + exp($1) }
      loss += log(sum) - values[label]
      if values.firstIndex(of: values.max() ?? 0) == label { correct += 1 }
      for (index, value) in values.enumerated() {
        gradient.append((exp(value) / sum - (index == label ? 1 : 0)) / Double(rows))
      }
    }
    let g = Floats(x.count)
    let scale = 1 / Float(rows)
    let result = SoftmaxCrossEntropy.evaluate(
      logits: x.constant, labels: labels, rows: rows, classes: classes, gradient: g.pointer,
      gradientScale: scale)
    #expect(abs(result.loss - loss) < 2e-6 * max(1, loss))
    #expect(result.correct == correct)
    #expect(result.counted == rows)
    expectClose(g, gradient, tolerance: 3e-7, "gradient")
    let alone = SoftmaxCrossEntropy.evaluate(
      logits: x.constant, labels: labels, rows: rows, classes: classes, gradient: nil,
      gradientScale: scale)
    #expect(alone == result)
    SoftmaxCrossEntropy.evaluate(
      logits: x.constant, labels: labels, rows: rows, classes: classes, gradient: x.pointer,
      gradientScale: scale
    ).checked(against: result)
    expectClose(x, gradient, tolerance: 3e-7, "gradient in place")
  }

  @Test func crossEntropyGradientAgreesWithDifferences() {
    let x = Floats(15, seed: 52)
    let labels: [Int32] = [0, 4, 2]
    let g = Floats(15)
    func loss() -> Double {
      SoftmaxCrossEntropy.evaluate(
        logits: x.constant, labels: labels, rows: 3, classes: 5, gradient: nil, gradientScale: 1
      ).loss / 3
    }
    _ = SoftmaxCrossEntropy.evaluate(
      logits: x.constant, labels: labels, rows: 3, classes: 5, gradient: g.pointer,
      gradientScale: 1 / 3)
    expectGradient(g.doubles, of: x, tolerance: 1e-4, loss: loss)
  }

  /// Figures of PyTorch's `binary_cross_entropy_with_logits` in float32.
  @Test func sigmoidCrossEntropyAgreesWithPyTorch() {
    let x = Floats([-3, -0.5, 0, 2, 100, -100, 1e-3, 30, -30])
    let labels: [Int32] = [0, 1, 1, 1, 0, 0, 0, 1, 1]
    let losses = [
      0.04858732223510742, 0.9740769863128662, 0.6931471824645996, 0.12692801654338837, 100.0, 0.0,
      0.6936472654342651, 9.357622912219837e-14, 30.0,
    ]
    let slopes: [Float] = [
      0.04742587357759476, -0.6224592924118042, -0.5, -0.11920297145843506, 1, 0, 0.500249981880188,
      0, -1,
    ]
    let isRight = [true, false, false, true, false, true, false, true, false]
    let g = Floats(9)
    for row in 0..<9 {
      let result = SigmoidCrossEntropy.evaluate(
        logits: x.constant + row, labels: [labels[row]], rows: 1, gradient: g.pointer + row,
        gradientScale: 0.5)
      #expect(abs(result.loss - losses[row]) <= 1e-7 * max(1, losses[row]), "\(row)")
      #expect(abs(g.pointer[row] - slopes[row] / 2) <= 1e-7, "\(row)")
      #expect((result.correct == 1) == isRight[row], "\(row)")
    }
    let together = SigmoidCrossEntropy.evaluate(
      logits: x.constant, labels: labels, rows: 9, gradient: x.pointer, gradientScale: 0.5)
    #expect(together.correct == 4 && together.counted == 9)
    #expect(abs(together.loss - losses.reduce(0, +)) < 1e-5)
    #expect((0..<9).allSatisfy { x.pointer[$0] == g.pointer[$0] })
  }

  @Test func rowsWithoutALabelCountForNothing() {
    let x = Floats([1, 2, 3, 4, 5, 6])
    let g = Floats(6)
    let result = SoftmaxCrossEntropy.evaluate(
      logits: x.constant, labels: [-1, 1, 2], rows: 3, classes: 2, gradient: g.pointer,
      gradientScale: 1)
    #expect(result.counted == 1)
    #expect(result.correct == 1)
    #expect(abs(result.loss - log(1 + exp(-1.0))) < 1e-6)
    #expect(g[0] == 0 && g[1] == 0 && g[2] > 0 && g[3] < 0 && g[4] == 0 && g[5] == 0)
  }

  @Test func equalLogitsCountAsTheFirstClass() {
    let x = Floats(20, fill: 0.5)
    let result = SoftmaxCrossEntropy.evaluate(
      logits: x.constant, labels: [0, 1], rows: 2, classes: 10, gradient: nil, gradientScale: 1)
    #expect(result.correct == 1)
    #expect(abs(result.loss - 2 * log(10.0)) < 1e-6)
  }

  @Test func hugeLogitsDoNotOverflow() {
    let x = Floats([1e30, -1e30, 0, 500])
    let g = Floats(4)
    let result = SoftmaxCrossEntropy.evaluate(
      logits: x.constant, labels: [0, 0], rows: 2, classes: 2, gradient: g.pointer,
      gradientScale: 1)
    #expect(result.loss == 500)
    #expect(g.floats == [0, 0, -1, 1])
  }

  @Test func notANumberReachesTheLoss() {
    let x = Floats([0, .nan, 1])
    let result = SoftmaxCrossEntropy.evaluate(
      logits: x.constant, labels: [0], rows: 1, classes: 3, gradient: nil, gradientScale: 1)
    #expect(result.loss.isNaN)
  }

  @Test(arguments: [RegressionLoss.squared, .absolute, .huber])
  func regression(loss: RegressionLoss) {
    for (rows, elements) in [(1, 1), (4, 3), (2, 16), (5, 7)] {
      let p = Floats(rows * elements, seed: 53)
      let t = Floats(rows * elements, seed: 54)
      p[0] = t[0]
      var sum = 0.0
      var gradient: [Double] = []
      for (prediction, target) in zip(p.doubles, t.doubles) {
        let d = prediction - target
        let far = abs(d) > 1
        let sign: Double = d > 0 ? 1 : d < 0 ? -1 : 0
        switch loss {
        case .squared:
          sum += 0.5 * d * d
          gradient.append(d)
        case .absolute:
          sum += abs(d)
          gradient.append(sign)
        case .huber:
          sum += far ? abs(d) - 0.5 : 0.5 * d * d
          gradient.append(far ? sign : d)
        }
      }
      let g = Floats(p.count)
      let scale = 1 / Float(rows)
      let found = loss.evaluate(
        prediction: p.constant, target: t.constant, rows: rows, elements: elements,
        gradient: g.pointer, gradientScale: scale)
      #expect(abs(found - sum / Double(elements)) < 1e-6 * max(1, sum))
      expectClose(g, gradient.map { $0 / Double(rows * elements) }, tolerance: 1e-6, "gradient")
      let alone = loss.evaluate(
        prediction: p.constant, target: t.constant, rows: rows, elements: elements, gradient: nil,
        gradientScale: scale)
      #expect(alone == found)
    }
  }
}

extension SoftmaxCrossEntropy.Result {
  fileprivate func checked(against other: Self) { #expect(self == other) }
}
