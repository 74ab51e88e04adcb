/// Inverted dropout (Srivastava et al., 2014): what is kept is multiplied by 1 / (1 − rate).
///
/// Whether element i is kept depends on the stream's key and on i alone, so the backward pass draws
/// the same mask again instead of storing it, and threads can take any range whose first element is
/// even. Use one stream per layer and step.
package struct DropoutKernel: Sendable {
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
    let whole = count & ~15
    var i = 0
    if accumulate {
      while i < whole {
        y.store(y.vector(i) + kept(x.vector(i), factor, first &+ i), i)
        i &+= 16
      }
    } else {
      while i < whole {
        y.store(kept(x.vector(i), factor, first &+ i), i)
        i &+= 16
      }
    }
    let rest = count &- whole
    if rest > 0 {
      let value = kept(x.vector(i, count: rest), factor, first &+ i)
      y.store(accumulate ? y.vector(i, count: rest) + value : value, i, count: rest)
    }
  }

  /// Writes the mask itself: 0 or 1 / (1 − rate).
  package func mask(_ y: UnsafeMutablePointer<Float>, first: Int, count: Int) {
    let factor = 1 / (1 - rate)
    let one = Vector(repeating: 1)
    var i = 0
    while i &+ 16 <= count {
      y.store(kept(one, factor, first &+ i), i)
      i &+= 16
    }
    if i < count { y.store(kept(one, factor, first &+ i), i, count: count &- i) }
  }

  /// The factor of one whole unit, counted from 0: 0 or 1 / (1 − rate).
  package func factor(of unit: Int) -> Float {
    kept(Vector(repeating: 1), 1 / (1 - rate), 2 &* unit)[0]
  }

  @inline(__always) private func kept(_ x: Vector, _ factor: Float, _ element: Int) -> Vector {
    let uniforms = stream.uniforms(at: UInt64(truncatingIfNeeded: element / 2))
    return Vector.zero.replacing(with: x * factor, where: uniforms .>= rate)
  }
}
