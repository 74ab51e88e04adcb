/// A pass of all heads of all images; each part has some of them.
package struct AttentionWork {
  /// Which pass, with what it reads beside queries, keys and values, and what it writes.
  package enum Pass {
    case forward(y: UnsafeMutablePointer<Float>, terms: UnsafeMutablePointer<Float>)
    case backward(
      y: UnsafePointer<Float>, dy: UnsafePointer<Float>, terms: UnsafePointer<Float>,
      dx: UnsafeMutablePointer<Float>)
  }

  /// The dropout of the softmax.
  package struct Mask {
    let rate: Float
    let seed: UInt64
    let stream: UInt64

    /// The number of the current step.
    let step: UnsafePointer<UInt64>

    /// The dropout of a layer, by the number of the current step.
    package init(
      rate: Float, seed: UInt64, stream: UInt64, step: UnsafePointer<UInt64>
    ) {
      self.rate = rate
      self.seed = seed
      self.stream = stream
      self.step = step
    }

    var kernel: DropoutKernel {
      DropoutKernel(rate: rate, seed: seed, stream: stream, step: step.pointee)
    }
  }

  package let pass: Pass
  package let kernel: AttentionKernel
  package let images: Int

  /// Queries, keys and values, `[images · positions, 3 · channels]`.
  let x: UnsafePointer<Float>
  let mask: Mask?
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    pass: Pass, kernel: AttentionKernel, images: Int, x: UnsafePointer<Float>, mask: Mask?,
    scratch: Scratch
  ) {
    self.pass = pass
    self.kernel = kernel
    self.images = images
    self.x = x
    self.mask = mask
    self.scratch = scratch
  }

  func run(_ part: Part) -> Int32 {
    let (positions, channels, heads) = (kernel.positions, kernel.channels, kernel.heads)
    let mask = mask?.kernel
    let scratch = scratch.of(part)
    for unit in part.range(of: images &* heads) {
      let (image, head) = (unit / heads, unit % heads)
      let first = head &* (channels / heads)
      let narrow = image &* positions &* channels &+ first
      let wide = image &* positions &* 3 &* channels &+ first
      let firstRow = unit &* positions
      let isWhole: Bool
      switch pass {
      case .forward(let y, let terms):
        isWhole = kernel.forward(
          x + wide, into: y + narrow, terms: terms + 2 &* firstRow, mask: mask,
          firstRow: firstRow, scratch: scratch, stop: part.stop)
      case .backward(let y, let dy, let terms, let dx):
        let saved = AttentionKernel.Saved(
          y: y + narrow, dy: dy + narrow, terms: terms + 2 &* firstRow)
        isWhole = kernel.backward(
          x + wide, saved, into: dx + wide, mask: mask, firstRow: firstRow, scratch: scratch,
          stop: part.stop)
      }
      if !isWhole { return Instruction.isStopped }
    }
    return 0
  }
}
