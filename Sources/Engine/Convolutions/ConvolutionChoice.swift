import COneDNN
import Kernels

/// Who computes a convolution.
enum ConvolutionChoice {
  /// Multiply-adds of one pass below which our own kernels are preferred.
  static let smallWork = 1 << 20

  /// Whether our own kernels are tried first: few channels or little work, where the library's fixed costs
  /// and padding of channels weigh most.
  static func prefersDirect(_ geometry: ConvolutionGeometry, _ options: PlanOptions) -> Bool {
    if !options.allowsLibrary || espalier_onednn_is_available() == 0 { return true }
    return options.prefersDirect && geometry.multiplyAdds < smallWork
  }
}
