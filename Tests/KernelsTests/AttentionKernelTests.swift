import Testing

@testable import Kernels

/// Attention a few rows at a time against sums over all of it.
@Suite struct AttentionKernelTests {
  /// Positions, channels, heads and rows that are computed at a time.
  static let sizes = [
    (1, 1, 1, 8), (2, 4, 2, 8), (9, 6, 3, 8), (17, 16, 1, 8), (33, 10, 2, 16), (40, 36, 2, 8),
    (21, 4, 4, 24),
  ]

  @Test(arguments: sizes, [false, true])
  func forwardAndBackward(size: (Int, Int, Int, Int), causal: Bool) {
    let (positions, channels, heads, rows) = size
    let kernel = AttentionKernel(
      positions: positions, channels: channels, heads: heads, isCausal: causal, rows: rows)
    let depth = channels / heads
    let x = Floats(positions * 3 * channels, seed: 3, low: -1, high: 1)
    let dy = Floats(positions * channels, seed: 4, low: -1, high: 1)
    let y = Floats(positions * channels)
    let dx = Floats(positions * 3 * channels)
    let terms = Floats(2 * positions * heads)
    let scratch = Floats(kernel.scratchCount(isBackward: true, hasDropout: false))
    for head in 0..<heads {
      let first = head * depth
      kernel.forward(
        x.constant + first, into: y.pointer + first,
        terms: terms.pointer + 2 * head * positions, mask: nil, firstRow: head * positions,
        scratch: scratch.pointer)
    }
    for head in 0..<heads {
      let first = head * depth
      let saved = AttentionKernel.Saved(
        y: y.constant + first, dy: dy.constant + first,
        terms: terms.constant + 2 * head * positions)
      kernel.backward(
        x.constant + first, saved, into: dx.pointer + first, mask: nil,
        firstRow: head * positions, scratch: scratch.pointer)
    }
    let expected = Expected(kernel, x.doubles, dy.doubles)
    expectClose(y, expected.y, tolerance: 1e-5, "output")
    expectClose(dx, expected.dx, tolerance: 5e-5, "gradient")
    #expect(scratch.isIntact && terms.isIntact)
  }

  @Test("what is no number stays none, in its row alone where others cannot see it")
  func notANumber() {
    let kernel = AttentionKernel(positions: 20, channels: 4, heads: 1, isCausal: true, rows: 8)
    let x = Floats(20 * 12, seed: 3)
    x[10 * 12 + 1] = .nan
    let y = Floats(20 * 4)
    let scratch = Floats(kernel.scratchCount(isBackward: false, hasDropout: false))
    kernel.forward(
      x.constant, into: y.pointer, terms: nil, mask: nil, firstRow: 0, scratch: scratch.pointer)
    for position in 0..<20 {
      let own = (0..<4).map { y[position * 4 + $0] }
      #expect(own.allSatisfy { $0.isNaN == (position == 10) }, "\(position)")
    }
  }

  @Test("the rows of a table, and of numbers that have none")
  func tables() {
    let table = Floats(5 * 3, seed: 2)
    let x = Floats([0, 4, 2, 4])
    let y = Floats(4 * 3)
    #expect(TableKernel.firstStray(x.constant, count: 4, rows: 5) == nil)
    TableKernel.forward(
      x.constant, count: 4, table: table.constant, rows: 5, units: 3, into: y.pointer)
    expectClose(y, [0, 4, 2, 4].flatMap { row in (0..<3).map { table.doubles[row * 3 + $0] } })
    let strays: [Float] = [5, -1, 0.5, .nan, .infinity]
    for stray in strays {
      let numbers = Floats([0, stray, 1])
      #expect(TableKernel.firstStray(numbers.constant, count: 3, rows: 5) == 1)
    }
    let gradient = Floats(5 * 3)
    for own in [0..<1, 1..<3] {
      TableKernel.backward(
        x.constant, dy: y.constant, count: 4, rows: 5, units: 3, own: own,
        into: gradient.pointer)
    }
    let times = [1.0, 0, 1, 0, 2]
    expectClose(gradient, table.doubles.indices.map { times[$0 / 3] * table.doubles[$0] })
  }
}

/// Attention and its gradients in double precision.
private struct Expected {
  var y: [Double]
  var dx: [Double]

  init(_ kernel: AttentionKernel, _ x: [Double], _ dy: [Double]) {
    let (positions, channels) = (kernel.positions, kernel.channels)
    let depth = channels / kernel.heads
    let scale = 1 / Double(depth).squareRoot()
    y = Array(repeating: 0, count: positions * channels)
    dx = Array(repeating: 0, count: positions * 3 * channels)
    for head in 0..<kernel.heads {
      let own = head * depth..<(head + 1) * depth
      func place(_ part: Int, _ position: Int, _ channel: Int) -> Int {
        (position * 3 + part) * channels + channel
      }
      for row in 0..<positions {
        let seen = kernel.isCausal ? row + 1 : positions
        let scores = (0..<seen).map { key in
          scale * own.reduce(0) { $0 + x[place(0, row, $1)] * x[place(1, key, $1)] }
        }
        let exponentials = scores.map { Self.exponential($0) }
        let total = exponentials.reduce(0, +)
        let shares = exponentials.map { $0 / total }
        for (key, share) in shares.enumerated() {
          for channel in own { y[row * channels + channel] += share * x[place(2, key, channel)] }
        }
        let slopes = (0..<seen).map { key in
          own.reduce(0) { $0 + dy[row * channels + $1] * x[place(2, key, $1)] }
        }
        let mean = zip(shares, slopes).reduce(0) { $0 + $1.0 * $1.1 }
        for key in 0..<seen {
          let slope = scale * shares[key] * (slopes[key] - mean)
          for channel in own {
            dx[place(2, key, channel)] += shares[key] * dy[row * channels + channel]
            dx[place(0, row, channel)] += slope * x[place(1, key, channel)]
            dx[place(1, key, channel)] += slope * x[place(0, row, channel)]
          }
        }
      }
    }
  }

  /// e to a small power, by its series.
  private static func exponential(_ x: Double) -> Double {
    if abs(x) > 0.5 {
      let half = exponential(x / 2)
      return half * half
    }
    var (term, sum) = (1.0, 1.0)
    for n in 1...20 {
      term *= x / Double(n)
      sum += term
    }
    return sum
  }
}
