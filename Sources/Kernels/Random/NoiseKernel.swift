/// Normal noise of mean 0 that is added to values.
///
/// The noise of element i depends on the stream's key and on i alone, so threads can take any range whose first
/// element is a multiple of 32. Use one stream per layer and step.
package struct NoiseKernel: Sendable {
  private let stream: RandomStream
  private let deviation: Float

  /// Noise of a standard deviation.
  package init(deviation: Float, seed: UInt64, stream: UInt64, step: UInt64) {
    self.stream = RandomStream(seed: seed, stream: stream, step: step)
    self.deviation = deviation
  }

  /// y = x + noise over elements `first..<first + count`; y may be x.
  package func add(
    to x: UnsafePointer<Float>, first: Int, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    var stream = stream
    stream.position = UInt64(truncatingIfNeeded: first / 2)
    var i = 0
    while i < count {
      let (cosines, sines) = stream.normals(0, deviation)
      y.store(x.vector(i, end: count) + cosines, i, end: count)
      if i &+ 16 < count {
        y.store(x.vector(i &+ 16, end: count) + sines, i &+ 16, end: count)
      }
      i &+= 32
    }
  }
}
