import COneDNN
import Kernels

/// One pass of a convolution in oneDNN, cut into pieces; freed with its owner.
final class LibraryConvolution {
  /// Which pass.
  enum Pass {
    case forwardTraining
    case forwardInference
    case backwardData
    case backwardWeights

    fileprivate var code: UInt32 {
      switch self {
      case .forwardTraining: ESPALIER_FORWARD_TRAINING.rawValue
      case .forwardInference: ESPALIER_FORWARD_INFERENCE.rawValue
      case .backwardData: ESPALIER_BACKWARD_DATA.rawValue
      case .backwardWeights: ESPALIER_BACKWARD_WEIGHTS.rawValue
      }
    }
  }

  let call: OpaquePointer
  let geometry: ConvolutionGeometry

  /// The implementation's name, such as `brgconv:avx512_core`.
  let implementation: String

  /// In which numbers the operands are; the results are float32.
  let precision: Precision

  /// The pieces that are computed by one thread each.
  let cut: ConvolutionCut

  /// Floats of working memory for each thread, and of the weights in the pass's own layout.
  let scratchCount: Int
  let weightCount: Int

  /// Whether that layout is the plain one.
  let isPlain: Bool

  /// Whether gradients of the pieces are to be summed.
  let merges: Bool

  /// How a pass is cut into pieces that several threads may compute, in which numbers its operands are, and whether it
  /// is only asked what it would take, so that it cannot be run.
  struct Form {
    let cut: ConvolutionCut
    let threads: Int
    var precision = Precision.float32
    var isDescription = false
  }

  /// Creates the pass; nothing where the library has no implementation worth using.
  init?(_ geometry: ConvolutionGeometry, _ pass: Pass, hasBias: Bool, form: Form) {
    if form.precision == .bfloat16, espalier_onednn_bfloat16() == ESPALIER_NO_BFLOAT16 {
      return nil
    }
    var shape = espalier_convolution_shape(geometry, form.precision)
    let create =
      form.isDescription ? espalier_convolution_describe : espalier_convolution_create
    let pieces = espalier_cut(
      images: Int32(truncatingIfNeeded: form.cut.images),
      channels: Int32(truncatingIfNeeded: form.cut.channels),
      threads: Int32(truncatingIfNeeded: form.threads))
    guard let call = create(&shape, Int32(truncatingIfNeeded: pass.code), hasBias ? 1 : 0, pieces)
    else { return nil }
    let name = espalier_convolution_implementation(call).map { String(cString: $0) } ?? ""
    if !Self.isWorthUsing(name, geometry) {
      espalier_convolution_free(call)
      return nil
    }
    self.call = call
    self.geometry = geometry
    precision = form.precision
    cut = form.cut
    implementation = name
    scratchCount = (espalier_convolution_scratch_bytes(call) + 3) / 4
    weightCount = (espalier_convolution_weight_bytes(call) + 3) / 4
    isPlain = weightCount == 0
    merges = espalier_convolution_merges(call) != 0
  }

  deinit { espalier_convolution_free(call) }

  /// Whether an implementation beats our own kernels: not reference loops, nor matrix products after a copy,
  /// nor general kernels where every channel is convolved alone.
  private static func isWorthUsing(_ name: String, _ geometry: ConvolutionGeometry) -> Bool {
    if name.hasPrefix("ref") || name.contains("gemm:") { return false }
    return !geometry.isDepthwise || name.contains("dw")
  }
}

extension espalier_convolution_shape {
  /// The same geometry in the words of the shim.
  fileprivate init(_ g: ConvolutionGeometry, _ precision: Precision) {
    let numbers = precision == .bfloat16 ? ESPALIER_BFLOAT16 : ESPALIER_FLOAT32
    self.init(
      batch: Int64(g.images), groups: Int64(g.groups), input_channels: Int64(g.input.channels),
      input_height: Int64(g.input.height), input_width: Int64(g.input.width),
      output_channels: Int64(g.output.channels), output_height: Int64(g.output.height),
      output_width: Int64(g.output.width), kernel_height: Int64(g.vertical.kernel),
      kernel_width: Int64(g.horizontal.kernel), stride_height: Int64(g.vertical.stride),
      stride_width: Int64(g.horizontal.stride), dilation_height: Int64(g.vertical.dilation),
      dilation_width: Int64(g.horizontal.dilation), pad_top: Int64(g.vertical.before),
      pad_left: Int64(g.horizontal.before), pad_bottom: Int64(g.vertical.after),
      pad_right: Int64(g.horizontal.after), precision: Int32(truncatingIfNeeded: numbers.rawValue))
  }
}
