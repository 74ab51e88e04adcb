import COneDNN
import Kernels

/// The rule by which it is chosen who computes a convolution, where nothing was measured.
enum ConvolutionChoice {
  /// The ways to compute a task, the first of which that can be had is taken; without any our own kernels do.
  static func methods(_ task: ConvolutionTask, _ options: PlanOptions) -> [ConvolutionMethod] {
    let (geometry, pass) = (task.geometry, task.pass)
    if prefersDirect(geometry, options) { return [] }
    let cut = ConvolutionCut(geometry, pass, threads: options.threads)
    let library = [ConvolutionMethod(cut), ConvolutionMethod(.whole)]
    return prefersProduct(geometry, pass) && !task.isTransposed ? [.product] + library : library
  }

  /// The ways that are worth measuring.
  static func candidates(_ task: ConvolutionTask, _ options: PlanOptions) -> [ConvolutionMethod] {
    let geometry = task.geometry
    var result: [ConvolutionMethod] = []
    // Our own kernels are far behind the library's where there is much to do in many channels.
    if geometry.multiplyAdds < muchWork || geometry.groups > 1 { result.append(.direct) }
    if !options.allowsLibrary || espalier_onednn_is_available() == 0 { return result }
    if geometry.isPointwise, !task.isTransposed { result.append(.product) }
    if isLong(geometry) { return result }
    return result
      + ConvolutionCut.candidates(geometry, task.pass, threads: task.threads)
      .map { ConvolutionMethod($0) }
  }

  /// Multiply-adds of one pass from which our own kernels are not tried.
  private static let muchWork = 1 << 29

  /// Multiply-adds of one pass below which our own kernels are preferred.
  static let smallWork = 1 << 20

  /// Positions of a row from which our own kernels are preferred: the library prepares its convolution for each of
  /// them, at some microseconds and 700 bytes that no plan would know of, anew for each batch.
  static let longRow = 1 << 15

  /// Whether our own kernels are tried first: few channels or little work, where the library's fixed costs
  /// and padding of channels weigh most, and very long rows.
  static func prefersDirect(_ geometry: ConvolutionGeometry, _ options: PlanOptions) -> Bool {
    if !options.allowsLibrary || espalier_onednn_is_available() == 0 { return true }
    return options.prefersDirect
      && (geometry.multiplyAdds < smallWork || isLong(geometry))
  }

  /// Whether the library would prepare a convolution for too many positions; those of single positions it does not.
  private static func isLong(_ geometry: ConvolutionGeometry) -> Bool {
    !geometry.isPointwise && geometry.output.width >= longRow
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
