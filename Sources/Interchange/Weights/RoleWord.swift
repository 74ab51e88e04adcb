import Networks

/// What the frameworks call the parameters of a layer.
enum RoleWord {
  /// The words for a parameter as layers have it that are named by others, PyTorch's first.
  static func normalization(_ role: ParameterRole) -> [String] {
    switch role {
    case .weight: ["weight", "gamma"]
    case .bias: ["bias", "beta"]
    case .runningMean: ["running_mean"]
    case .runningVariance: ["running_var"]
    case .inputWeight, .inputBias, .outputWeight, .outputBias, .inputToState, .stateToState,
      .inputToStateBias, .stateToStateBias, .reverseInputToState, .reverseStateToState,
      .reverseInputToStateBias, .reverseStateToStateBias:
      [role.rawValue]
    }
  }

  /// The role that a tensor's name ends with, behind a dot or `_`; nothing where it ends otherwise.
  static func role(of name: String) -> ParameterRole? {
    let found = ParameterRole.allCases.flatMap { role in
      normalization(role).filter {
        name == $0 || name.hasSuffix("." + $0) || name.hasSuffix("_" + $0)
      }.map { (role: role, length: $0.count) }
    }
    return found.max { $0.length < $1.length }?.role
  }

  /// Whether a tensor counts batches, which nothing here needs.
  static func countsBatches(_ name: String) -> Bool {
    name == "num_batches_tracked" || name.hasSuffix(".num_batches_tracked")
  }
}
