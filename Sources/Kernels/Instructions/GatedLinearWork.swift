/// A pass of a gated linear unit; rows are shared out.
package struct GatedLinearWork {
  /// Which pass, with what it reads beside the input and what it writes.
  package enum Pass {
    case forward(y: UnsafeMutablePointer<Float>)
    case gradient(dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>, accumulate: Bool)
  }

  let pass: Pass
  let x: UnsafePointer<Float>
  let extent: Extent

  /// The work on this memory, which a plan owns.
  package init(
    pass: Pass, x: UnsafePointer<Float>, extent: Extent
  ) {
    self.pass = pass
    self.x = x
    self.extent = extent
  }

  func run(_ part: Part) {
    let range = part.range(of: extent.rows)
    let channels = extent.channels
    let (wide, offset) = (range.lowerBound &* channels &* 2, range.lowerBound &* channels)
    switch pass {
    case .forward(let y):
      GatedLinearKernel.forward(
        x + wide, rows: range.count, channels: channels, into: y + offset)
    case .gradient(let dy, let dx, let accumulate):
      GatedLinearKernel.backward(
        x + wide, dy: dy + offset, rows: range.count, channels: channels, into: dx + wide,
        accumulate: accumulate)
    }
  }
}
