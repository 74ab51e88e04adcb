extension Network {
  /// Some neighbours put into a new container, identities kept; gives the container as well.
  ///
  /// A copy of a repeat and the body of a residual keep their place: what they hold is wrapped. A residual alone
  /// is no body of another where the kind is one of residuals: it is changed itself.
  ///
  /// - Throws: Where the kind takes no blocks, the neighbours have a fixed place or shapes disagree.
  package func wrapping(_ run: Run, in arguments: Arguments, name: String? = nil)
    throws(EditError) -> (network: Network, container: Block)
  {
    guard let first = run.blocks.first else { throw .nothingToWrap }
    try requirePresent(run)
    try requireOwn(run.blocks)
    guard block(run.parent)?.isChain == true else {
      if run.blocks.count > 1 { throw .fixedPart(path: first.path) }
      return try wrappingInside(first, arguments, name: name)
    }
    let prefix = String(first.path.dropLast(first.block.name.count))
    let siblings = children(of: run.parent).map(\.name)
    let others = siblings[..<run.indices.lowerBound] + siblings[run.indices.upperBound...]
    if run.blocks.count == 1, let turned = first.block.turned(into: arguments) {
      return try replacing(first, with: turned, name: name, beside: others, prefix: prefix)
    }
    let name = try freeName(name, arguments.kind, among: others, prefix: prefix)
    let container = try container(name: name, arguments, holding: run.blocks.map(\.block))
    return try finished(
      root.editingChildren(of: run.parent) { children in
        var result = children
        result.replaceSubrange(run.indices, with: [container])
        return result
      }, container)
  }

  /// A residual turned into another kind of residual, under a name of its choice.
  private func replacing(
    _ located: Located, with turned: (block: Block, container: BlockID), name: String?,
    beside siblings: some Sequence<String>, prefix: String
  ) throws(EditError) -> (network: Network, container: Block) {
    var block = turned.block
    if let name {
      if turned.container == block.id {
        block.name = try freeName(name, block.kind, among: siblings, prefix: prefix)
      } else {
        let within = located.path + ".body."
        let others = (block.body?.children ?? []).filter { $0.id != turned.container }
        let free = try freeName(
          name, .squeezeExcite, among: others.map(\.name), prefix: within)
        block = block.editing(turned.container) { gate in
          var gate = gate
          gate.name = free
          return gate
        }
      }
    }
    let changed = block
    return try finished(
      root.editing(changed.id) { _ in changed },
      changed.find(turned.container) ?? changed)
  }

  /// What a part with a fixed place holds, put into a new container.
  private func wrappingInside(_ part: Located, _ arguments: Arguments, name: String?)
    throws(EditError) -> (network: Network, container: Block)
  {
    let name = try freeName(name, arguments.kind, among: [], prefix: part.path + ".")
    let inner = try Self.contents(of: part.block, path: part.path)
    let container = try container(name: name, arguments, holding: Array(inner))
    return try finished(
      root.editingChildren(of: part.block.id) { _ in [container] }, container)
  }

  private func finished(_ root: Block, _ container: Block) throws(EditError)
    -> (network: Network, container: Block)
  {
    let network = try replacingRoot(root)
    return (network, network.block(container.id) ?? container)
  }

  /// Each block wrapped on its own.
  ///
  /// - Throws: Where one of them cannot be wrapped, or shapes disagree.
  package func wrapping(each targets: [Located], in arguments: Arguments) throws(EditError)
    -> (network: Network, containers: [Block])
  {
    if targets.isEmpty { throw .nothingToWrap }
    try requireOwn(targets)
    let paths = Dictionary(
      targets.map { ($0.block.id, $0.path) }, uniquingKeysWith: { first, _ in first })
    var containers: [BlockID: BlockID] = [:]
    let changed = try root.rewritten { parent throws(EditError) in
      let isChain = parent.isChain
      var names = NameSupply(
        parent.children.lazy.filter {
          paths[$0.id] == nil || isChain && $0.turned(into: arguments) != nil
        }.map(\.name))
      var result: [Block] = []
      for child in parent.children {
        guard let path = paths[child.id] else {
          result.append(child)
          continue
        }
        if isChain, let turned = child.turned(into: arguments) {
          containers[child.id] = turned.container
          result.append(turned.block)
          continue
        }
        let inner = isChain ? BlockList([child]) : try Self.contents(of: child, path: path)
        let stem = arguments.kind.nameStemWithBraces
        let name = isChain ? names.fresh(stem) : stem + "1"
        let container = try container(name: name, arguments, holding: Array(inner))
        names.insert(name)
        containers[child.id] = container.id
        result.append(isChain ? container : child.with(children: [container]))
      }
      return parent.with(children: result)
    }
    let network = try replacingRoot(changed)
    let wanted = Set(containers.values)
    var found: [BlockID: Block] = [:]
    network.walk { block, _ in if wanted.contains(block.id) { found[block.id] = block } }
    return (network, targets.compactMap { containers[$0.block.id].flatMap { found[$0] } })
  }

  /// The children of a part with a fixed place, at least one.
  private static func contents(of part: Block, path: String) throws(EditError) -> BlockList {
    guard case .sequential(let inner) = part.form, !inner.isEmpty else {
      throw .fixedPart(path: path)
    }
    return inner
  }

  private func container(name: String, _ arguments: Arguments, holding inner: [Block])
    throws(EditError) -> Block
  {
    guard let container = Block(name: name, arguments, blocks: [inner]) else {
      throw .notAContainer(arguments.kind)
    }
    return container
  }

  private func freeName(
    _ name: String?, _ kind: Kind, among siblings: some Sequence<String>, prefix: String
  )
    throws(EditError) -> String
  {
    guard let name else { return Naming.fresh(kind.nameStemWithBraces, among: siblings) }
    if !Naming.isValid(name) { throw .invalidName(name) }
    if siblings.contains(name) { throw .nameTaken(name: name, path: prefix + name) }
    return name
  }

  /// What a container holds in the container's place, identities kept.
  ///
  /// Names that are taken there give way to fresh ones. Shortcuts and what `wrap` added go with the container:
  /// the gate of `se` and `highway`, the factor at the end of a body.
  ///
  /// - Throws: Where there is nothing inside, several branches, or shapes disagree.
  package func unwrapping(_ located: Located) throws(EditError) -> Network {
    try requirePresent(
      Run(
        parent: located.parent, indices: located.index..<located.index + 1, blocks: [located]))
    var inner: BlockList
    switch located.block.form {
    case .layer: throw .nothingInside(path: located.path)
    case .sequential(let children), .shared(let children, passes: _): inner = children
    case .repeated(let copies): inner = BlockList(copies.flatMap(\.children))
    case .join: throw .nothingInside(path: located.path)
    case .residual(let residual): inner = residual.body.children
    case .parallel(let parallel):
      if parallel.branches.count > 1, parallel.gate == nil, parallel.join != .highway {
        throw .branches(path: located.path, count: parallel.branches.count)
      }
      inner = parallel.branches.first?.children ?? []
    }
    if let dropped = located.block.droppedByUnwrapping { inner.removeAll { $0.id == dropped.id } }
    if located.block.isFrozen { for index in inner.indices { inner[index].isFrozen = true } }
    try requireOwn([located])
    guard block(located.parent)?.isChain == true else {
      throw .fixedPart(path: located.path)
    }
    return try replacingRoot(
      root.editingChildren(of: located.parent) { children in
        var result = children
        result.remove(at: located.index)
        let kept = Set(result.map(\.id))
        result.insert(contentsOf: inner, at: located.index)
        return Naming.unique(result, keeping: kept)
      })
  }
}

extension Block {
  /// A residual that has become another kind of residual, and what of it is new or changed; nothing where it
  /// should rather be wrapped.
  fileprivate func turned(into arguments: Arguments) -> (block: Block, container: BlockID)? {
    guard case .residual(var residual) = form else { return nil }
    var result = self
    var container = id
    switch arguments.kind {
    case .squeezeExcite:
      let inner = residual.body.children
      let name = Naming.fresh(Kind.squeezeExcite.nameStem, among: inner.map(\.name))
      guard let gate = Block(name: name, arguments, blocks: []) else { return nil }
      residual.body = residual.body.with(children: inner + [gate])
      container = gate.id
    case .rezero, .preactivation: residual.turn(into: arguments)
    default: return nil
    }
    if arguments.isGiven("checkpoint"), container == id {
      result.isCheckpointed = arguments.flag("checkpoint")
    }
    result.form = .residual(residual)
    return (result, container)
  }

  /// What goes with the container when it is unwrapped, as wrapping put it there: the gate of `se` or
  /// `highway`, or the factor at the end of a residual body.
  package var droppedByUnwrapping: Block? {
    switch form {
    case .layer, .repeated, .shared, .join: return nil
    case .sequential(let children): return children.last.flatMap { $0.isSqueezeExcite ? $0 : nil }
    case .residual(let residual):
      guard let last = residual.body.children.last, case .layer(.scale) = last.form else {
        return nil
      }
      return last
    case .parallel(let parallel):
      return parallel.join == .highway || parallel.gate != nil ? parallel.branches.last : nil
    }
  }
}
