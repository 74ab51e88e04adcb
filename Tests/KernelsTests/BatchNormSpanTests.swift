import Kernels
import Testing

/// Batch normalization where channels come first, against that where they come last.
@Suite struct BatchNormSpanTests {
  static let extents: [(examples: Int, channels: Int, span: Int)] = [
    (1, 1, 16), (3, 10, 32), (32, 10, 32), (2, 5, 48), (130, 3, 64), (5, 12, 1024),
  ]

  /// The same values with channels first and last.
  private struct Values {
    let first: Floats
    let last: Floats

    init(_ e: (examples: Int, channels: Int, span: Int), seed: UInt64, offset: Float = 0) {
      let count = e.examples * e.channels * e.span
      first = Floats(count, seed: seed, low: offset - 2, high: offset + 3)
      last = Self.last(first, e)
    }

    /// Values whose channels come first, with channels last.
    static func last(_ values: Floats, _ e: (examples: Int, channels: Int, span: Int)) -> Floats {
      let result = Floats(values.count)
      for example in 0..<e.examples {
        for channel in 0..<e.channels {
          for position in 0..<e.span {
            result[(example * e.span + position) * e.channels + channel] =
              values[(example * e.channels + channel) * e.span + position]
          }
        }
      }
      return result
    }
  }

  private func statistics(_ x: Floats, rows: Int, channels: Int, span: Int) -> [Double] {
    let partial = Floats(3 * channels)
    let scratch = Floats(BatchNorm.scratchCount(channels: channels, span: span))
    BatchNorm.statistics(
      x.constant, rows: rows, channels: channels, span: span, into: partial.pointer,
      scratch: scratch.pointer)
    #expect(partial.isIntact && scratch.isIntact)
    let found = partial.doubles
    return (0..<channels).map { found[$0] + found[channels + $0] } + found[(2 * channels)...]
  }

  @Test(arguments: extents) func statistics(examples: Int, channels: Int, span: Int) {
    let values = Values((examples, channels, span), seed: 1)
    let rows = examples * span
    let expected = statistics(values.last, rows: rows, channels: channels, span: 1)
    let found = statistics(values.first, rows: rows, channels: channels, span: span)
    expectClose(Floats(found.map { Float($0) }), expected, tolerance: 2e-5, "statistics")
  }

  @Test func statisticsFarFromZeroKeepTheirVariance() {
    let e = (examples: 300, channels: 2, span: 64)
    let values = Values(e, seed: 3, offset: 4096)
    let rows = e.examples * e.span
    let found = statistics(values.first, rows: rows, channels: 2, span: e.span)
    for channel in 0..<2 {
      let own = (0..<rows).map { Double(values.last[$0 * 2 + channel]) }
      let mean = own.reduce(0, +) / Double(rows)
      let squares = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      #expect(abs(found[channel] - mean) < 1e-3)
      #expect(abs(found[2 + channel] - squares) < 1e-5 * squares)
    }
  }

  @Test("no examples are no statistics")
  func nothing() {
    let x = Floats(16)
    #expect(statistics(x, rows: 0, channels: 1, span: 16) == [0, 0])
  }

  /// Mean, scale and shift of each channel.
  private struct Own {
    let mean: Floats
    let scale: Floats
    let shift: Floats

    init(_ channels: Int, seed: UInt64) {
      mean = Floats(channels, seed: seed)
      scale = Floats(channels, seed: seed + 1)
      shift = Floats(channels, seed: seed + 2)
    }

    var factors: BatchNorm.Factors {
      BatchNorm.Factors(mean: mean.constant, scale: scale.constant, shift: shift.constant)
    }
  }

  @Test("each value comes to the same bits", arguments: extents)
  func forward(examples: Int, channels: Int, span: Int) {
    let e = (examples: examples, channels: channels, span: span)
    let (x, other) = (Values(e, seed: 1), Values(e, seed: 2))
    let (own, second) = (Own(channels, seed: 5), Own(channels, seed: 9))
    for form in 0..<6 {
      let relu = form.isMultiple(of: 2)
      func output(_ x: Floats, _ other: Floats, span: Int) -> Floats {
        let y = Floats(x.count)
        let scratch = Floats(BatchNorm.scratchCount(channels: channels, span: span))
        let rows = examples * e.span
        switch form / 2 {
        case 0:
          BatchNorm.apply(
            x.constant, by: own.factors, rows: rows, channels: channels, span: span, relu: relu,
            into: y.pointer, scratch: scratch.pointer)
        case 1:
          BatchNorm.applyAdding(
            x.constant, by: own.factors, residual: other.constant, rows: rows,
            channels: channels, span: span, relu: relu, into: y.pointer,
            scratch: scratch.pointer)
        default:
          BatchNorm.applyAddingNormalized(
            x.constant, by: own.factors, second: other.constant, by: second.factors, rows: rows,
            channels: channels, span: span, relu: relu, into: y.pointer,
            scratch: scratch.pointer)
        }
        #expect(y.isIntact && scratch.isIntact)
        return y
      }
      let found = Values.last(output(x.first, other.first, span: span), e)
      #expect(found.floats == output(x.last, other.last, span: 1).floats, "form \(form)")
    }
  }

  @Test(arguments: extents) func gradientSums(examples: Int, channels: Int, span: Int) {
    let e = (examples: examples, channels: channels, span: span)
    let (x, dy, y) = (Values(e, seed: 1), Values(e, seed: 2), Values(e, seed: 3))
    let mean = Floats(channels, seed: 4)
    for hasRelu in [false, true] {
      func sums(_ x: Floats, _ y: Floats, _ dy: Floats, span: Int) -> Floats {
        let partial = Floats(2 * channels)
        let scratch = Floats(BatchNorm.scratchCount(channels: channels, span: span))
        BatchNorm.gradientSums(
          x.constant, y: hasRelu ? y.constant : nil, dy: dy.constant, mean: mean.constant,
          rows: examples * e.span, channels: channels, span: span, into: partial.pointer,
          scratch: scratch.pointer)
        #expect(scratch.isIntact)
        return partial
      }
      expectClose(
        sums(x.first, y.first, dy.first, span: span),
        sums(x.last, y.last, dy.last, span: 1).doubles, tolerance: 1e-4, "sums")
    }
  }

  @Test("each input's gradient comes to the same bits", arguments: extents)
  func inputGradients(examples: Int, channels: Int, span: Int) {
    let e = (examples: examples, channels: channels, span: span)
    let (x, x2) = (Values(e, seed: 1), Values(e, seed: 2))
    let (y, dy) = (Values(e, seed: 3), Values(e, seed: 4))
    let (mean, coefficients) = (Floats(channels, seed: 5), Floats(3 * channels, seed: 6))
    for hasRelu in [false, true] {
      func single(_ x: Floats, _ y: Floats, _ dy: Floats, span: Int) -> (Floats, Floats) {
        let (dx, residual) = (dy.copy(), dy.copy())
        let scratch = Floats(BatchNorm.scratchCount(channels: channels, span: span))
        BatchNorm.applyGradient(
          x.constant, y: hasRelu ? y.constant : nil, dy: dy.constant, mean: mean.constant,
          coefficients: coefficients.constant, rows: examples * e.span, channels: channels,
          span: span, into: dx.pointer, accumulate: hasRelu, residual: .add(residual.pointer),
          scratch: scratch.pointer)
        #expect(dx.isIntact && residual.isIntact && scratch.isIntact)
        return (dx, residual)
      }
      let (dx, residual) = single(x.first, y.first, dy.first, span: span)
      let (lastDx, lastResidual) = single(x.last, y.last, dy.last, span: 1)
      #expect(Values.last(dx, e).floats == lastDx.floats)
      #expect(Values.last(residual, e).floats == lastResidual.floats)

      func pair(_ x: Floats, _ x2: Floats, _ y: Floats, _ dy: Floats, span: Int) -> [Floats] {
        let (dx, dx2) = (Floats(dy.count), Floats(dy.count))
        let scratch = Floats(BatchNorm.scratchCount(channels: channels, span: span))
        BatchNorm.applyGradientPair(
          x.constant, second: x2.constant, y: hasRelu ? y.constant : nil, dy: dy.constant,
          mean: mean.constant, coefficients: coefficients.constant, mean2: mean.constant,
          coefficients2: coefficients.constant, rows: examples * e.span, channels: channels,
          span: span, into: dx.pointer, second: dx2.pointer, scratch: scratch.pointer)
        #expect(dx.isIntact && dx2.isIntact && scratch.isIntact)
        return [dx, dx2]
      }
      let found = pair(x.first, x2.first, y.first, dy.first, span: span)
      let expected = pair(x.last, x2.last, y.last, dy.last, span: 1)
      #expect(found.map { Values.last($0, e).floats } == expected.map(\.floats))
    }
  }
}
