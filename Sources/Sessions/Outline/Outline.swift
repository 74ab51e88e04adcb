import Networks

/// The architecture tree of a network as rows.
package struct Outline: Sendable {
  package private(set) var rows: [OutlineRow] = []
  private let network: Network
  private let folds: OutlineFolds
  private let depth: Int
  private let isLong: Bool

  /// The rows of a network, or of one block of it.
  ///
  /// - Parameter depth: how many levels are shown; deeper containers are folded whatever is wished.
  package init(
    _ network: Network, of block: BlockID? = nil, folds: OutlineFolds = OutlineFolds(),
    depth: Int = .max
  ) {
    let whole = Outline(network, of: block, folds: folds, depth: depth, isLong: false)
    let isLong = whole.rows.count > OutlineFolds.longTree
    self = isLong ? Outline(network, of: block, folds: folds, depth: depth, isLong: true) : whole
  }

  private init(
    _ network: Network, of block: BlockID?, folds: OutlineFolds, depth: Int, isLong: Bool
  ) {
    self.network = network
    self.folds = folds
    self.depth = depth
    self.isLong = isLong
    if let id = block, id != network.root.id {
      guard let found = network.block(id) else { return }
      add(found, path: network.path(of: id) ?? found.name, Rails(outer: [], own: []), level: 1)
    } else {
      rows.append(
        OutlineRow(
          id: network.root.id, part: .input, path: "input", name: "input", family: .shaping,
          output: network.input))
      for child in network.root.children {
        add(child, path: child.name, Rails(outer: [], own: []), level: 1)
      }
      TapRails(network).lead(past: &rows)
    }
  }

  /// The lines left of a block.
  private struct Rails {
    /// Those of all that lies deeper.
    let outer: [OutlineRail]

    /// Those of the block's own row.
    let own: [OutlineRail]
  }

  /// Adds a block's rows.
  private mutating func add(
    _ block: Block, path: String, _ rails: Rails, level: Int,
    label: String? = nil, copies: Int? = nil
  ) {
    let outer = rails.outer
    var row = OutlineRow(
      id: block.id, path: path, rails: rails.own, name: label ?? block.name,
      kind: block.outlineKind,
      family: block.outlineFamily, copies: copies, fold: fold(block, level: level))
    if let facts = network.facts[block.id] {
      row.output = facts.output
      row.parameters = facts.learnable
      row.isFrozen = facts.isFrozen
      row.multiplyAdds = facts.multiplyAdds
      row.receptiveField = facts.receptiveField.size ?? []
    }
    row.isCheckpointed = block.isCheckpointed
    let isOpen = row.fold == .open
    switch block.form {
    case .layer: rows.append(row)
    case .sequential(let children):
      if label != nil { row.kind = children.isEmpty ? Kind.identity.rawValue : "" }
      rows.append(row)
      if isOpen { addChain(children, path: path, outer: outer, level: level + 1) }
    case .repeated(let children):
      row.copies = children.count
      row.kind = ""
      rows.append(row)
      if isOpen { addCopies(children, path: path, outer: outer, level: level + 1) }
    case .shared(let children, let passes):
      row.copies = passes
      row.kind = "shared"
      rows.append(row)
      if isOpen { addChain(children, path: path, outer: outer, level: level + 1) }
    case .residual(let residual):
      row.rails.append(isOpen ? .skipOpens : .skipFolded(.add))
      rows.append(row)
      if isOpen {
        addBody(residual, path: path, outer: outer, level: level + 1)
        addJoin(of: block, residual, path: path, outer: outer)
      }
    case .parallel(let parallel):
      row.rails.append(isOpen ? .skipOpens : .skipFolded(parallel.join.outline))
      rows.append(row)
      if isOpen {
        addBranches(parallel, path: path, outer: outer, level: level + 1)
        rows.append(
          OutlineRow(
            id: block.id, part: .join(parallel.join.outline), path: path,
            rails: outer + [.skipCloses], name: parallel.join.rawValue,
            kind: parallel.join == .highway ? "T H + (1 − T) x" : "", family: .shortcut,
            output: row.output))
      }
    case .join(let join):
      row.rails.append(.skipFolded(join.join.outline))
      rows.append(row)
      let inner = path + "." + join.path.name
      if isOpen { addChain(join.path.children, path: inner, outer: outer, level: level + 1) }
    }
  }

  private func fold(_ block: Block, level: Int) -> OutlineFold {
    if block.outlineChildren.isEmpty { return .leaf }
    return level >= depth ? .closed : folds.fold(block, isLong: isLong)
  }

  private mutating func addChain(
    _ children: BlockList, path: String, outer: [OutlineRail], level: Int
  ) {
    for (index, child) in children.enumerated() {
      let isLast = index == children.count - 1
      add(
        child, path: path + "." + child.name,
        Rails(
          outer: outer + [isLast ? .blank : .pass],
          own: outer + [isLast ? .last : .branch]), level: level)
    }
  }

  /// Copies that agree in shapes and size stand once, with their number where not all agree.
  private mutating func addCopies(
    _ copies: BlockList, path: String, outer: [OutlineRail], level: Int
  ) {
    let groups = network.likeCopies(of: copies)
    if groups.count == 1, let copy = copies.first {
      addChain(copy.children, path: path + "." + copy.name, outer: outer, level: level)
      return
    }
    for (index, group) in groups.enumerated() {
      let copy = copies[group.lowerBound]
      let isLast = index == groups.count - 1
      let last = copies[group.upperBound - 1].name
      add(
        copy, path: path + "." + copy.name,
        Rails(
          outer: outer + [isLast ? .blank : .pass],
          own: outer + [isLast ? .last : .branch]), level: level,
        label: group.count == 1 ? copy.name : "\(copy.name)..\(last)",
        copies: group.count == 1 ? nil : group.count)
    }
  }

  /// The body, and after it the shortcut where that is too long for the line of the sum.
  private mutating func addBody(
    _ residual: Residual, path: String, outer: [OutlineRail], level: Int
  ) {
    addChain(
      residual.body.children, path: path + "." + residual.body.name, outer: outer + [.skip],
      level: level)
    if residual.hasShortShortcut { return }
    let shortcut = residual.shortcut
    add(
      shortcut, path: path + "." + shortcut.name,
      Rails(
        outer: outer + [.skip],
        own: outer + [.skipTap]), level: level, label: shortcut.name)
  }

  /// The row where body and shortcut are added, with the shortcut's layers and price.
  private mutating func addJoin(
    of block: Block, _ residual: Residual, path: String, outer: [OutlineRail]
  ) {
    let layers = residual.hasShortShortcut ? residual.shortcut.children : []
    var row = OutlineRow(
      id: block.id, part: .join(.add), path: path + "." + residual.shortcut.name,
      rails: outer + [.skipCloses],
      name: residual.hasShortShortcut ? residual.shortcutName : "sum",
      kind: layers.map(\.outlineKind).joined(separator: " · "), family: .shortcut,
      output: network.facts[block.id]?.output)
    if let activation = residual.activation {
      row.kind += (row.kind.isEmpty ? "" : " ") + "→ " + activation.kind.rawValue
    }
    if !layers.isEmpty, let facts = network.facts[residual.shortcut.id] {
      row.parameters = facts.learnable
      row.isFrozen = facts.isFrozen
      row.multiplyAdds = facts.multiplyAdds
    }
    rows.append(row)
  }

  /// A branch of one layer stands on the branch's own row.
  private mutating func addBranches(
    _ parallel: Parallel, path: String, outer: [OutlineRail], level: Int
  ) {
    for branch in parallel.branches {
      let inner = path + "." + branch.name
      if branch.children.count == 1, let only = branch.children.first, only.children.isEmpty {
        add(
          only, path: inner + "." + only.name, Rails(outer: outer, own: outer + [.skipTap]),
          level: level,
          label: parallel.gate == nil ? nil : branch.name)
      } else {
        add(
          branch, path: inner, Rails(outer: outer + [.skip], own: outer + [.skipTap]), level: level,
          label: branch.name)
      }
    }
  }
}
