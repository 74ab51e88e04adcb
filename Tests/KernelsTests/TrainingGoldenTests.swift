import Foundation
import Kernels
import Testing

/// Optimizers, losses and clipping against what PyTorch makes of the same numbers; `make_training.py` wrote it.
@Suite struct TrainingGoldenTests {
  struct OptimizerCase: Decodable, CustomStringConvertible {
    let name: String
    let rate: Double
    let decay: Double
    let weights: [Double]
    let gradients: [[Double]]
    let after: [[Double]]

    var description: String { "\(name) wd=\(decay)" }

    var kernel: OptimizerKernel? {
      switch name {
      case "adagrad": .adagrad(epsilon: 1e-10)
      case "adadelta": .adadelta(rho: 0.9, epsilon: 1e-6)
      case "adamax": .adamax(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
      case "nadam": .nadam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
      case "lamb": .lamb(beta1: 0.9, beta2: 0.999, epsilon: 1e-6)
      case "nag": .sgd(momentum: 0.9, nesterov: true)
      default: nil
      }
    }
  }

  struct LossCase: Decodable {
    let classes: Int
    let logits: [Float]
    let labels: [Int32]
    let weights: [Float]
    let smoothing: Float
    let share: Float
    let loss: Double
    let gradient: [Double]
  }

  struct ClippingCase: Decodable {
    let kind: String
    let limit: Double
    let gradient: [Float]
    let clipped: [Double]
  }

  static func cases<Case: Decodable>(_ name: String) throws -> [Case] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appending(path: "Goldens/Training/\(name).json")
    return try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
  }

  @Test("new rules follow PyTorch step by step, LAMB its paper")
  func optimizers() throws {
    let cases: [OptimizerCase] = try Self.cases("optimizers")
    #expect(Set(cases.map(\.name)).count == 6)
    for golden in cases {
      let kernel = try #require(golden.kernel)
      let count = golden.weights.count
      let w = Floats(golden.weights.map { Float($0) })
      let state = Floats(kernel.stateSlabs * count, fill: 0)
      let range = [
        ParameterRange(start: 0, count: count, weightDecay: Float(golden.decay))
      ]
      for (step, gradient) in golden.gradients.enumerated() {
        let g = Floats(gradient.map { Float($0) })
        range.withUnsafeBufferPointer {
          kernel.update(
            weights: w.pointer, gradients: g.constant, state: state.pointer, slabCount: count,
            ranges: $0, learningRate: Float(golden.rate), step: step + 1)
        }
        expectClose(w, golden.after[step], tolerance: 5e-6, "\(golden) step \(step + 1)")
      }
      #expect(w.isIntact && state.isIntact)
    }
  }

  @Test("smoothed, weighted and mixed losses and their gradients are PyTorch's")
  func losses() throws {
    for golden in try Self.cases("losses") as [LossCase] {
      let x = Floats(golden.logits)
      let rows = golden.labels.count
      let g = Floats(x.count)
      try golden.labels.withUnsafeBufferPointer { labels in
        try golden.weights.withUnsafeBufferPointer { weights in
          let loss = SoftCrossEntropy(
            smoothing: golden.smoothing,
            weights: golden.weights.isEmpty ? nil : weights.baseAddress,
            share: golden.share)
          let batch = SoftCrossEntropy.Rows(
            logits: x.constant, labels: try #require(labels.baseAddress), rows: rows,
            classes: golden.classes)
          let result = loss.evaluate(batch, gradient: g.pointer)
          #expect(abs(result.loss / Double(rows) - golden.loss) < 2e-6)
          #expect(result.counted == rows)
          expectClose(g, golden.gradient, tolerance: 1e-6, "gradient")
          #expect(loss.evaluate(batch, gradient: nil) == result)
          #expect(loss.evaluate(batch, gradient: x.pointer) == result)
          expectClose(x, golden.gradient, tolerance: 1e-6, "gradient in place")
        }
      }
    }
  }

  @Test("classes that all weigh nothing give no loss and no gradient")
  func weightless() throws {
    let x = Floats(8, seed: 3)
    let g = Floats(8)
    let (labels, weights): ([Int32], [Float]) = ([0, 1], [0, 0, 0, 0])
    try labels.withUnsafeBufferPointer { labels in
      try weights.withUnsafeBufferPointer { weights in
        let loss = SoftCrossEntropy(smoothing: 0, weights: weights.baseAddress, share: 1)
        let result = loss.evaluate(
          SoftCrossEntropy.Rows(
            logits: x.constant, labels: try #require(labels.baseAddress), rows: 2, classes: 4),
          gradient: g.pointer)
        #expect(result.loss == 0)
        #expect(g.floats.allSatisfy { $0 == 0 })
      }
    }
  }

  @Test("gradients are clipped as by clip_grad_norm_ and clip_grad_value_")
  func clipping() throws {
    for golden in try Self.cases("clipping") as [ClippingCase] {
      let g = Floats(golden.gradient)
      if golden.kind == "norm" {
        let norm = GradientNorm.sumOfSquares(g.constant, count: g.count).squareRoot()
        if let factor = GradientNorm.factor(norm: norm, limit: golden.limit) {
          Elementwise.scale(g.constant, by: factor, into: g.pointer, count: g.count)
        }
      } else {
        GradientNorm.clamp(g.pointer, count: g.count, limit: Float(golden.limit))
      }
      expectClose(g, golden.clipped, tolerance: 1e-6, golden.kind)
    }
  }

  @Test(
    "mixing and following are what they say, for lengths of all kinds", arguments: [1, 15, 16, 37])
  func mixing(count: Int) {
    let (a, b) = (Floats(count, seed: 1), Floats(count, seed: 2))
    let (x, y) = (a.doubles, b.doubles)
    Mixing.mix(a.pointer, b.pointer, share: 0.25, count: count)
    expectClose(a, zip(x, y).map { 0.25 * $0 + 0.75 * $1 }, tolerance: 1e-6)
    expectClose(b, zip(x, y).map { 0.75 * $0 + 0.25 * $1 }, tolerance: 1e-6)
    let (one, two) = (a.doubles, b.doubles)
    Mixing.follow(a.pointer, b.constant, share: 0.5, count: count)
    expectClose(a, zip(one, two).map { ($0 + $1) / 2 }, tolerance: 1e-6)
    let (left, right) = (a.floats, b.floats)
    Mixing.swap(a.pointer, b.pointer, count: count)
    #expect(a.floats == right && b.floats == left && a.isIntact && b.isIntact)
  }
}
