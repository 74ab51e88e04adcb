/// A pass of one direction of a recurrent layer; each part has some of the images.
package struct RecurrentWork {
  /// Which pass, with what it reads and writes beside what is saved.
  package enum Pass {
    case forward(
      weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?, y: UnsafeMutablePointer<Float>)
    case backward(
      weights: UnsafePointer<Float>, dy: UnsafePointer<Float>,
      slopes: (ofInputs: UnsafeMutablePointer<Float>, ofStates: UnsafeMutablePointer<Float>))
  }

  let pass: Pass
  let kernel: RecurrentKernel
  package let images: Int

  /// Gates, what goes with them, and the states that steps began with.
  let saved:
    (
      gates: UnsafeMutablePointer<Float>, extra: UnsafeMutablePointer<Float>,
      previous: UnsafeMutablePointer<Float>
    )

  /// Gates of all units.
  package let width: Int
  package let units: Int
  package let positions: Int

  /// Floats of an image's output.
  let row: Int
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    pass: Pass, kernel: RecurrentKernel, images: Int,
    saved: (
      gates: UnsafeMutablePointer<Float>, extra: UnsafeMutablePointer<Float>,
      previous: UnsafeMutablePointer<Float>
    ), width: Int, units: Int, positions: Int, row: Int, scratch: Scratch
  ) {
    self.pass = pass
    self.kernel = kernel
    self.images = images
    self.saved = saved
    self.width = width
    self.units = units
    self.positions = positions
    self.row = row
    self.scratch = scratch
  }

  func run(_ part: Part) -> Int32 {
    let range = part.range(of: images)
    if range.isEmpty { return 0 }
    let first = range.lowerBound &* positions
    let own = RecurrentKernel.Saved(
      gates: saved.gates + first &* width, extra: saved.extra + first &* units,
      previous: saved.previous + first &* units)
    let isWhole =
      switch pass {
      case .forward(let weights, let bias, let y):
        kernel.forward(
          own, weights: weights, bias: bias, images: range.count, into: y + range.lowerBound &* row,
          scratch: scratch.of(part), stop: part.stop)
      case .backward(let weights, let dy, let slopes):
        kernel.backward(
          own, dy: dy + range.lowerBound &* row, weights: weights, images: range.count,
          into: RecurrentKernel.Slopes(
            ofInputs: slopes.ofInputs + first &* width, ofStates: slopes.ofStates + first &* width),
          scratch: scratch.of(part), stop: part.stop)
      }
    return isWhole ? 0 : Instruction.isStopped
  }
}
