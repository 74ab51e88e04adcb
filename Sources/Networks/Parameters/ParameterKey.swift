/// Which of a block's parameters is meant.
package enum ParameterRole: String, Hashable, CaseIterable, Sendable {
  /// The kernel of a convolution, the matrix of a dense layer, the gamma of a normalization, the factor of a scale.
  case weight

  /// The bias of a convolution or dense layer, the beta of a normalization.
  case bias

  /// The running mean of a batch normalization.
  case runningMean = "running_mean"

  /// The running variance of a batch normalization.
  case runningVariance = "running_var"

  /// Whether training learns it by gradients; running statistics are gathered instead.
  package var isLearnable: Bool {
    switch self {
    case .weight, .bias: true
    case .runningMean, .runningVariance: false
    }
  }
}

/// Where a parameter belongs: the block's lasting identity and the role in it, never a path.
package struct ParameterKey: Hashable, Sendable {
  package let block: BlockID
  package let role: ParameterRole

  /// Joins a block and a role.
  package init(block: BlockID, role: ParameterRole) {
    self.block = block
    self.role = role
  }
}
