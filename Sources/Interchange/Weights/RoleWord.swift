import Networks

/// What the frameworks call the parameters of a layer.
enum RoleWord {
  /// The words for a parameter of a normalization, PyTorch's first.
  static func normalization(_ role: ParameterRole) -> [String] {
    switch role {
    case .weight: ["weight", "gamma"]
    case .bias: ["bias", "beta"]
    case .runningMean: ["running_mean"]
    case .runningVariance: ["running_var"]
    }
  }

  /// The role that a tensor's name ends with, behind a dot or `_`; nothing where it ends otherwise.
  static func role(of name: String) -> ParameterRole? {
    ParameterRole.allCases.first { role in
      normalization(role).contains {
        name == $0 || name.hasSuffix("." + $0) || name.hasSuffix("_" + $0)
      }
    }
  }

  /// Whether a tensor counts batches, which nothing here needs.
  static func countsBatches(_ name: String) -> Bool {
    name == "num_batches_tracked" || name.hasSuffix(".num_batches_tracked")
  }
}
