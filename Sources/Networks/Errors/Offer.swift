/// A change that makes a refused network well-shaped, and what it costs.
package struct Offer: Hashable, Sendable {
  /// The change.
  package enum Repair: Hashable, Sendable {
    /// Other arguments of layers that were written.
    case settings([Setting])

    /// Another shortcut on the residual block.
    case shortcut(ShortcutKind)

    /// Layers at the end of a join's path.
    case path([Layer])
  }

  package let repair: Repair

  /// The shape at the sum or join after the change.
  package let output: Shape

  /// Learnable values more than what was written has: the body with a given shortcut, or the branches.
  package let addedParameters: Int

  /// The whole residual, parallel, shared or join block after the change.
  package let repaired: Block
}

/// Other values for some arguments of one layer, and of its copies where it stands in a repeat.
package struct Setting: Hashable, Sendable {
  /// An argument and its new value.
  package struct Value: Hashable, Sendable {
    package let key: String
    package let value: ArgumentValue

    /// A key with its value.
    package init(_ key: String, _ value: ArgumentValue) {
      self.key = key
      self.value = value
    }
  }

  package let blocks: [BlockID]

  /// Where the blocks are, as the refused network has them.
  package let paths: [String]

  package let values: [Value]

  /// Values for arguments of blocks that are copies of each other.
  package init(blocks: [BlockID], paths: [String], values: [Value]) {
    self.blocks = blocks
    self.paths = paths
    self.values = values
  }

  /// The values as they are typed: `stride=1 pad=1`.
  package var text: String {
    values.map { "\($0.key)=\($0.value.text)" }.joined(separator: " ")
  }
}

extension Block {
  /// The tree after changes of the arguments of layers in it.
  package func with(_ settings: [Setting]) -> Block {
    var values: [BlockID: [Setting.Value]] = [:]
    for setting in settings {
      for id in setting.blocks { values[id, default: []] += setting.values }
    }
    return with(values)
  }

  private func with(_ values: [BlockID: [Setting.Value]]) -> Block {
    let inner = children.isEmpty ? self : with(children: children.map { $0.with(values) })
    guard let changes = values[id] else { return inner }
    var arguments = inner.arguments
    for change in changes { arguments[change.key] = change.value }
    return inner.with(arguments)
  }
}
