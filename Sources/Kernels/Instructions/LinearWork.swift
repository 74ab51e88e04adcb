/// A matrix product: rows of the result are shared out.
package struct ProductWork {
  /// Which factor is transposed.
  package enum Form {
    /// C = A·B.
    case plain

    /// C = A·Bᵀ.
    case transposedSecond

    /// C = Aᵀ·B.
    case transposedFirst
  }

  package let form: Form
  package let a: UnsafePointer<Float>
  package let b: UnsafePointer<Float>
  package let c: UnsafeMutablePointer<Float>
  package let m: Int
  package let n: Int
  package let k: Int
  package let accumulate: Bool
  package let usesLibrary: Bool
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    form: Form, a: UnsafePointer<Float>, b: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>,
    m: Int, n: Int, k: Int, accumulate: Bool, usesLibrary: Bool, scratch: Scratch
  ) {
    self.form = form
    self.a = a
    self.b = b
    self.c = c
    self.m = m
    self.n = n
    self.k = k
    self.accumulate = accumulate
    self.usesLibrary = usesLibrary
    self.scratch = scratch
  }

  func run(_ part: Part) {
    let rows = part.range(of: m)
    let target = c + rows.lowerBound &* n
    switch form {
    case .plain:
      Matrix.multiply(
        a + rows.lowerBound &* k, k, b, n, into: target, n, m: rows.count, n: n, k: k,
        accumulate: accumulate, scratch: scratch.of(part))
    case .transposedSecond:
      Matrix.multiplyTransposed(
        a + rows.lowerBound &* k, k, b, k, into: target, n, m: rows.count, n: n, k: k,
        accumulate: accumulate, scratch: scratch.of(part))
    case .transposedFirst:
      Matrix.transposedMultiply(
        a + rows.lowerBound, m, b, n, into: target, n, m: rows.count, n: n, k: k,
        accumulate: accumulate, scratch: scratch.of(part))
    }
  }
}

/// y = x + bias over `[rows, channels]`, in place.
package struct AddBiasWork {
  let y: UnsafeMutablePointer<Float>
  let bias: UnsafePointer<Float>
  let rows: Int
  let channels: Int
  let relu: Bool
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    y: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>, rows: Int, channels: Int,
    relu: Bool, scratch: Scratch
  ) {
    self.y = y
    self.bias = bias
    self.rows = rows
    self.channels = channels
    self.relu = relu
    self.scratch = scratch
  }

  func run(_ part: Part) {
    let range = part.range(of: rows)
    let first = y + range.lowerBound &* channels
    Channels.addBias(
      first, bias: bias, rows: range.count, channels: channels, relu: relu, into: first,
      scratch: scratch.of(part))
  }
}

/// The sums of each channel over this part's rows.
package struct ChannelSumsWork {
  let x: UnsafePointer<Float>
  let rows: Int
  let channels: Int

  /// A row of channels for each part.
  let sums: UnsafeMutablePointer<Float>
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, rows: Int, channels: Int, sums: UnsafeMutablePointer<Float>,
    scratch: Scratch
  ) {
    self.x = x
    self.rows = rows
    self.channels = channels
    self.sums = sums
    self.scratch = scratch
  }

  func run(_ part: Part) {
    let range = part.range(of: rows)
    Channels.sums(
      x + range.lowerBound &* channels, rows: range.count, channels: channels,
      into: sums + part.index &* channels, scratch: scratch.of(part))
  }
}

/// Adds the sums of all parts in order and writes them.
package struct MergeSumsWork {
  let sums: UnsafeMutablePointer<Float>
  let parts: Int
  let count: Int
  let target: UnsafeMutablePointer<Float>

  /// The work on this memory, which a plan owns.
  package init(
    sums: UnsafeMutablePointer<Float>, parts: Int, count: Int, target: UnsafeMutablePointer<Float>
  ) {
    self.sums = sums
    self.parts = parts
    self.count = count
    self.target = target
  }

  func run() {
    BatchNorm.mergeSums(sums, parts: parts, count: count)
    if target != sums { target.update(from: sums, count: count) }
  }
}

/// One pass of our own convolution, or a reordering of its weights.
package struct DirectConvolutionWork {
  /// Which pass.
  package enum Pass {
    case pack
    case packBackward
    case forward
    case backward(accumulate: Bool)
    case weightGradient
    case unpackGradient(parts: Int)
  }

  /// Owned by the plan.
  package let convolution: UnsafePointer<DirectConvolution>
  package let pass: Pass

  /// Source activations or gradients, packed or plain weights, bias, and what is written.
  let source: UnsafePointer<Float>
  var weights: UnsafePointer<Float>?
  var bias: UnsafePointer<Float>?
  let target: UnsafeMutablePointer<Float>
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    convolution: UnsafePointer<DirectConvolution>, pass: Pass, source: UnsafePointer<Float>,
    weights: UnsafePointer<Float>? = nil, bias: UnsafePointer<Float>? = nil,
    target: UnsafeMutablePointer<Float>, scratch: Scratch
  ) {
    self.convolution = convolution
    self.pass = pass
    self.source = source
    self.weights = weights
    self.bias = bias
    self.target = target
    self.scratch = scratch
  }

  func run(_ part: Part) -> Int32 {
    let scratch = scratch.of(part)
    let images = part.range(of: convolution.pointee.geometry.images)
    var isWhole = true
    switch pass {
    case .pack: convolution.pointee.pack(source, into: target)
    case .packBackward: convolution.pointee.packBackward(source, into: target)
    case .forward:
      guard let weights else { return 0 }
      isWhole = convolution.pointee.forward(
        source, packed: weights, bias: bias, into: target, images: images,
        scratch: scratch, stop: part.stop)
    case .backward(let accumulate):
      guard let weights else { return 0 }
      isWhole = convolution.pointee.backward(
        source, packed: weights, into: target, images: images, accumulate: accumulate,
        scratch: scratch, stop: part.stop)
    case .weightGradient:
      guard let gradient = weights else { return 0 }
      isWhole = convolution.pointee.weightGradient(
        source, dy: gradient,
        into: target + part.index &* convolution.pointee.gradientCount, images: images,
        scratch: scratch, stop: part.stop)
    case .unpackGradient(let parts):
      convolution.pointee.unpackGradient(
        UnsafeMutablePointer(mutating: source), parts: parts, into: target)
    }
    return isWhole ? 0 : Instruction.isStopped
  }
}
