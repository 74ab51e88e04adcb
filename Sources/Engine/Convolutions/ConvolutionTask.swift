import Kernels

/// What a plan wants of a convolution; a choice of who does it is remembered by it.
package struct ConvolutionTask: Hashable, Sendable {
  let geometry: ConvolutionGeometry
  let pass: LibraryConvolution.Pass
  let hasBias: Bool

  /// Whether it is for a transposed convolution, which no product of matrices computes.
  var isTransposed = false

  /// Whether its result is added to a gradient that is there.
  var accumulates = false

  /// Threads that the plan is made for.
  let threads: Int
}

extension ConvolutionTask {
  /// Multiplications with their additions.
  package var multiplyAdds: Int { geometry.multiplyAdds }

  /// The window, the input and the channels of the output: `3x3 16x32x32 → 32`; a series without its height.
  package var words: String {
    let isSeries = geometry.input.height == 1 && geometry.vertical.kernel == 1
    let window =
      isSeries
      ? "\(geometry.horizontal.kernel)"
      : "\(geometry.vertical.kernel)x\(geometry.horizontal.kernel)"
    let (from, to) =
      isTransposed ? (geometry.output, geometry.input) : (geometry.input, geometry.output)
    let positions = isSeries ? "\(from.width)" : "\(from.height)x\(from.width)"
    return "\(window) \(from.channels)x\(positions) → \(to.channels)"
  }

  /// What it computes: outputs y, or gradients dx and dW, `dx added` where it adds to a gradient that is there.
  package var passWords: String {
    let result =
      switch pass {
      case .forwardTraining, .forwardInference: isTransposed ? "dx" : "y"
      case .backwardData: isTransposed ? "y" : "dx"
      case .backwardWeights: "dW"
      }
    return accumulates ? result + " added" : result
  }
}

/// Who computes a convolution.
package enum ConvolutionMethod: Hashable, Sendable {
  /// Our own kernels.
  case direct

  /// A product of matrices, where windows are single positions.
  case product

  /// oneDNN's convolution, in so many pieces of the images by so many of the channels.
  case library(images: Int, channels: Int)
}

extension ConvolutionMethod {
  init(_ cut: ConvolutionCut) { self = .library(images: cut.images, channels: cut.channels) }

  /// What it is called where people read it: `own`, `product`, `oneDNN`, `oneDNN 8x1`.
  package var words: String {
    switch self {
    case .direct: "own"
    case .product: "product"
    case .library(1, 1): "oneDNN"
    case .library(let images, let channels): "oneDNN \(images)x\(channels)"
    }
  }
}
