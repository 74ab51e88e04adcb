/// Who computes a pass of a convolution in a plan, ready to be emitted.
enum ConvolutionProvider {
  case direct
  case product(Projection)
  case library(LibraryConvolution)

  /// The same as a choice that can be remembered.
  var method: ConvolutionMethod {
    switch self {
    case .direct: .direct
    case .product: .product
    case .library(let library): ConvolutionMethod(library.cut)
    }
  }
}

/// A pass of a convolution that a plan has, and who computes it.
struct PlannedConvolution {
  let task: ConvolutionTask
  let operation: ConvolutionOperation
  let path: String
  let method: ConvolutionMethod
}
