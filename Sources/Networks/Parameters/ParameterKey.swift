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

  /// The matrix that leads from inputs to the gates of a recurrent layer.
  case inputToState = "weight_ih_l0"

  /// The matrix that leads from one state to the gates of the next.
  case stateToState = "weight_hh_l0"
  case inputToStateBias = "bias_ih_l0"
  case stateToStateBias = "bias_hh_l0"

  /// Those of the way from the last position to the first.
  case reverseInputToState = "weight_ih_l0_reverse"
  case reverseStateToState = "weight_hh_l0_reverse"
  case reverseInputToStateBias = "bias_ih_l0_reverse"
  case reverseStateToStateBias = "bias_hh_l0_reverse"

  /// The running mean of a batch normalization.
  case runningMean = "running_mean"

  /// The running variance of a batch normalization.
  case runningVariance = "running_var"

  /// Whether training learns it by gradients; running statistics are gathered instead.
  package var isLearnable: Bool {
    switch self {
    case .runningMean, .runningVariance: false
    case .weight, .bias, .inputWeight, .inputBias, .outputWeight, .outputBias, .inputToState,
      .stateToState, .inputToStateBias, .stateToStateBias, .reverseInputToState,
      .reverseStateToState, .reverseInputToStateBias, .reverseStateToStateBias:
      true
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
