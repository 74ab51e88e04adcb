/// A parameter that a network needs, before it has values.
package struct ParameterSpecification: Hashable, Sendable {
  /// What the parameter does, which decides how it is initialised.
  package enum Purpose: Hashable, Sendable {
    /// A convolution's kernel or a dense layer's matrix.
    case kernel(fanIn: Int, fanOut: Int)

    /// The matrices of an attention that are drawn as one, which PyTorch does as Xavier.
    case projection(fanIn: Int, fanOut: Int)

    /// A matrix of a recurrent layer of so many units, by which alone PyTorch scales it.
    case recurrent(fanIn: Int, fanOut: Int, units: Int)

    /// A table of normal numbers around 0, whatever the scheme.
    case table(deviation: Double)

    /// A convolution's or dense layer's bias; `fanIn` is that of the kernel beside it.
    case bias(fanIn: Int)

    /// A normalization's scale; `closesResidual` marks the last one of a residual body.
    case gamma(closesResidual: Bool)

    /// A bias or factor that starts at a number of its own, whatever the scheme.
    case given(start: Double)

    /// A normalization's shift.
    case beta

    case runningMean
    case runningVariance

    /// Whether it is a matrix, of which each row is a sum over inputs.
    package var isMatrix: Bool {
      switch self {
      case .kernel, .projection, .recurrent: true
      case .table, .bias, .gamma, .given, .beta, .runningMean, .runningVariance: false
      }
    }
  }

  package let key: ParameterKey

  /// The block's path and the role, such as `res1.body.conv1.weight`.
  package let path: String

  /// `[outputChannels, inputChannels / groups, kernel…]`, `[units, features]`, `[rows, units]` or `[channels]`.
  package let shape: [Int]
  package let purpose: Purpose

  /// Whether training leaves it as it is, though it could learn it.
  package let isFrozen: Bool

  /// Describes one parameter.
  package init(
    key: ParameterKey, path: String, shape: [Int], purpose: Purpose, isFrozen: Bool = false
  ) {
    self.key = key
    self.path = path
    self.shape = shape
    self.purpose = purpose
    self.isFrozen = isFrozen && key.role.isLearnable
  }

  /// The number of values.
  package var count: Int { shape.reduce(1, *) }

  /// Whether training learns it by gradients.
  package var isLearnable: Bool { key.role.isLearnable }
}
