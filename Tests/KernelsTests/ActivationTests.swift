import Foundation
import Kernels
import Testing

/// Activations against Foundation's functions in double precision.
@Suite struct ActivationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var activation: ActivationKernel
    var function: @Sendable (Double) -> Double
    /// Relative error allowed, and the absolute one beside it.
    var relative: Double
    var absolute: Double
    var testDescription: String { "\(activation)" }
  }

  static let cases = [
    Case(activation: .relu, function: { max($0, 0) }, relative: 0, absolute: 0),
    Case(
      activation: .leaky(slope: 0.25), function: { $0 < 0 ? 0.25 * $0 : $0 }, relative: 0,
      absolute: 0),
    Case(
      activation: .elu(alpha: 1.5), function: { $0 < 0 ? 1.5 * expm1($0) : $0 },
      relative: 3e-7, absolute: 0),
    Case(
      activation: .selu,
      function: { 1.0507009873554805 * ($0 < 0 ? 1.6732632423543772 * expm1($0) : $0) },
      relative: 4e-7, absolute: 0),
    Case(
      activation: .sigmoid, function: { 1 / (1 + exp(-$0)) }, relative: 3e-7, absolute: 1e-37),
    Case(activation: .tanh, function: { tanh($0) }, relative: 4e-7, absolute: 0),
    Case(
      activation: .softplus, function: { max($0, 0) + log1p(exp(-abs($0))) }, relative: 4e-7,
      absolute: 1e-37),
    Case(activation: .softsign, function: { $0 / (1 + abs($0)) }, relative: 2e-7, absolute: 0),
    Case(
      activation: .gelu, function: { $0 * 0.5 * erfc(-$0 / 2.0.squareRoot()) }, relative: 6e-6,
      absolute: 2e-9),
    Case(
      activation: .silu, function: { $0 / (1 + exp(-$0)) }, relative: 4e-7, absolute: 1e-37),
    Case(
      activation: .mish, function: { $0 * tanh(max($0, 0) + log1p(exp(-abs($0)))) },
      relative: 8e-7, absolute: 1e-37),
    Case(
      activation: .hardsigmoid, function: { min(max($0 + 3, 0), 6) / 6 }, relative: 2e-7,
      absolute: 1e-7),
    Case(activation: .relu6, function: { min(max($0, 0), 6) }, relative: 0, absolute: 0),
    Case(
      activation: .hardswish, function: { $0 * min(max($0 + 3, 0), 6) / 6 }, relative: 4e-7,
      absolute: 4e-7),
  ]

  @Test func theNameOfEachIsKnown() {
    for example in Self.cases {
      let name = "\(example.activation)".prefix { $0 != "(" }
      #expect(ActivationKernel(named: String(name), constant: 0) != nil, "\(name)")
    }
    #expect(ActivationKernel(named: "leaky", constant: 0.25) == .leaky(slope: 0.25))
    #expect(ActivationKernel(named: "elu", constant: 1.5) == .elu(alpha: 1.5))
    #expect(ActivationKernel(named: "softmax", constant: 0) == nil)
  }

  @Test(arguments: cases)
  func forward(_ example: Case) {
    let grid = (-4400...4400).map { Float($0) / 50 }
    let fine = (-2000...2000).map { Float($0) / 1e5 }
    let x = Floats(grid + fine)
    let y = Floats(x.count)
    example.activation.forward(x.constant, into: y.pointer, count: x.count)
    #expect(y.isIntact)
    for index in 0..<x.count {
      let expected = example.function(Double(x[index]))
      let error = abs(Double(y[index]) - expected)
      if !(error <= example.relative * abs(expected) + example.absolute) {
        Issue.record("\(example.activation)(\(x[index])) is \(y[index]), expected \(expected)")
        return
      }
    }
  }

  @Test(arguments: cases, [1, 15, 16, 17, 33])
  func backward(_ example: Case, count: Int) {
    let x = Floats(count, seed: 21, low: -4, high: 4)
    let y = Floats(count)
    let dy = Floats(count, seed: 22)
    example.activation.forward(x.constant, into: y.pointer, count: count)
    let saved = example.activation.savesOutput ? y : x
    let expected = (0..<count).map { index in
      let h = 1e-5
      let slope =
        (example.function(Double(x[index]) + h) - example.function(Double(x[index]) - h)) / (2 * h)
      return slope * Double(dy[index])
    }
    let dx = Floats(count)
    example.activation.backward(
      saved: saved.constant, dy: dy.constant, into: dx.pointer, count: count)
    expectClose(dx, expected, tolerance: 3e-6, "written")
    example.activation.backward(
      saved: saved.constant, dy: dy.constant, into: dx.pointer, count: count, accumulate: true)
    expectClose(dx, expected.map { 2 * $0 }, tolerance: 3e-6, "added")
    let inPlace = dy.copy()
    example.activation.backward(
      saved: saved.constant, dy: inPlace.constant, into: inPlace.pointer, count: count)
    expectClose(inPlace, expected, tolerance: 3e-6, "in place")
  }

  @Test(arguments: cases)
  func notANumberStays(_ example: Case) {
    let x = Floats([.nan])
    let y = Floats(1, fill: 0)
    example.activation.forward(x.constant, into: y.pointer, count: 1)
    #expect(y[0].isNaN)
  }

  @Test(arguments: cases)
  func extremesStayFinite(_ example: Case) {
    let x = Floats([-1e30, -200, 200, 1e30])
    let y = Floats(4)
    example.activation.forward(x.constant, into: y.pointer, count: 4)
    for (input, output) in zip(x.floats, y.floats) {
      let expected = example.function(Double(input))
      let tolerance = 1e-6 * max(1e-30, abs(expected))
      #expect(abs(Double(output) - expected) <= tolerance, "\(input)")
    }
  }

  @Test(arguments: [(1, 1), (5, 2), (3, 10), (4, 16), (2, 37), (3, 1000)])
  func softmax(rows: Int, channels: Int) {
    let x = Floats(rows * channels, seed: 23, low: -30, high: 30)
    let y = Floats(rows * channels)
    Softmax.forward(x.constant, rows: rows, channels: channels, into: y.pointer)
    var expected: [Double] = []
    for row in 0..<rows {
      let values = x.doubles[row * channels..<(row + 1) * channels]
      let sum = values.reduce(0) { $0 + exp($1) }
      expected += values.map { exp($0) / sum }
    }
    expectClose(y, expected, tolerance: 1e-6, "softmax")
    let dy = Floats(rows * channels, seed: 24)
    var slopes: [Double] = []
    for row in 0..<rows {
      let range = row * channels..<(row + 1) * channels
      let mean = range.reduce(0) { $0 + expected[$1] * Double(dy[$1]) }
      slopes += range.map { expected[$0] * (Double(dy[$0]) - mean) }
    }
    let dx = Floats(rows * channels)
    Softmax.backward(
      y: y.constant, dy: dy.constant, rows: rows, channels: channels, into: dx.pointer)
    expectClose(dx, slopes, tolerance: 2e-6, "softmax gradient")
    Softmax.backward(
      y: y.constant, dy: dy.constant, rows: rows, channels: channels, into: dx.pointer,
      accumulate: true)
    expectClose(dx, slopes.map { 2 * $0 }, tolerance: 2e-6, "added softmax gradient")
  }

  @Test func softmaxBearsInfiniteExclusion() {
    let x = Floats([0, -.infinity, 0])
    Softmax.forward(x.constant, rows: 1, channels: 3, into: x.pointer)
    #expect(x.floats == [0.5, 0, 0.5])
  }
}
