extension Network {
  /// Some neighbours put into a new container, identities kept; gives the container as well.
  ///
  /// A copy of a repeat and the body of a residual keep their place: what they hold is wrapped.
  ///
  /// - Throws: Where the kind takes no blocks, the neighbours have a fixed place or shapes disagree.
  package func wrapping(_ run: Run, in arguments: Arguments, name: String? = nil)
    throws(EditError) -> (network: Network, container: Block)
  {
    let (root, container) = try wrapped(root, run: run, arguments: arguments, name: name)
    let network = try replacingRoot(root)
    return (network, network.block(container.id) ?? container)
  }

  /// Each block wrapped on its own.
  package func wrapping(each targets: [Located], in arguments: Arguments) throws(EditError)
    -> (network: Network, containers: [Block])
  {
    var changed = root
    var containers: [Block] = []
    for target in targets {
      let siblings = changed.find(target.parent)?.children ?? []
      guard let index = siblings.firstIndex(where: { $0.id == target.block.id }) else { continue }
      let run = Run(
        parent: target.parent, indices: index..<index + 1,
        blocks: [
          Located(block: siblings[index], path: target.path, parent: target.parent, index: index)
        ])
      let (root, container) = try wrapped(changed, run: run, arguments: arguments, name: nil)
      changed = root
      containers.append(container)
    }
    let network = try replacingRoot(changed)
    return (network, containers.map { network.block($0.id) ?? $0 })
  }

  private func wrapped(_ root: Block, run: Run, arguments: Arguments, name: String?)
    throws(EditError) -> (root: Block, container: Block)
  {
    guard let parent = root.find(run.parent) else { throw .nothingToWrap }
    if run.indices.isEmpty { throw .nothingToWrap }
    if case .sequential = parent.form {
      let inner = Array(parent.children[run.indices])
      let others = parent.children.enumerated().filter { !run.indices.contains($0.offset) }
      let name = try freeName(name, arguments.kind, among: others.map(\.element.name))
      let container = try self.container(name: name, arguments, holding: inner)
      let changed = root.editingChildren(of: run.parent) { children in
        var result = children
        result.replaceSubrange(run.indices, with: [container])
        return result
      }
      return (changed, container)
    }
    guard run.indices.count == 1, let part = run.blocks.first,
      case .sequential(let inner) = part.block.form, !inner.isEmpty
    else { throw .fixedPart(path: run.blocks.first?.path ?? "") }
    let name = try freeName(name, arguments.kind, among: [])
    let container = try self.container(name: name, arguments, holding: inner)
    let changed = root.editingChildren(of: part.block.id) { _ in [container] }
    return (changed, container)
  }

  private func container(name: String, _ arguments: Arguments, holding inner: [Block])
    throws(EditError) -> Block
  {
    guard let container = Block(name: name, arguments, blocks: [inner]) else {
      throw .notAContainer(arguments.kind)
    }
    return container
  }

  private func freeName(_ name: String?, _ kind: Kind, among siblings: [String])
    throws(EditError) -> String
  {
    guard let name else { return Naming.fresh(kind.nameStem, among: siblings) }
    if !Naming.isValid(name) { throw .invalidName(name) }
    if siblings.contains(name) { throw .nameTaken(name: name, path: name) }
    return name
  }

  /// What a container holds in the container's place, identities kept.
  ///
  /// - Throws: Where there is nothing inside, several branches, or shapes disagree.
  package func unwrapping(_ located: Located) throws(EditError) -> Network {
    let inner: [Block]
    switch located.block.form {
    case .layer: throw .nothingInside(path: located.path)
    case .sequential(let children): inner = children
    case .repeated(let copies): inner = copies.flatMap(\.children)
    case .residual(let residual): inner = residual.body.children
    case .parallel(let parallel):
      if parallel.branches.count > 1 {
        throw .branches(path: located.path, count: parallel.branches.count)
      }
      inner = parallel.branches.flatMap(\.children)
    }
    guard let parent = block(located.parent) else { throw .fixedPart(path: located.path) }
    switch parent.form {
    case .sequential: break
    case .layer, .repeated, .residual, .parallel: throw .fixedPart(path: located.path)
    }
    return try replacingRoot(
      root.editingChildren(of: located.parent) { children in
        var result = children
        result.replaceSubrange(located.index..<located.index + 1, with: inner)
        return Naming.unique(result)
      })
  }
}
