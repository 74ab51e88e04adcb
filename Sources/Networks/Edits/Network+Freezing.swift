/// What freezing or unfreezing some blocks came to.
package struct FreezingResult: Sendable {
  package let network: Network

  /// The blocks whose parameters are frozen, or free, only now.
  package let changed: [Located]

  /// Learnable values among them that are frozen, or free, only now.
  package let parameters: Int

  /// Blocks that were so already.
  package let unchanged: [Located]

  /// Blocks without learnable parameters.
  package let empty: [Located]
}

extension Network {
  /// With blocks frozen: training leaves their learnable parameters, and those of all inside, as they are.
  ///
  /// A part with a fixed place, such as a body, passes it on to what it holds.
  ///
  /// - Throws: Where a block follows from the shapes.
  package func freezing(_ targets: [Located]) throws(EditError) -> FreezingResult {
    try requireOwn(targets)
    return try changingFreeze(of: targets, isDone: { $0.frozen == $0.learnable }) { marked in
      root.freezing(marked)
    }
  }

  /// With blocks free again, and all inside them.
  ///
  /// - Throws: Where a block follows from the shapes, or is frozen with one around it.
  package func unfreezing(_ targets: [Located]) throws(EditError) -> FreezingResult {
    try requireOwn(targets)
    for target in targets {
      if let container = frozenContainer(of: target) {
        throw .frozenWith(path: target.path, container: container)
      }
    }
    return try changingFreeze(of: targets, isDone: { $0.frozen == 0 }) { marked in
      root.unfreezing(marked, isInside: false)
    }
  }

  private func changingFreeze(
    of targets: [Located], isDone: (BlockFacts) -> Bool, change: (Set<BlockID>) -> Block
  ) throws(EditError) -> FreezingResult {
    var (changed, unchanged, empty): ([Located], [Located], [Located]) = ([], [], [])
    for target in targets {
      guard let facts = facts[target.block.id], facts.learnable > 0 else {
        empty.append(target)
        continue
      }
      if isDone(facts) { unchanged.append(target) } else { changed.append(target) }
    }
    let network = try replacingRoot(change(Set(changed.map(\.block.id))))
    return FreezingResult(
      network: network, changed: changed, parameters: abs(network.frozenCount - frozenCount),
      unchanged: unchanged, empty: empty)
  }

  /// The path of the outermost frozen block around another.
  private func frozenContainer(of located: Located) -> String? {
    var chain: [Block] = []
    func find(_ block: Block) -> Bool {
      if block.id == located.block.id { return true }
      chain.append(block)
      if block.children.contains(where: find) { return true }
      chain.removeLast()
      return false
    }
    guard find(root), let frozen = chain.first(where: \.isFrozen) else { return nil }
    return path(of: frozen.id)
  }
}

extension Block {
  /// The tree with some blocks frozen; bodies, copies and branches pass it on to what has parameters to learn.
  fileprivate func freezing(_ marked: Set<BlockID>, isPart: Bool = false, isPassedOn: Bool = false)
    -> Block
  {
    var result = self
    let isMarked = isPassedOn || marked.contains(id)
    if isMarked, !isPart {
      result.isFrozen = true
      return result
    }
    let hasParts = !isChain
    return result.with(
      children: children.map {
        $0.freezing(marked, isPart: hasParts, isPassedOn: isMarked && $0.hasParameters)
      })
  }

  fileprivate func unfreezing(_ marked: Set<BlockID>, isInside: Bool) -> Block {
    var result = self
    let isInside = isInside || marked.contains(id)
    if isInside { result.isFrozen = false }
    return result.with(children: children.map { $0.unfreezing(marked, isInside: isInside) })
  }

  /// Whether there is anything to learn inside.
  private var hasParameters: Bool {
    switch form {
    case .layer(let layer): layer.definition.learns
    case .sequential, .repeated, .shared, .residual, .parallel, .join:
      children.contains(where: \.hasParameters)
    }
  }
}
