/// A pass of a normalization of each example by itself; sets or images are shared out.
package struct ExampleNormalizationWork {
  /// Which pass, with what it reads beside the input and what it writes.
  package enum Pass {
    case forward(statistics: UnsafeMutablePointer<Float>, y: UnsafeMutablePointer<Float>)

    /// The sums of dy and of dy times the normalized values for each piece.
    case sums(
      dy: UnsafePointer<Float>, statistics: UnsafePointer<Float>,
      plain: UnsafeMutablePointer<Float>, turned: UnsafeMutablePointer<Float>)

    /// The gradient of the input; `sums` are those of each image, which groups need.
    case gradient(
      dy: UnsafePointer<Float>, statistics: UnsafePointer<Float>,
      sums: (plain: UnsafeMutablePointer<Float>, turned: UnsafeMutablePointer<Float>)?,
      dx: UnsafeMutablePointer<Float>, accumulate: Bool)
  }

  /// Sets whose values lie one behind the other, or groups of channels.
  package enum Form {
    case sets(SetNorm)
    case groups(GroupNorm)
  }

  let pass: Pass
  let form: Form
  let x: UnsafePointer<Float>
  let places: SetNorm.Places
  let extent: Extent
  let pieces: RowPieces
  let setCount: Int
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    pass: Pass, form: Form, x: UnsafePointer<Float>, places: SetNorm.Places, extent: Extent,
    pieces: RowPieces, setCount: Int, scratch: Scratch
  ) {
    self.pass = pass
    self.form = form
    self.x = x
    self.places = places
    self.extent = extent
    self.pieces = pieces
    self.setCount = setCount
    self.scratch = scratch
  }

  func run(_ part: Part) {
    switch form {
    case .sets(let kernel): run(kernel, part)
    case .groups(let kernel): run(kernel, part)
    }
  }

  private func run(_ kernel: SetNorm, _ part: Part) {
    let range = part.range(of: setCount)
    let (offset, place) = (range.lowerBound &* kernel.count, 2 &* range.lowerBound)
    switch pass {
    case .forward(let statistics, let y):
      kernel.forward(
        x + offset, sets: range.count, places, statistics: statistics + place, into: y + offset)
    case .gradient(let dy, let statistics, _, let dx, let accumulate):
      kernel.backward(
        x + offset, dy: dy + offset, sets: range.count, places, statistics: statistics + place,
        into: dx + offset, accumulate: accumulate)
    case .sums(let dy, let statistics, let plain, let turned):
      if pieces.count == 1 {
        kernel.parameterSums(
          x, dy: dy, sets: setCount, statistics: statistics,
          places: part.range(of: kernel.count, unit: 16), weight: turned, bias: plain)
        return
      }
      for piece in part.range(of: pieces.count) {
        let sets = pieces.range(piece)
        let offset = sets.lowerBound &* kernel.count
        kernel.parameterSums(
          x + offset, dy: dy + offset, sets: sets.count,
          statistics: statistics + 2 &* sets.lowerBound, places: 0..<kernel.count,
          weight: turned + piece &* kernel.count, bias: plain + piece &* kernel.count)
      }
    }
  }

  private func run(_ kernel: GroupNorm, _ part: Part) {
    let scratch = scratch.of(part)
    let size = extent.positions &* extent.channels
    let kept = 2 &* (setCount / max(extent.images, 1))
    for image in part.range(of: extent.images) {
      let (offset, row) = (image &* size, image &* extent.channels)
      switch pass {
      case .forward(let statistics, let y):
        kernel.forward(
          x + offset, weight: places.weight, bias: places.bias,
          statistics: statistics + image &* kept, into: y + offset, scratch: scratch)
      case .sums(let dy, let statistics, let plain, let turned):
        kernel.sums(
          x + offset, dy: dy + offset, statistics: statistics + image &* kept, plain: plain + row,
          turned: turned + row, scratch: scratch)
      case .gradient(let dy, let statistics, let sums, let dx, let accumulate):
        guard let sums else { continue }
        kernel.backward(
          x + offset, dy: dy + offset, weight: places.weight,
          statistics: statistics + image &* kept,
          sums: (UnsafePointer(sums.plain + row), UnsafePointer(sums.turned + row)),
          into: dx + offset, accumulate: accumulate, scratch: scratch)
      }
    }
  }
}
