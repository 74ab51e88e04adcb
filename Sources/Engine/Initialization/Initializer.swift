import Kernels
import Networks

/// A scheme by which parameters get their first values.
///
/// Gammas start at 1, betas at 0, running means at 0 and variances at 1 in every scheme; biases at 0 but for
/// `pytorch`. What has a start of its own has it in every scheme.
package enum Initializer: Hashable, Sendable {
  /// N(0, √(2 / fan-in)) (He et al. 2015).
  case he

  /// U(±√(3 / mean of fan-in and fan-out)), Gluon's Xavier (Glorot and Bengio 2010).
  case xavier

  /// U(±0.07), Gluon's default.
  case gluon

  /// U(±1/√fan-in), biases too, PyTorch's default.
  case pytorch

  /// U(±scale).
  case uniform(scale: Double)

  /// N(0, deviation).
  case normal(deviation: Double)

  /// Rows, or columns where there are more rows, that are orthogonal and of length 1 (Saxe et al. 2014).
  case orthogonal

  /// `he`, with the last gamma of every residual body 0, so that blocks start as identities (Goyal et al. 2017).
  case zeroGamma

  /// The first values of a parameter: always the same for the same scheme, seed, path and role.
  package func values(for specification: ParameterSpecification, seed: UInt64) -> Tensor {
    var tensor = Tensor(shape: specification.shape)
    var stream = RandomStream(seed: seed, name: specification.path)
    switch specification.purpose {
    case .kernel(let fanIn, let fanOut):
      fillKernel(&tensor, fanIn: Double(fanIn), fanOut: Double(fanOut), &stream)
    case .bias(let fanIn):
      if self == .pytorch { Self.uniform(&tensor, 1 / Double(fanIn).squareRoot(), &stream) }
    case .gamma(let closesResidual):
      if self != .zeroGamma || !closesResidual {
        tensor = Tensor(shape: tensor.shape, filledWith: 1)
      }
    case .given(let start): tensor = Tensor(shape: tensor.shape, filledWith: Float(start))
    case .beta, .runningMean: break
    case .runningVariance: tensor = Tensor(shape: tensor.shape, filledWith: 1)
    }
    return tensor
  }

  private func fillKernel(
    _ tensor: inout Tensor, fanIn: Double, fanOut: Double, _ stream: inout RandomStream
  ) {
    switch self {
    case .he, .zeroGamma: Self.normal(&tensor, (2 / fanIn).squareRoot(), &stream)
    case .xavier: Self.uniform(&tensor, (6 / (fanIn + fanOut)).squareRoot(), &stream)
    case .gluon: Self.uniform(&tensor, 0.07, &stream)
    case .pytorch: Self.uniform(&tensor, 1 / fanIn.squareRoot(), &stream)
    case .uniform(let scale): Self.uniform(&tensor, scale, &stream)
    case .normal(let deviation): Self.normal(&tensor, deviation, &stream)
    case .orthogonal: Self.orthogonal(&tensor, &stream)
    }
  }

  private static func uniform(_ tensor: inout Tensor, _ scale: Double, _ stream: inout RandomStream)
  {
    let bound = Float(scale)
    tensor.values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      stream.fillUniform(base, count: values.count, low: -bound, high: bound)
    }
  }

  private static func normal(
    _ tensor: inout Tensor, _ deviation: Double, _ stream: inout RandomStream
  ) {
    tensor.values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      stream.fillNormal(base, count: values.count, deviation: Float(deviation))
    }
  }

  /// Normal values made orthonormal, seen as a matrix of outputs by everything else.
  private static func orthogonal(_ tensor: inout Tensor, _ stream: inout RandomStream) {
    normal(&tensor, 1, &stream)
    let rows = tensor.shape[0]
    let columns = tensor.count / max(rows, 1)
    let isWide = rows <= columns
    let (vectors, length) = isWide ? (rows, columns) : (columns, rows)
    let (vectorStep, step) = isWide ? (columns, 1) : (1, columns)
    tensor.values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      Orthonormalization.run(
        base, vectors: vectors, vectorStep: vectorStep, length: length, step: step)
    }
  }
}
