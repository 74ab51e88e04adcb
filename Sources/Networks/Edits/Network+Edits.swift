extension Network {
  /// The network with another root, its repeats kept alike.
  ///
  /// A repeat whose copies no longer are alike becomes a sequential of them.
  ///
  /// - Throws: `EditError.shape` where shapes no longer agree.
  func replacingRoot(_ root: Block) throws(EditError) -> Network {
    do throws(ShapeError) {
      return try Network(input: input, root: root.separatingUnlikeCopies())
    } catch {
      throw .shape(error)
    }
  }

  /// Another input for the same blocks.
  package func with(input: Shape) throws(EditError) -> Network {
    do throws(ShapeError) { return try Network(input: input, root: root) } catch {
      throw .shape(error)
    }
  }

  /// Blocks at the end of the root.
  package func appending(_ blocks: [Block]) throws(EditError) -> Network {
    try inserting(blocks, in: root.id, at: root.children.count)
  }

  /// Blocks before a child, or at the end, of a chain.
  package func inserting(_ blocks: [Block], in parent: BlockID, at index: Int) throws(EditError)
    -> Network
  {
    try requireChain(parent)
    return try replacingRoot(
      root.editingChildren(of: parent) { children in
        var result = children
        result.insert(contentsOf: blocks, at: index)
        return result
      })
  }

  /// Without some neighbours.
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
    case .layer, .sequential, .residual, nil: return children
    }
  }

  /// Another name for one block.
  package func renaming(_ located: Located, to name: String) throws(EditError) -> Network {
    if !Naming.isValid(name) { throw .invalidName(name) }
    try requireFree(located)
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
  package func setting(_ options: [(key: String, text: String)], on targets: [Located])
    throws(EditError) -> Network
  {
    var changed = root
    for target in targets {
      var arguments = target.block.arguments
      do throws(ArgumentFault) { try arguments.set(options) } catch {
        throw .argument(error, path: target.path)
      }
      let final = arguments
      changed = changed.editing(target.block.id) { $0.with(final) }
    }
    return try replacingRoot(changed)
  }

  /// Blocks in place of neighbours.
  package func replacing(_ run: Run, with blocks: [Block]) throws(EditError) -> Network {
    try requireChain(run.parent)
    return try replacingRoot(
      root.editingChildren(of: run.parent) { children in
        var result = children
        result.replaceSubrange(run.indices, with: blocks)
        return Naming.unique(result)
      })
  }

  /// Neighbours at another place, identities kept.
  package func moving(_ run: Run, to parent: BlockID, before anchor: BlockID?) throws(EditError)
    -> Network
  {
    try requireChain(run.parent)
    try requireChain(parent)
    let moved = run.blocks.map(\.block)
    if let inside = run.blocks.first(where: { $0.block.find(parent) != nil }) {
      throw .fixedPart(path: inside.path)
    }
    let ids = Set(moved.map(\.id))
    let without = root.editingChildren(of: run.parent) { $0.filter { !ids.contains($0.id) } }
    return try replacingRoot(
      without.editingChildren(of: parent) { children in
        var result = children
        let index = anchor.flatMap { id in result.firstIndex { $0.id == id } } ?? result.count
        result.insert(contentsOf: moved, at: index)
        return Naming.unique(result)
      })
  }

  /// Throws where a block's children have fixed places.
  private func requireChain(_ id: BlockID) throws(EditError) {
    if id == root.id { return }
    if case .sequential = block(id)?.form { return }
    throw .fixedPart(path: path(of: id) ?? "")
  }

  private func requireRemovable(_ run: Run) throws(EditError) {
    guard let parent = block(run.parent) else { return }
    switch parent.form {
    case .sequential, .layer: return
    case .repeated(let children) where run.indices.count < children.count: return
    case .parallel(let parallel) where run.indices.count < parallel.branches.count: return
    case .repeated, .parallel, .residual:
      throw .fixedPart(path: run.blocks.first?.path ?? "")
    }
  }

  private func requireFree(_ located: Located) throws(EditError) {
    switch block(located.parent)?.form {
    case .sequential: return
    case .layer, .repeated, .residual, .parallel, nil: throw .fixedPart(path: located.path)
    }
  }
}

extension Block {
  /// The tree with every repeat whose copies differ made a sequential of them.
  fileprivate func separatingUnlikeCopies() -> Block {
    let children = children
    if children.isEmpty { return self }
    var result = with(children: children.map { $0.separatingUnlikeCopies() })
    if case .repeated(let copies) = result.form, let first = copies.first,
      !copies.allSatisfy({ $0.hasSameForm(as: first) })
    {
      result.form = .sequential(copies)
    }
    return result
  }
}
