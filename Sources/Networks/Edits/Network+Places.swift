extension Network {
  /// The network with another root.
  ///
  /// - Throws: `EditError.shape` where shapes no longer agree.
  func replacingRoot(_ root: Block) throws(EditError) -> Network {
    do throws(ShapeError) { return try Network(input: input, root: root) } catch {
      throw .shape(error)
    }
  }

  /// Throws where a block's children have fixed places, follow from the shapes, or there is no such block.
  func requireChain(_ id: BlockID) throws(EditError) {
    guard let block = block(id) else { throw .path(.nothing(path: "", known: paths)) }
    guard block.isChain, id == root.id || Standing(root).isOwn[id] == true else {
      throw .fixedPart(path: path(of: id) ?? "")
    }
  }

  /// Throws where a block is part of a shortcut that follows from the shapes, or of another network.
  func requireOwn(_ blocks: [Located]) throws(EditError) {
    let standing = Standing(root)
    for located in blocks {
      guard let isOwn = standing.isOwn[located.block.id] else {
        throw .path(.nothing(path: located.path, known: paths))
      }
      if !isOwn { throw .fixedPart(path: located.path) }
    }
  }

  /// Throws where a run is not of this network.
  func requirePresent(_ run: Run) throws(EditError) {
    let siblings = children(of: run.parent)
    let isPresent =
      siblings.indices.lowerBound <= run.indices.lowerBound
      && run.indices.upperBound <= siblings.count
      && run.blocks.map(\.block.id) == siblings[run.indices].map(\.id)
    if !isPresent { throw .path(.nothing(path: run.blocks.first?.path ?? "", known: paths)) }
  }

  /// Throws where new blocks have names that are invalid or not unique.
  func requireNames(of blocks: [Block], beside siblings: [Block], in parent: BlockID)
    throws(EditError)
  {
    let prefix = path(of: parent).map { $0 + "." } ?? ""
    try Self.requireNames(of: blocks, beside: siblings, prefix: prefix)
  }

  private static func requireNames(of blocks: [Block], beside siblings: [Block], prefix: String)
    throws(EditError)
  {
    var names = Set<String>()
    for block in blocks {
      if !Naming.isValid(block.name) { throw .invalidName(block.name) }
      let path = prefix + block.name
      if !names.insert(block.name).inserted { throw .nameTaken(name: block.name, path: path) }
      try requireNames(of: Array(block.children), beside: [], prefix: path + ".")
    }
    for sibling in siblings where names.contains(sibling.name) {
      throw .nameTaken(name: sibling.name, path: prefix + sibling.name)
    }
  }
}

/// Which blocks can be edited, and which follow from the shapes.
private struct Standing {
  /// False for shortcuts and gates, and all in them, unless their layers were given.
  private(set) var isOwn: [BlockID: Bool] = [:]

  init(_ root: Block) { note(root, isOwn: true) }

  private mutating func note(_ block: Block, isOwn: Bool) {
    self.isOwn[block.id] = isOwn
    switch block.form {
    case .layer, .sequential, .repeated, .shared, .join:
      for child in block.children { note(child, isOwn: isOwn) }
    case .residual(let residual):
      note(residual.body, isOwn: isOwn)
      note(residual.shortcut, isOwn: isOwn && residual.kind == .given)
    case .parallel(let parallel):
      let own = Set(parallel.ownBranches.map(\.id))
      for branch in parallel.branches { note(branch, isOwn: isOwn && own.contains(branch.id)) }
    }
  }
}

extension Block {
  /// The tree with every block changed, children before their parents.
  func rewritten(_ change: (Block) throws(EditError) -> Block) throws(EditError) -> Block {
    if children.isEmpty { return try change(self) }
    let changed = try children.map { child throws(EditError) in try child.rewritten(change) }
    return try change(with(children: changed))
  }
}
