import Networks

/// Tells which blocks an edit has changed: remembers those of the last look.
package struct BlockChanges {
  private var known: [BlockID: Block] = [:]
  private var name: String?

  /// Nothing looked at yet.
  package init() {}

  /// The blocks that are new or other than at the last look; nothing where no block has changed or
  /// gone, and where another network is current than then.
  package mutating func take(_ overview: Overview) -> Set<BlockID>? {
    let isOther = name != overview.name
    name = overview.name
    guard let network = overview.network else {
      known = [:]
      return nil
    }
    var present = [network.root.id: network.root.bare]
    network.walk { block, _ in present[block.id] = block.bare }
    let before = known
    known = present
    if isOther { return nil }
    var changed: Set<BlockID> = []
    for (id, block) in present where before[id] != block { changed.insert(id) }
    changed.remove(network.root.id)
    return changed.isEmpty && before.count == present.count ? nil : changed
  }
}

extension Block {
  /// The block without what lies in it: equal before and after an edit that only its inside sees.
  fileprivate var bare: Block {
    var result = self
    switch form {
    case .layer: break
    case .sequential: result.form = .sequential([])
    case .repeated: result.form = .repeated([])
    case .shared(_, let passes): result.form = .shared([], passes: passes)
    case .residual(var residual):
      residual.body = Block(id: residual.body.id, name: "", form: .sequential([]))
      residual.shortcut = Block(id: residual.shortcut.id, name: "", form: .sequential([]))
      result.form = .residual(residual)
    case .parallel(var parallel):
      parallel.branches = []
      result.form = .parallel(parallel)
    case .join(var join):
      join.path = Block(id: join.path.id, name: "", form: .sequential([]))
      result.form = .join(join)
    }
    return result
  }
}
