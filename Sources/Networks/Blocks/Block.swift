/// A node of the architecture: a lasting identity, a name unique among its siblings, and a form.
package struct Block: Hashable, Identifiable, Sendable {
  package let id: BlockID
  package var name: String
  package var form: Form

  /// Whether training leaves all parameters as they are, here and in all blocks inside.
  package var isFrozen: Bool

  /// Whether the backward pass computes again what the blocks inside have put out, in place of it being kept.
  ///
  /// Of a repeat each copy by itself; no layer's own, nor that of a part with a fixed place.
  package var isCheckpointed: Bool

  /// A new block, or one that keeps the identity of another.
  package init(
    id: BlockID = BlockID(), name: String, form: Form, isFrozen: Bool = false,
    isCheckpointed: Bool = false
  ) {
    self.id = id
    self.name = name
    self.form = form
    self.isFrozen = isFrozen
    self.isCheckpointed = isCheckpointed
  }

  /// What a block is made of.
  package indirect enum Form: Hashable, Sendable {
    case layer(Layer)

    /// Children one after another.
    case sequential(BlockList)

    /// Separate copies of one body, each a sequential named by its ordinal and alike but for identity.
    case repeated(BlockList)

    /// Children one after another, run through so many times: each pass reads what the one before it gave,
    /// with the same parameters.
    case shared(BlockList, passes: Int)

    case residual(Residual)
    case parallel(Parallel)

    /// The value that comes in, joined with one that was tapped before.
    case join(TapJoin)
  }
}

extension Block {
  /// The children in the order of the tree: those of a sequential, the copies, body and
  /// shortcut, the branches, or the path of a join.
  package var children: BlockList {
    switch form {
    case .layer: []
    case .sequential(let children): children
    case .repeated(let copies): copies
    case .shared(let children, passes: _): children
    case .residual(let residual): [residual.body, residual.shortcut]
    case .parallel(let parallel): BlockList(parallel.branches)
    case .join(let join): [join.path]
    }
  }

  /// The same block with other children, which must be as many where the form fixes their number.
  package func with(children: some Collection<Block>) -> Block {
    with(children: BlockList(children))
  }

  /// The same block with other children, which must be as many where the form fixes their number.
  package func with(children: BlockList) -> Block {
    var result = self
    switch form {
    case .layer: break
    case .sequential: result.form = .sequential(children)
    case .repeated: result.form = .repeated(children)
    case .shared(_, let passes): result.form = .shared(children, passes: passes)
    case .residual(var residual):
      residual.body = children[0]
      residual.shortcut = children[1]
      result.form = .residual(residual)
    case .parallel(var parallel):
      parallel.branches = Array(children)
      result.form = .parallel(parallel)
    case .join(var join):
      join.path = children[0]
      result.form = .join(join)
    }
    return result
  }

  /// Whether two blocks are alike but for their identities.
  package func isSame(as other: Block) -> Bool {
    guard name == other.name else { return false }
    return hasSameForm(as: other)
  }

  /// Whether two blocks are alike but for their identities and their own names.
  ///
  /// Shortcuts and gates that follow from the shapes are not compared: copies of a repeat may differ in them.
  package func hasSameForm(as other: Block) -> Bool {
    if isFrozen != other.isFrozen || isCheckpointed != other.isCheckpointed { return false }
    switch (form, other.form) {
    case (.layer(let left), .layer(let right)): return left == right
    case (.sequential, .sequential), (.repeated, .repeated): break
    case (.shared(_, let passes), .shared(_, let others)):
      if passes != others { return false }
    case (.residual(let left), .residual(let right)):
      guard left.kind == right.kind, left.activation == right.activation,
        left.scale == right.scale, left.body.isSame(as: right.body)
      else { return false }
      return left.kind != .given || left.shortcut.isSame(as: right.shortcut)
    case (.parallel(let left), .parallel(let right)):
      guard left.join == right.join, left.gate == right.gate else { return false }
      let (own, others) = (left.ownBranches, right.ownBranches)
      return own.count == others.count && zip(own, others).allSatisfy { $0.isSame(as: $1) }
    case (.join(let left), .join(let right)):
      if left.tap != right.tap || left.join != right.join { return false }
    default: return false
    }
    let (left, right) = (children, other.children)
    return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
  }

  /// How many blocks the tree has, this one included.
  package var size: Int { children.reduce(1) { $0 + $1.size } }

  /// Whether the children are a chain that can be edited: those of a sequential or of a shared body.
  package var isChain: Bool {
    switch form {
    case .sequential, .shared: true
    case .layer, .repeated, .residual, .parallel, .join: false
    }
  }

  /// Whether the block is a body several times over, as copies or run through again.
  package var isRepetition: Bool {
    switch form {
    case .repeated, .shared: true
    case .layer, .sequential, .residual, .parallel, .join: false
    }
  }

  /// The same tree with new identities all through.
  package func copied() -> Block {
    var result = withNewIdentity
    result.form = with(children: children.map { $0.copied() }).form
    return result
  }

  /// The same block, children included, under an identity of its own.
  var withNewIdentity: Block {
    Block(name: name, form: form, isFrozen: isFrozen, isCheckpointed: isCheckpointed)
  }
}
