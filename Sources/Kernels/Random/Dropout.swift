/// Inverted dropout (Srivastava et al., 2014): what is kept is multiplied by 1 / (1 − rate).
///
/// Whether element i is kept depends on the stream's key and on i alone, so the backward pass draws
/// the same mask again instead of storing it, and threads can take any range whose first element is
/// even. Use one stream per layer and step.
package struct Dropout: Sendable {
  private let stream: RandomStream
  private let rate: Float

  /// `rate` is in 0..<1.
  package init(rate: Float, seed: UInt64, stream: UInt64, step: UInt64) {
    self.stream = RandomStream(seed: seed, stream: stream, step: step)
    self.rate = rate
  }

  /// y = x · mask over elements `first..<first + count`, or y += x · mask; y may be x.
  package func apply(
    _ x: UnsafePointer<Float>, first: Int, into y: UnsafeMutablePointer<Float>, count: Int,
    accumulate: Bool = false
  ) {
    let factor = 1 / (1 - rate)
    var i = 0
    while i < count {
      let kept = keeps(first &+ i)
      let value = Vector.zero.replacing(with: x.vector(i, end: count) * factor, where: kept)
      let old = accumulate ? UnsafePointer(y).vector(i, end: count) : Vector.zero
      y.store(old + value, i, end: count)
      i &+= 16
    }
  }

  /// Writes the mask itself: 0 or 1 / (1 − rate).
  package func mask(_ y: UnsafeMutablePointer<Float>, first: Int, count: Int) {
    let factor = Vector(repeating: 1 / (1 - rate))
    var i = 0
    while i < count {
      y.store(Vector.zero.replacing(with: factor, where: keeps(first &+ i)), i, end: count)
      i &+= 16
    }
  }

  @inline(__always) private func keeps(_ element: Int) -> SIMDMask<Bits> {
    stream.uniforms(at: UInt64(truncatingIfNeeded: element / 2)) .>= rate
  }
}
