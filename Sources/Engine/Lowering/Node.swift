import Kernels
import Networks

/// A value that flows between nodes of the lowered graph.
typealias ValueID = Int

/// One operation of the lowered graph: what it computes, from which values, for which block.
struct Node {
  var operation: Operation
  var inputs: [ValueID]
  var output: ValueID

  /// The block that asked for it; of a fused operation the last one.
  var block: BlockID
  var path: String

  /// The checkpoints that it lies in, as numbers of the graph's, the outermost first.
  var checkpoints: [Int] = []
}

/// What a node computes.
enum Operation {
  case convolution(ConvolutionOperation)
  case dense(DenseOperation)

  /// A sum of normalized inputs, plus one plain input where there is one more than normalizations,
  /// then ReLU where asked.
  case normalization(NormalizationOperation)
  case activation(Activation, Extent)

  /// One value from one other, never merged with its neighbours.
  case unary(any UnaryOperation)

  /// factor · first + second, then ReLU where asked.
  case sum(factor: Float, relu: Bool, count: Int)

  /// Channels of all inputs one after another.
  case concatenation(rows: Int, channels: [Int])

  /// first · second; the second may hold for all positions of an image.
  case product(Extent, isBroadcast: Bool)

  /// T · H + (1 − T) · x of H, T and x; T may hold for all positions of an image.
  case highway(Extent, isBroadcast: Bool)
}

/// A convolution with its parameters.
struct ConvolutionOperation {
  let geometry: ConvolutionGeometry
  let weight: ParameterKey
  let bias: ParameterKey?

  /// Whether it leads from the geometry's output to its input.
  var isTransposed = false
}

/// A matrix product of examples and weights, with its parameters.
struct DenseOperation {
  let images: Int
  let features: Int
  let units: Int
  let weight: ParameterKey
  let bias: ParameterKey?
}

/// One or two batch normalizations whose results are added.
struct NormalizationOperation {
  /// One batch normalization and its parameters.
  struct Term {
    let layer: BatchNormalization
    let block: BlockID
    let path: String

    /// Gamma and beta where the layer has them.
    let weight: ParameterKey?
    let bias: ParameterKey?
    let runningMean: ParameterKey
    let runningVariance: ParameterKey
  }

  var terms: [Term]
  let extent: Extent
  var hasPlainOperand = false
  var relu = false
}
