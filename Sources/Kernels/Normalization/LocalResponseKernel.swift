/// Local response normalization over the channels of each row of `[rows, channels]` (Krizhevsky et al., 2012).
///
/// With d = k + alpha · mean of x² over the channels around each, y = x · d^−beta.
package struct LocalResponseKernel: Sendable {
  private let channels: Int

  /// Channels before and behind the one in the middle, as far as there can be any.
  private let before: Int
  private let behind: Int
  private let start: Float

  /// alpha / size.
  private let share: Float
  private let beta: Float

  /// The layer over so many channels; `size` channels make a mean, size / 2 of them before.
  package init(channels: Int, size: Int, alpha: Double, beta: Double, start: Double) {
    self.channels = channels
    before = min(size / 2, channels)
    behind = min((size - 1) / 2, channels)
    self.start = Float(start)
    share = Float(alpha / Double(size))
    self.beta = Float(beta)
  }

  /// Floats of scratch that each thread needs.
  package var scratchCount: Int { 2 &* line &+ (channels &+ 15) / 16 &* 16 }

  /// A row with zeros on both sides.
  private var line: Int { (before &+ channels &+ behind &+ 47) / 16 &* 16 }

  /// y of x; y may be x.
  package func forward(
    _ x: UnsafePointer<Float>, rows: Int, into y: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    scratch.update(repeating: 0, count: line)
    for row in 0..<rows {
      let offset = row &* channels
      fillSquares(x + offset, scratch + before)
      var i = 0
      while i < channels {
        let power = (divisor(scratch, i).logarithm() * -beta).exponential()
        let value = (x + offset).vector(i, end: channels) * power
        (y + offset).store(value, i, end: channels)
        i &+= 16
      }
    }
  }

  /// dx = dy · d^−beta − 2 · beta · alpha / size · x · Σ dy · x · d^(−beta − 1), or dx += where `accumulate`.
  ///
  /// The sum is over the channels whose mean has x; dx may be dy.
  package func backward(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>, rows: Int,
    into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let (squares, shares, powers) = (scratch, scratch + line, scratch + 2 &* line)
    scratch.update(repeating: 0, count: 2 &* line)
    let factor = 2 * beta * share
    for row in 0..<rows {
      let x = x + row &* channels
      let (dy, dx) = (dy + row &* channels, dx + row &* channels)
      fillSquares(x, squares + before)
      var i = 0
      while i < channels {
        let divisor = divisor(squares, i)
        let power = (divisor.logarithm() * -beta).exponential()
        let slope = dy.vector(i, end: channels) * power
        powers.store(slope, i)
        (shares + behind).store(
          slope * x.vector(i, end: channels) / divisor, i, end: channels)
        i &+= 16
      }
      i = 0
      while i < channels {
        var sum = Vector.zero
        for place in 0...before &+ behind { sum += UnsafePointer(shares).vector(i &+ place) }
        var value = powers.vector(i) - x.vector(i, end: channels) * sum * factor
        if accumulate { value += UnsafePointer(dx).vector(i, end: channels) }
        dx.store(value, i, end: channels)
        i &+= 16
      }
    }
  }

  @inline(__always) private func fillSquares(
    _ x: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>
  ) {
    var i = 0
    while i < channels {
      let value = x.vector(i, end: channels)
      target.store(value * value, i, end: channels)
      i &+= 16
    }
  }

  @inline(__always) private func divisor(_ squares: UnsafePointer<Float>, _ i: Int) -> Vector {
    var sum = Vector.zero
    for place in 0...before &+ behind { sum += squares.vector(i &+ place) }
    return Vector(repeating: start).plus(sum, share)
  }
}
