/// The passes of a parametric ReLU; rows are shared out.
package struct ParametricReluWork {
  /// Which pass, with what it reads beside the input and what it writes.
  package enum Pass {
    case forward(y: UnsafeMutablePointer<Float>)
    case gradient(
      dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>, accumulate: Bool)

    /// Sums over pieces of rows, `[pieces, channels]`.
    case slopeSums(dy: UnsafePointer<Float>, partials: UnsafeMutablePointer<Float>)
  }

  let pass: Pass
  let x: UnsafePointer<Float>
  let slopes: UnsafePointer<Float>
  let rows: Int
  let channels: Int
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    pass: Pass, x: UnsafePointer<Float>, slopes: UnsafePointer<Float>, rows: Int, channels: Int,
    scratch: Scratch
  ) {
    self.pass = pass
    self.x = x
    self.slopes = slopes
    self.rows = rows
    self.channels = channels
    self.scratch = scratch
  }

  /// Rows of a piece: the same whatever the number of threads, so that the bits are too.
  private static func rowsOfPiece(channels: Int) -> Int { max(1, (1 << 13) / channels) }

  /// How many pieces so many rows make.
  package static func pieces(rows: Int, channels: Int) -> Int {
    let piece = rowsOfPiece(channels: channels)
    return max(1, (rows + piece - 1) / piece)
  }

  func run(_ part: Part) {
    let range = part.range(of: rows, unit: 16)
    let offset = range.lowerBound &* channels
    switch pass {
    case .forward(let y):
      ParametricRelu.forward(
        x + offset, slopes: slopes, rows: range.count, channels: channels, into: y + offset,
        scratch: scratch.of(part))
    case .gradient(let dy, let dx, let accumulate):
      ParametricRelu.backward(
        x + offset, dy: dy + offset, slopes: slopes, rows: range.count, channels: channels,
        into: dx + offset, accumulate: accumulate, scratch: scratch.of(part))
    case .slopeSums(let dy, let partials):
      let size = Self.rowsOfPiece(channels: channels)
      for piece in part.range(of: Self.pieces(rows: rows, channels: channels)) {
        let first = piece &* size
        ParametricRelu.slopeSums(
          x + first &* channels, dy: dy + first &* channels, rows: min(size, rows &- first),
          channels: channels, into: partials + piece &* channels, scratch: scratch.of(part))
      }
    }
  }
}
