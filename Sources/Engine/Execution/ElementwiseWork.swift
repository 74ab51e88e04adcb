import Kernels

/// An activation function over flat memory.
struct ActivationWork {
  let function: ActivationKernel
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let count: Int

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    function.forward(x + range.lowerBound, into: y + range.lowerBound, count: range.count)
  }
}

/// The gradient of an activation function.
struct ActivationGradientWork {
  let function: ActivationKernel

  /// The output or the input, as the function needs.
  let saved: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let dx: UnsafeMutablePointer<Float>
  let count: Int
  let accumulate: Bool

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    let offset = range.lowerBound
    function.backward(
      saved: saved + offset, dy: dy + offset, into: dx + offset, count: range.count,
      accumulate: accumulate)
  }
}

/// Softmax over the channels of each row.
struct SoftmaxWork {
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let rows: Int
  let channels: Int

  func run(_ part: Part) {
    let range = part.range(of: rows)
    let offset = range.lowerBound &* channels
    Softmax.forward(x + offset, rows: range.count, channels: channels, into: y + offset)
  }
}

/// The gradient of softmax.
struct SoftmaxGradientWork {
  let y: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let dx: UnsafeMutablePointer<Float>
  let rows: Int
  let channels: Int
  let accumulate: Bool

  func run(_ part: Part) {
    let range = part.range(of: rows)
    let offset = range.lowerBound &* channels
    Softmax.backward(
      y: y + offset, dy: dy + offset, rows: range.count, channels: channels, into: dx + offset,
      accumulate: accumulate)
  }
}

/// factor · a + b, then ReLU where asked.
struct SumWork {
  let a: UnsafePointer<Float>
  let b: UnsafePointer<Float>
  let factor: Float
  let relu: Bool
  let y: UnsafeMutablePointer<Float>
  let count: Int

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    let offset = range.lowerBound
    if factor != 1 {
      Elementwise.addScaled(
        b + offset, a + offset, factor: factor, into: y + offset, count: range.count)
      if relu { ActivationKernel.relu.forward(y + offset, into: y + offset, count: range.count) }
    } else if relu {
      Elementwise.addRelu(a + offset, b + offset, into: y + offset, count: range.count)
    } else {
      Elementwise.add(a + offset, b + offset, into: y + offset, count: range.count)
    }
  }
}

/// y = factor · x, or y += factor · x.
struct CopyWork {
  let x: UnsafePointer<Float>
  let factor: Float
  let accumulate: Bool
  let y: UnsafeMutablePointer<Float>
  let count: Int

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    let (source, target) = (x + range.lowerBound, y + range.lowerBound)
    switch (accumulate, factor == 1) {
    case (true, true): Elementwise.accumulate(source, into: target, count: range.count)
    case (true, false):
      Elementwise.accumulate(source, factor: factor, into: target, count: range.count)
    case (false, true):
      if source != UnsafePointer(target) {
        Elementwise.copy(source, into: target, count: range.count)
      }
    case (false, false):
      Elementwise.scale(source, by: factor, into: target, count: range.count)
    }
  }
}

/// Moves some channels of every row between arrays with rows of other widths.
struct ColumnsWork {
  let x: UnsafePointer<Float>
  let xStride: Int
  let y: UnsafeMutablePointer<Float>
  let yStride: Int
  let rows: Int
  let channels: Int
  let accumulate: Bool

  func run(_ part: Part) {
    let range = part.range(of: rows)
    Channels.copy(
      x + range.lowerBound &* xStride, xStride: xStride, into: y + range.lowerBound &* yStride,
      yStride: yStride, rows: range.count, channels: channels, accumulate: accumulate)
  }
}

/// y = 0.
struct ZeroWork {
  let y: UnsafeMutablePointer<Float>
  let count: Int

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    Elementwise.fill(y + range.lowerBound, count: range.count, with: 0)
  }
}
