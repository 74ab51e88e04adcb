/// Which of a block's parameters is meant.
package enum ParameterRole: String, Hashable, CaseIterable, Sendable {
  /// The kernel of a convolution, the matrix of a dense layer, the gamma of a normalization, the factor of a scale,
  /// the table of an embedding or of positions.
  case weight

  /// The bias of a convolution or dense layer, the beta of a normalization.
  case bias

  /// The matrices that make queries, keys and values of an attention, one below the other.
  case inputWeight = "in_proj_weight"

  /// The biases of queries, keys and values.
  case inputBias = "in_proj_bias"

  /// The matrix behind the heads of an attention.
  case outputWeight = "out_proj.weight"

  /// The bias behind the heads of an attention.
  case outputBias = "out_proj.bias"

  /// The running mean of a batch normalization.
  case runningMean = "running_mean"

  /// The running variance of a batch normalization.
  case runningVariance = "running_var"

  /// Whether training learns it by gradients; running statistics are gathered instead.
  package var isLearnable: Bool {
    switch self {
    case .weight, .bias, .inputWeight, .inputBias, .outputWeight, .outputBias: true
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
