extension Network {
  /// Every parameter in the order of execution, bodies before shortcuts, weights before running statistics.
  package var parameters: [ParameterSpecification] {
    let closing = closingNormalizations
    var result: [ParameterSpecification] = []
    walk { block, path in
      guard case .layer(let layer) = block.form, let facts = facts[block.id] else { return }
      for need in layer.definition.parameterNeeds(for: facts.input) {
        var purpose = need.purpose
        if case .gamma = purpose { purpose = .gamma(closesResidual: closing.contains(block.id)) }
        result.append(
          ParameterSpecification(
            key: ParameterKey(block: block.id, role: need.role),
            path: path + "." + need.role.rawValue, shape: need.shape, purpose: purpose,
            isFrozen: facts.frozen > 0))
      }
    }
    return result
  }

  /// The normalizations that end the body of a residual block.
  private var closingNormalizations: Set<BlockID> {
    var result: Set<BlockID> = []
    walk { block, _ in
      guard case .residual(let residual) = block.form else { return }
      if let last = residual.body.lastLayer, case .layer(let layer) = last.form,
        layer.isNormalization
      {
        result.insert(last.id)
      }
    }
    return result
  }
}

extension Block {
  /// The layer that is executed last in a chain but for dropout, or nothing where branches end it.
  fileprivate var lastLayer: Block? {
    switch form {
    case .layer: self
    case .sequential(let children), .repeated(let children), .shared(let children, passes: _):
      children.last { !$0.isSqueezeExcite && !$0.isDropout }?.lastLayer
    case .residual, .parallel, .join: nil
    }
  }
}
