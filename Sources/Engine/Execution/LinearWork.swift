import COneDNN
import Kernels

/// A matrix product: rows of the result are shared out.
struct ProductWork {
  /// Which factor is transposed.
  enum Form {
    /// C = A·B.
    case plain

    /// C = A·Bᵀ.
    case transposedSecond

    /// C = Aᵀ·B.
    case transposedFirst
  }

  let form: Form
  let a: UnsafePointer<Float>
  let b: UnsafePointer<Float>
  let c: UnsafeMutablePointer<Float>
  let m: Int
  let n: Int
  let k: Int
  let accumulate: Bool
  let usesLibrary: Bool
  let scratch: Scratch

  func run(_ part: Part) -> Int32 {
    if usesLibrary {
      let (lda, ldb) = (form == .transposedFirst ? m : k, form == .transposedSecond ? k : n)
      return espalier_sgemm(
        form == .transposedFirst ? 1 : 0, form == .transposedSecond ? 1 : 0, Int64(m), Int64(n),
        Int64(k), 1, a, Int64(lda), b, Int64(ldb), accumulate ? 1 : 0, c, Int64(n))
    }
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
    return 0
  }
}

/// y = x + bias over `[rows, channels]`, in place.
struct AddBiasWork {
  let y: UnsafeMutablePointer<Float>
  let bias: UnsafePointer<Float>
  let rows: Int
  let channels: Int
  let relu: Bool
  let scratch: Scratch

  func run(_ part: Part) {
    let range = part.range(of: rows)
    let first = y + range.lowerBound &* channels
    Channels.addBias(
      first, bias: bias, rows: range.count, channels: channels, relu: relu, into: first,
      scratch: scratch.of(part))
  }
}

/// The sums of each channel over this part's rows.
struct ChannelSumsWork {
  let x: UnsafePointer<Float>
  let rows: Int
  let channels: Int

  /// A row of channels for each part.
  let sums: UnsafeMutablePointer<Float>
  let scratch: Scratch

  func run(_ part: Part) {
    let range = part.range(of: rows)
    Channels.sums(
      x + range.lowerBound &* channels, rows: range.count, channels: channels,
      into: sums + part.index &* channels, scratch: scratch.of(part))
  }
}

/// Adds the sums of all parts in order and writes them.
struct MergeSumsWork {
  let sums: UnsafeMutablePointer<Float>
  let parts: Int
  let count: Int
  let target: UnsafeMutablePointer<Float>

  func run() {
    BatchNorm.mergeSums(sums, parts: parts, count: count)
    if target != sums { target.update(from: sums, count: count) }
  }
}

/// One pass of our own convolution, or a reordering of its weights.
struct DirectConvolutionWork {
  /// Which pass.
  enum Pass {
    case pack
    case packBackward
    case forward
    case backward(accumulate: Bool)
    case weightGradient
    case unpackGradient(parts: Int)
  }

  /// Owned by the plan.
  let convolution: UnsafePointer<DirectConvolution>
  let pass: Pass

  /// Source activations or gradients, packed or plain weights, bias, and what is written.
  let source: UnsafePointer<Float>
  var weights: UnsafePointer<Float>?
  var bias: UnsafePointer<Float>?
  let target: UnsafeMutablePointer<Float>
  let scratch: Scratch

  func run(_ part: Part) {
    let scratch = scratch.of(part)
    let images = part.range(of: convolution.pointee.geometry.images)
    switch pass {
    case .pack: convolution.pointee.pack(source, into: target)
    case .packBackward: convolution.pointee.packBackward(source, into: target)
    case .forward:
      guard let weights else { return }
      convolution.pointee.forward(
        source, packed: weights, bias: bias, into: target, images: images,
        scratch: scratch)
    case .backward(let accumulate):
      guard let weights else { return }
      convolution.pointee.backward(
        source, packed: weights, into: target, images: images, accumulate: accumulate,
        scratch: scratch)
    case .weightGradient:
      guard let gradient = weights else { return }
      convolution.pointee.weightGradient(
        source, dy: gradient,
        into: target + part.index &* convolution.pointee.gradientCount, images: images,
        scratch: scratch)
    case .unpackGradient(let parts):
      convolution.pointee.unpackGradient(
        UnsafeMutablePointer(mutating: source), parts: parts, into: target)
    }
  }
}
