extension Network {
  /// Another input for the same blocks.
  package func with(input: Shape) throws(EditError) -> Network {
    do throws(ShapeError) { return try Network(input: input, root: root) } catch {
      throw .shape(error)
    }
  }

  /// Blocks at the end of the root.
  ///
  /// - Throws: As `inserting(_:in:at:)` does.
  package func appending(_ blocks: [Block]) throws(EditError) -> Network {
    let names = names
    // What is wrong with names is told where all siblings are looked at.
    guard case .sequential = root.form, !blocks.contains(where: { names.contains($0.name) }) else {
      return try inserting(blocks, in: root.id, at: root.children.count)
    }
    try requireNames(of: blocks, beside: [], in: root.id)
    do throws(ShapeError) { return try Network(self, appending: blocks) } catch {
      throw .shape(error)
    }
  }

  /// Blocks before a child, or at the end, of a chain.
  ///
  /// - Throws: Where the parent is no chain, a name is taken or invalid, or shapes disagree.
  package func inserting(_ blocks: [Block], in parent: BlockID, at index: Int) throws(EditError)
    -> Network
  {
    try requireChain(parent)
    let siblings = Array(children(of: parent))
    try requireNames(of: blocks, beside: siblings, in: parent)
    let place = min(max(index, 0), siblings.count)
    return try replacingRoot(
      root.editingChildren(of: parent) { children in
        var result = children
        result.insert(contentsOf: blocks, at: place)
        return result
      })
  }

  /// Without some neighbours.
  ///
  /// - Throws: Where they have a fixed place or shapes disagree without them.
  package func removing(_ run: Run) throws(EditError) -> Network {
    try requireRemovable(run)
    return try replacingRoot(
      root.editingChildren(of: run.parent) { children in
        var result = children
        result.removeSubrange(run.indices)
        return Self.renumbered(result, in: block(run.parent))
      })
  }

  /// Copies and branches are named by their ordinals.
  private static func renumbered(_ children: [Block], in parent: Block?) -> [Block] {
    switch parent?.form {
    case .repeated, .parallel:
      return children.enumerated().map { index, child in
        var child = child
        child.name = "\(index + 1)"
        return child
      }
    case .layer, .sequential, .shared, .residual, .join, nil: return children
    }
  }

  private func requireRemovable(_ run: Run) throws(EditError) {
    try requirePresent(run)
    switch block(run.parent)?.form {
    case .repeated(let children) where run.indices.count < children.count: return
    case .parallel(let parallel)
    where parallel.gate == nil && run.indices.count < parallel.branches.count:
      return
    case .repeated, .parallel, .residual, .join:
      throw .fixedPart(path: run.blocks.first?.path ?? "")
    case .sequential, .shared, .layer, nil: try requireOwn(run.blocks)
    }
  }

  /// Another name for one block.
  ///
  /// - Throws: Where the name is taken or invalid, or the block is named by its place.
  package func renaming(_ located: Located, to name: String) throws(EditError) -> Network {
    if !Naming.isValid(name) { throw .invalidName(name) }
    try requireOwn([located])
    guard block(located.parent)?.isChain == true else {
      throw .fixedPart(path: located.path)
    }
    let siblings = children(of: located.parent)
    if siblings.contains(where: { $0.name == name && $0.id != located.block.id }) {
      throw .nameTaken(name: name, path: located.path)
    }
    return try replacingRoot(
      root.editing(located.block.id) { block in
        var block = block
        block.name = name
        return block
      })
  }

  /// Other values for some keys of blocks.
  ///
  /// - Throws: Where a key or value does not suit a block, a block follows from the shapes, or shapes disagree.
  package func setting(_ options: [(key: String, text: String)], on targets: [Located])
    throws(EditError) -> Network
  {
    try requireOwn(targets)
    var changes: [BlockID: Arguments] = [:]
    for target in targets {
      var arguments = target.block.arguments
      do throws(ArgumentFault) { try arguments.set(options) } catch {
        throw .argument(error, path: target.path)
      }
      if arguments.flag("checkpoint"), block(target.parent)?.isChain == false {
        throw .checkpointOfPart(path: target.path, container: path(of: target.parent) ?? "")
      }
      changes[target.block.id] = arguments
    }
    return try replacingRoot(
      root.rewritten { block in changes[block.id].map { block.with($0) } ?? block })
  }

  /// Blocks in place of neighbours; where their names are taken they get fresh ones.
  ///
  /// - Throws: Where the neighbours have a fixed place, a name is invalid, or shapes disagree.
  package func replacing(_ run: Run, with blocks: [Block]) throws(EditError) -> Network {
    try requirePresent(run)
    try requireChain(run.parent)
    try requireNames(of: blocks, beside: [], in: run.parent)
    return try replacingRoot(
      root.editingChildren(of: run.parent) { children in
        var result = children
        result.removeSubrange(run.indices)
        let kept = Set(result.map(\.id))
        result.insert(contentsOf: blocks, at: run.indices.lowerBound)
        return Naming.unique(result, keeping: kept)
      })
  }

  /// Neighbours at another place, identities kept; where their names are taken they get fresh ones.
  ///
  /// An anchor among the neighbours themselves leaves them where they are.
  ///
  /// - Throws: Where either place is fixed, the anchor is elsewhere, or shapes disagree.
  package func moving(_ run: Run, to parent: BlockID, before anchor: BlockID?) throws(EditError)
    -> Network
  {
    try requirePresent(run)
    try requireChain(run.parent)
    try requireChain(parent)
    if let inside = run.blocks.first(where: { $0.block.find(parent) != nil }) {
      throw .fixedPart(path: inside.path)
    }
    let siblings = children(of: parent)
    if let anchor, !siblings.contains(where: { $0.id == anchor }) {
      throw .path(.nothing(path: path(of: anchor) ?? "", known: paths))
    }
    let moved = run.blocks.map(\.block)
    let ids = Set(moved.map(\.id))
    if let anchor, ids.contains(anchor) { return self }
    let without = root.editingChildren(of: run.parent) { $0.filter { !ids.contains($0.id) } }
    return try replacingRoot(
      without.editingChildren(of: parent) { children in
        var result = children
        let index = anchor.flatMap { id in result.firstIndex { $0.id == id } } ?? result.count
        result.insert(contentsOf: moved, at: index)
        return Naming.unique(result, keeping: Set(children.map(\.id)))
      })
  }
}
