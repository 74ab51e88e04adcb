/// An activation function over flat memory.
package struct ActivationWork {
  let function: ActivationKernel
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let count: Int

  /// The work on this memory, which a plan owns.
  package init(
    function: ActivationKernel, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>, count: Int
  ) {
    self.function = function
    self.x = x
    self.y = y
    self.count = count
  }

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    function.forward(x + range.lowerBound, into: y + range.lowerBound, count: range.count)
  }
}

/// The gradient of an activation function.
package struct ActivationGradientWork {
  let function: ActivationKernel

  /// The output or the input, as the function needs.
  let saved: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let dx: UnsafeMutablePointer<Float>
  let count: Int
  let accumulate: Bool

  /// The work on this memory, which a plan owns.
  package init(
    function: ActivationKernel, saved: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>, count: Int, accumulate: Bool
  ) {
    self.function = function
    self.saved = saved
    self.dy = dy
    self.dx = dx
    self.count = count
    self.accumulate = accumulate
  }

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    let offset = range.lowerBound
    function.backward(
      saved: saved + offset, dy: dy + offset, into: dx + offset, count: range.count,
      accumulate: accumulate)
  }
}

/// Softmax over the channels of each row.
package struct SoftmaxWork {
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let rows: Int
  let channels: Int

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>, rows: Int, channels: Int
  ) {
    self.x = x
    self.y = y
    self.rows = rows
    self.channels = channels
  }

  func run(_ part: Part) {
    let range = part.range(of: rows)
    let offset = range.lowerBound &* channels
    Softmax.forward(x + offset, rows: range.count, channels: channels, into: y + offset)
  }
}

/// The gradient of softmax.
package struct SoftmaxGradientWork {
  let y: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let dx: UnsafeMutablePointer<Float>
  let rows: Int
  let channels: Int
  let accumulate: Bool

  /// The work on this memory, which a plan owns.
  package init(
    y: UnsafePointer<Float>, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>, rows: Int,
    channels: Int, accumulate: Bool
  ) {
    self.y = y
    self.dy = dy
    self.dx = dx
    self.rows = rows
    self.channels = channels
    self.accumulate = accumulate
  }

  func run(_ part: Part) {
    let range = part.range(of: rows)
    let offset = range.lowerBound &* channels
    Softmax.backward(
      y: y + offset, dy: dy + offset, rows: range.count, channels: channels, into: dx + offset,
      accumulate: accumulate)
  }
}

/// factor · a + b, then ReLU where asked.
package struct SumWork {
  let a: UnsafePointer<Float>
  let b: UnsafePointer<Float>
  let factor: Float
  let relu: Bool
  let y: UnsafeMutablePointer<Float>
  let count: Int

  /// The work on this memory, which a plan owns.
  package init(
    a: UnsafePointer<Float>, b: UnsafePointer<Float>, factor: Float, relu: Bool,
    y: UnsafeMutablePointer<Float>, count: Int
  ) {
    self.a = a
    self.b = b
    self.factor = factor
    self.relu = relu
    self.y = y
    self.count = count
  }

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
package struct CopyWork {
  let x: UnsafePointer<Float>
  let factor: Float
  let accumulate: Bool
  let y: UnsafeMutablePointer<Float>
  let count: Int

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, factor: Float, accumulate: Bool, y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    self.x = x
    self.factor = factor
    self.accumulate = accumulate
    self.y = y
    self.count = count
  }

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
package struct ColumnsWork {
  let x: UnsafePointer<Float>
  let xStride: Int
  let y: UnsafeMutablePointer<Float>
  let yStride: Int
  package let rows: Int
  package let channels: Int
  package let accumulate: Bool

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, xStride: Int, y: UnsafeMutablePointer<Float>, yStride: Int, rows: Int,
    channels: Int, accumulate: Bool
  ) {
    self.x = x
    self.xStride = xStride
    self.y = y
    self.yStride = yStride
    self.rows = rows
    self.channels = channels
    self.accumulate = accumulate
  }

  func run(_ part: Part) {
    let range = part.range(of: rows)
    Channels.copy(
      x + range.lowerBound &* xStride, xStride: xStride, into: y + range.lowerBound &* yStride,
      yStride: yStride, rows: range.count, channels: channels, accumulate: accumulate)
  }
}

/// y = 0.
package struct ZeroWork {
  let y: UnsafeMutablePointer<Float>
  let count: Int

  /// The work on this memory, which a plan owns.
  package init(
    y: UnsafeMutablePointer<Float>, count: Int
  ) {
    self.y = y
    self.count = count
  }

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    Elementwise.fill(y + range.lowerBound, count: range.count, with: 0)
  }
}
