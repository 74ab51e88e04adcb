/// Noise of the current step.
package struct NoiseWork {
  let deviation: Float
  let seed: UInt64
  let stream: UInt64

  /// The number of the training step, kept by the plan.
  let step: UnsafePointer<UInt64>
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let count: Int

  /// The work on this memory, which a plan owns.
  package init(
    deviation: Float, seed: UInt64, stream: UInt64, step: UnsafePointer<UInt64>,
    x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>, count: Int
  ) {
    self.deviation = deviation
    self.seed = seed
    self.stream = stream
    self.step = step
    self.x = x
    self.y = y
    self.count = count
  }

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 32)
    let offset = range.lowerBound
    let noise = NoiseKernel(
      deviation: deviation, seed: seed, stream: stream, step: step.pointee)
    noise.add(to: x + offset, first: offset, into: y + offset, count: range.count)
  }
}
