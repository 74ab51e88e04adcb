/// A pass of local response normalization; rows are shared out.
package struct LocalResponseWork {
  /// Which pass, with what it reads beside the input and what it writes.
  package enum Pass {
    case forward(y: UnsafeMutablePointer<Float>)
    case gradient(dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>, accumulate: Bool)
  }

  let pass: Pass
  let kernel: LocalResponseKernel
  let x: UnsafePointer<Float>
  let rows: Int
  let channels: Int
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    pass: Pass, kernel: LocalResponseKernel, x: UnsafePointer<Float>, rows: Int, channels: Int,
    scratch: Scratch
  ) {
    self.pass = pass
    self.kernel = kernel
    self.x = x
    self.rows = rows
    self.channels = channels
    self.scratch = scratch
  }

  func run(_ part: Part) {
    let range = part.range(of: rows)
    let offset = range.lowerBound &* channels
    switch pass {
    case .forward(let y):
      kernel.forward(
        x + offset, rows: range.count, into: y + offset, scratch: scratch.of(part))
    case .gradient(let dy, let dx, let accumulate):
      kernel.backward(
        x + offset, dy: dy + offset, rows: range.count, into: dx + offset, accumulate: accumulate,
        scratch: scratch.of(part))
    }
  }
}
