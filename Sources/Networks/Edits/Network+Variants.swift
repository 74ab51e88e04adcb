/// A network with all its residual blocks, or all its rectifiers, of another kind.
extension Network {
  /// Shortcuts of another kind; those that were given stay.
  package func withShortcuts(_ kind: ShortcutKind) throws(EditError) -> Network {
    try rewritingResiduals { block, residual in
      guard residual.kind != .given else { return block }
      var (block, residual) = (block, residual)
      residual.kind = kind
      block.form = .residual(residual)
      return block
    }
  }

  /// The same layers without shortcuts: each residual block becomes its body and the activation behind it.
  package func withoutShortcuts() throws(EditError) -> Network {
    try rewritingResiduals { block, residual in
      var block = block
      var children = Array(residual.body.children)
      if let activation = residual.activation {
        let name = Naming.fresh(
          Layer.activation(activation).kind.nameStem, among: children.map(\.name))
        children.append(Block(name: name, form: .layer(.activation(activation))))
      }
      block.form = .sequential(BlockList(children))
      return block
    }
  }

  /// Normalization and activation before the weights in every residual block.
  package func preactivated() throws(EditError) -> Network {
    try rewritingResiduals { block, residual in
      var block = block
      block.form = .residual(residual.preactivated)
      return block
    }
  }

  /// A factor that starts at 0 at the end of every residual body that has none there.
  package func withSilentBodies() throws(EditError) -> Network {
    try rewritingResiduals { block, residual in
      if case .layer(.scale) = residual.body.children.last?.form { return block }
      var (block, residual) = (block, residual)
      let children = Array(residual.body.children)
      let name = Naming.fresh(Kind.scale.nameStem, among: children.map(\.name))
      residual.body = residual.body.with(
        children: children + [Block(name: name, form: .layer(.scale(Scale(start: 0))))])
      block.form = .residual(residual)
      return block
    }
  }

  /// Another function in place of every relu.
  package func replacingRectifiers(with activation: Activation) throws(EditError) -> Network {
    try replacingRoot(
      root.rewritten { block in
        var block = block
        switch block.form {
        case .layer(.activation(.relu)): block.form = .layer(.activation(activation))
        case .layer(.convolution(var convolution)) where convolution.activation == .relu:
          convolution.activation = activation
          block.form = .layer(.convolution(convolution))
        case .layer(.dense(var dense)) where dense.activation == .relu:
          dense.activation = activation
          block.form = .layer(.dense(dense))
        case .residual(var residual) where residual.activation == .relu:
          residual.activation = activation
          block.form = .residual(residual)
        case .layer, .sequential, .repeated, .residual, .parallel: break
        }
        return block
      })
  }

  private func rewritingResiduals(_ change: (Block, Residual) -> Block) throws(EditError) -> Network
  {
    try replacingRoot(
      root.rewritten { block in
        guard case .residual(let residual) = block.form else { return block }
        return change(block, residual)
      })
  }
}
