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

  /// Whether a pass over single positions goes faster as a product of matrices than as the library's convolution.
  ///
  /// The product needs no reordered weights, which weigh most where positions are few, and adds to gradients that
  /// are there; the convolution adds the bias on its way, and is ahead in gradients of few weights.
  static func prefersProduct(_ geometry: ConvolutionGeometry, _ pass: LibraryConvolution.Pass)
    -> Bool
  {
    guard geometry.isPointwise else { return false }
    switch pass {
    case .forwardTraining:
      return geometry.input.channels > geometry.images * geometry.input.positions
    case .forwardInference: return false
    case .backwardData: return true
    case .backwardWeights: return geometry.input.channels >= channelsOfProducts
    }
  }

  /// Input channels from which weights' gradients are products.
  private static let channelsOfProducts = 192
}
