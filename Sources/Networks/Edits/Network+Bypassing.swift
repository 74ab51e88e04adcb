extension Network {
  /// The network without what a block computes: of a residual the body is left out of the sum, any other block
  /// passes on what it is given.
  ///
  /// Identities stay, so that what was learned fits as it is.
  ///
  /// - Throws: Where shapes disagree without the block.
  package func bypassing(_ id: BlockID) throws(EditError) -> Network {
    try replacingRoot(
      root.editing(id) { block in
        var block = block
        switch block.form {
        case .residual(var residual):
          residual.scale = 0
          block.form = .residual(residual)
        case .layer, .sequential, .repeated, .shared, .parallel, .join:
          block.form = .sequential([])
        }
        return block
      })
  }
}

extension Network {
  /// The residual blocks that lie in no other one, in the order of execution, with their paths.
  package var outerResiduals: [(block: Block, path: String)] {
    var found: [(block: Block, path: String)] = []
    func descend(_ block: Block, prefix: String) {
      for child in block.children {
        let path = prefix.isEmpty ? child.name : prefix + "." + child.name
        if case .residual = child.form {
          found.append((child, path))
        } else {
          descend(child, prefix: path)
        }
      }
    }
    descend(root, prefix: "")
    return found
  }
}
