/// y = α · x, or y += α · x, with a learnable α.
package struct ScaleWork {
  let x: UnsafePointer<Float>
  let factor: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let count: Int
  let accumulate: Bool

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, factor: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>,
    count: Int, accumulate: Bool
  ) {
    self.x = x
    self.factor = factor
    self.y = y
    self.count = count
    self.accumulate = accumulate
  }

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    let (source, target) = (x + range.lowerBound, y + range.lowerBound)
    if accumulate {
      Elementwise.accumulate(source, factor: factor.pointee, into: target, count: range.count)
    } else {
      Elementwise.scale(source, by: factor.pointee, into: target, count: range.count)
    }
  }
}
