/// A pass of a scale for each channel; rows are shared out.
package struct LayerScaleWork {
  /// Which pass, with what it reads beside the input and what it writes.
  package enum Pass {
    case product(
      factors: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>, accumulate: Bool)

    /// Sums over pieces of rows, `[pieces, channels]`.
    case sums(dy: UnsafePointer<Float>, partials: UnsafeMutablePointer<Float>)
  }

  let pass: Pass
  let x: UnsafePointer<Float>
  let rows: Int
  let channels: Int
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    pass: Pass, x: UnsafePointer<Float>, rows: Int, channels: Int, scratch: Scratch
  ) {
    self.pass = pass
    self.x = x
    self.rows = rows
    self.channels = channels
    self.scratch = scratch
  }

  func run(_ part: Part) {
    switch pass {
    case .product(let factors, let y, let accumulate):
      let range = part.range(of: rows, unit: 16)
      let offset = range.lowerBound &* channels
      Gating.multiply(
        x + offset, factors: factors, images: 1, positions: range.count, channels: channels,
        into: y + offset, accumulate: accumulate, scratch: scratch.of(part))
    case .sums(let dy, let partials):
      let pieces = RowPieces(rows: rows, width: channels)
      for piece in part.range(of: pieces.count) {
        let range = pieces.range(piece)
        let offset = range.lowerBound &* channels
        Gating.productSums(
          x + offset, dy + offset, images: 1, positions: range.count, channels: channels,
          into: partials + piece &* channels, scratch: scratch.of(part))
      }
    }
  }
}
