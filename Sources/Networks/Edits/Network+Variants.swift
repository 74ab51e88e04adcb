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

  /// Normalization and activation before the weights in every residual block, and once more after the last of
  /// them, whose sum would else leave as it is.
  ///
  /// After He et al. 2016.
  package func preactivated() throws(EditError) -> Network {
    let network = try rewritingResiduals { block, residual in
      var block = block
      block.form = .residual(residual.preactivated)
      return block
    }
    return isSame(as: network) ? network : try replacingRoot(network.root.activatedAfterResiduals)
  }

  /// The activation of every residual block at the end of its body, so that what is added is never negative.
  ///
  /// After He et al. 2016, who measured that it does worse.
  package func activatedBeforeSums() throws(EditError) -> Network {
    try rewritingResiduals { block, residual in
      guard let activation = residual.activation else { return block }
      var (block, residual) = (block, residual)
      let children = Array(residual.body.children)
      let name = Naming.fresh(
        Layer.activation(activation).kind.nameStem, among: children.map(\.name))
      residual.activation = nil
      residual.body = residual.body.with(
        children: children + [Block(name: name, form: .layer(.activation(activation)))])
      block.form = .residual(residual)
      return block
    }
  }

  /// A factor that starts at 0 at the end of every residual body that has none there.
  package func withSilentBodies() throws(EditError) -> Network {
    try appendingToBodies(.scale(Scale(start: 0)), unlessLast: .scale)
  }

  /// Stochastic depth: a body's sum is left out for an example with some probability while it trains.
  ///
  /// After Huang et al. 2016, with the same probability for all blocks.
  package func withDroppedBodies(_ rate: Double) throws(EditError) -> Network {
    try appendingToBodies(.dropout(Dropout(rate: rate, of: .example)), unlessLast: .dropPath)
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
        case .layer(.transposedConvolution(var convolution)) where convolution.activation == .relu:
          convolution.activation = activation
          block.form = .layer(.transposedConvolution(convolution))
        case .layer(.dense(var dense)) where dense.activation == .relu:
          dense.activation = activation
          block.form = .layer(.dense(dense))
        case .residual(var residual) where residual.activation == .relu:
          residual.activation = activation
          block.form = .residual(residual)
        case .layer, .sequential, .repeated, .shared, .residual, .parallel, .join: break
        }
        return block
      })
  }

  /// A layer at the end of every residual body whose last layer is of another kind.
  private func appendingToBodies(_ layer: Layer, unlessLast kind: Kind) throws(EditError) -> Network
  {
    try rewritingResiduals { block, residual in
      let children = Array(residual.body.children)
      if children.last?.kind == kind { return block }
      var (block, residual) = (block, residual)
      let name = Naming.fresh(kind.nameStem, among: children.map(\.name))
      residual.body = residual.body.with(
        children: children + [Block(name: name, form: .layer(layer))])
      block.form = .residual(residual)
      return block
    }
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

extension Block {
  /// Whether the block is a residual or has one inside.
  fileprivate var holdsResidual: Bool {
    if case .residual = form { true } else { children.contains(where: \.holdsResidual) }
  }

  /// The same sequential with normalization and activation after the last block, at any depth of sequentials,
  /// that is a residual or has one inside.
  fileprivate var activatedAfterResiduals: Block {
    var blocks = Array(children)
    guard let last = blocks.lastIndex(where: \.holdsResidual) else { return self }
    if case .sequential = blocks[last].form {
      blocks[last] = blocks[last].activatedAfterResiduals
      return with(children: blocks)
    }
    for layer in [Layer.activation(.relu), .batchNormalization(BatchNormalization())] {
      let name = Naming.fresh(layer.kind.nameStem, among: blocks.map(\.name))
      blocks.insert(Block(name: name, form: .layer(layer)), at: last + 1)
    }
    return with(children: blocks)
  }
}
