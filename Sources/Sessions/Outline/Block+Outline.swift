import Networks

extension Block {
  /// What the block is, as it would be typed: kind and arguments that differ from their defaults, but for what rows
  /// have a mark of.
  package var outlineKind: String {
    var arguments = arguments
    if isCheckpointed { arguments["checkpoint"] = .flag(false) }
    return ([kind.rawValue] + arguments.words).joined(separator: " ")
  }

  /// The family whose hue the block has.
  package var outlineFamily: KindFamily { kind.family }

  /// The blocks that unfolding would show.
  var outlineChildren: BlockList {
    switch form {
    case .layer: []
    case .sequential(let children), .repeated(let children), .shared(let children, passes: _):
      children
    case .residual(let residual): residual.body.children + [residual.shortcut]
    case .parallel(let parallel): BlockList(parallel.branches)
    case .join(let join): join.path.children
    }
  }
}

extension Residual {
  /// How the input reaches the sum, in a word or two.
  package var shortcutName: String {
    let layers = shortcut.children
    if layers.isEmpty { return "identity" }
    let families = Set(layers.map(\.outlineFamily))
    if kind == .zeroPadded { return "zero-padded" }
    if families.isDisjoint(with: [.convolution, .dense]) { return "shortcut" }
    return families.contains(.pooling) ? "pooled projection" : "projection"
  }

  /// Whether the shortcut's layers are few enough to stand in one line, beside the sign of the sum.
  var hasShortShortcut: Bool {
    let layers = shortcut.children
    return layers.count <= 3 && layers.allSatisfy(\.children.isEmpty)
  }
}

extension Parallel.Join {
  /// The sign of the join.
  package var outline: OutlineJoin {
    switch self {
    case .concatenate: .concatenate
    case .add: .add
    case .multiply: .multiply
    case .highway: .highway
    }
  }
}
