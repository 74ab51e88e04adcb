import Kernels
import Networks

/// A scheme by which parameters get their first values.
///
/// Gammas start at 1, betas at 0, running means at 0 and variances at 1 in every scheme; biases at 0 but for
/// `pytorch`. What has a start of its own has it in every scheme, tables of embeddings and positions among it.
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
  ///
  /// - Throws: `EngineError.interrupted`, or `EngineError.memory` where there is none for them.
  package func values(for specification: ParameterSpecification, seed: UInt64)
    throws(EngineError) -> Tensor
  {
    try Arena.check(
      bytes: specification.shape.reduce(MemoryLayout<Float>.size) { AvailableMemory.bytes($0, $1) })
    var tensor = Tensor(shape: specification.shape)
    var stream = RandomStream(seed: seed, name: specification.path)
    switch specification.purpose {
    case .kernel(let fanIn, let fanOut):
      try fillKernel(&tensor, fanIn: Double(fanIn), fanOut: Double(fanOut), &stream)
    case .projection(let fanIn, let fanOut):
      let scheme = self == .pytorch ? .xavier : self
      try scheme.fillKernel(&tensor, fanIn: Double(fanIn), fanOut: Double(fanOut), &stream)
    case .recurrent(let fanIn, let fanOut, let units):
      if self == .pytorch {
        try Self.uniform(&tensor, 1 / Double(units).squareRoot(), &stream)
      } else {
        try fillKernel(&tensor, fanIn: Double(fanIn), fanOut: Double(fanOut), &stream)
      }
    case .table(let deviation): try Self.normal(&tensor, deviation, &stream)
    case .bias(let fanIn):
      if self == .pytorch { try Self.uniform(&tensor, 1 / Double(fanIn).squareRoot(), &stream) }
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
  ) throws(EngineError) {
    switch self {
    case .he, .zeroGamma: try Self.normal(&tensor, (2 / fanIn).squareRoot(), &stream)
    case .xavier: try Self.uniform(&tensor, (6 / (fanIn + fanOut)).squareRoot(), &stream)
    case .gluon: try Self.uniform(&tensor, 0.07, &stream)
    case .pytorch: try Self.uniform(&tensor, 1 / fanIn.squareRoot(), &stream)
    case .uniform(let scale): try Self.uniform(&tensor, scale, &stream)
    case .normal(let deviation): try Self.normal(&tensor, deviation, &stream)
    case .orthogonal: try Self.orthogonal(&tensor, &stream)
    }
  }

  private static func uniform(
    _ tensor: inout Tensor, _ scale: Double, _ stream: inout RandomStream
  ) throws(EngineError) {
    let bound = Float(scale)
    try fill(&tensor, .uniform(low: -bound, high: bound), &stream)
  }

  private static func normal(
    _ tensor: inout Tensor, _ deviation: Double, _ stream: inout RandomStream
  ) throws(EngineError) {
    try fill(&tensor, .normal(deviation: Float(deviation)), &stream)
  }

  /// Values drawn between two looks at whether the user asked for an end; a multiple of what a stream draws at
  /// once, so that parts are what the whole would be.
  private static let part = 1 << 20

  private static func fill(
    _ tensor: inout Tensor, _ spread: RandomWork.Spread, _ stream: inout RandomStream
  ) throws(EngineError) {
    for start in stride(from: 0, to: tensor.count, by: part) {
      try EngineError.checkInterruption()
      tensor.values.withUnsafeMutableBufferPointer { values in
        guard let base = values.baseAddress else { return }
        withUnsafeMutablePointer(to: &stream) { stream in
          let work = RandomWork(
            spread: spread, stream: stream, target: base + start,
            count: min(part, values.count - start))
          Instruction(.random(work)).run()
        }
      }
    }
  }

  /// Normal values made orthonormal, seen as a matrix of outputs by everything else.
  private static func orthogonal(_ tensor: inout Tensor, _ stream: inout RandomStream)
    throws(EngineError)
  {
    try normal(&tensor, 1, &stream)
    let rows = tensor.shape[0]
    let columns = tensor.count / max(rows, 1)
    let isWide = rows <= columns
    let (vectors, length) = isWide ? (rows, columns) : (columns, rows)
    let (vectorStep, step) = isWide ? (columns, 1) : (1, columns)
    let isWhole = tensor.values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return true }
      let work = OrthonormalWork(
        start: base, vectors: vectors, vectorStep: vectorStep, length: length, step: step,
        isStopped: { Interruption.isRequested() })
      return Instruction(.orthonormal(work)).run() == 0
    }
    if !isWhole { throw .interrupted }
  }
}
