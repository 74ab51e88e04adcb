/// How one network differs from another in structure, and which blocks correspond.
///
/// Blocks correspond where they share an identity, as those of a fork do, or else name and kind below parents that
/// correspond.
package struct NetworkComparison: Sendable {
  /// Something that is otherwise in the second network.
  package enum Difference: Hashable, Sendable {
    /// A block with all that is new in it.
    case added(path: String, block: Block)
    case removed(path: String, block: Block)

    /// Neighbours that have gone elsewhere together, by the paths of the first and last.
    case moved(from: [String], to: [String])
    case renamed(path: String, to: String)

    /// Values of keys, before and after.
    case changed(path: String, keys: [Change])
  }

  /// A key with another value.
  package struct Change: Hashable, Sendable {
    package let key: String
    package let before: String
    package let after: String
  }

  /// In the order of the first network, then what is only in the second.
  package private(set) var differences: [Difference] = []

  /// The blocks of the second network by those of the first.
  package private(set) var partners: [BlockID: BlockID] = [:]

  private var places: (left: Places, right: Places)

  /// Compares two networks.
  package init(_ left: Network, _ right: Network) {
    places = (Places(left.root), Places(right.root))
    partners[left.root.id] = right.root.id
    for (id, place) in places.left.byID {
      if let other = places.right.byID[id], other.block.kind == place.block.kind,
        id != left.root.id, id != right.root.id
      {
        partners[id] = id
      }
    }
    pair(left.root, right.root)
    var taken: Set<BlockID> = Set(partners.values)
    taken.insert(right.root.id)
    describe(left.root, path: "", root: left.root.id)
    describeAdded(right.root, path: "", taken: taken)
  }

  /// Pairs the children of blocks that correspond, by name and kind.
  private mutating func pair(_ left: Block, _ right: Block) {
    let taken = Set(partners.values)
    let free = Dictionary(
      right.children.filter { !taken.contains($0.id) }.map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
    for child in left.children {
      if partners[child.id] == nil, let other = free[child.name], other.kind == child.kind {
        partners[child.id] = other.id
      }
      if let partner = partners[child.id], let other = places.right.byID[partner]?.block {
        pair(child, other)
      }
    }
  }

  /// Tells what became of the children of a block of the first network.
  private mutating func describe(_ block: Block, path: String, root: BlockID) {
    var group: (from: [String], to: [String], indices: (Int, Int))?
    let stays = staying(in: block)
    for child in shown(block) {
      let own = path.isEmpty ? child.name : path + "." + child.name
      guard let partner = partners[child.id], let place = places.right.byID[partner] else {
        flush(&group)
        if partners[block.id] != nil { differences.append(.removed(path: own, block: child)) }
        describe(child, path: own, root: root)
        continue
      }
      let other = place.block
      let isMoved = partners[block.id] != place.parent || !stays.contains(child.id)
      if isMoved {
        if let (from, to, indices) = group, indices == (place.parentOrder, place.index - 1) {
          group = (from + [own], to + [place.path], (place.parentOrder, place.index))
        } else {
          flush(&group)
          group = ([own], [place.path], (place.parentOrder, place.index))
        }
      } else {
        flush(&group)
        if child.name != other.name {
          differences.append(.renamed(path: own, to: place.path))
        }
      }
      let changes = Self.changes(child, other)
      if !changes.isEmpty {
        flush(&group)
        differences.append(.changed(path: own, keys: changes))
      }
      describe(child, path: own, root: root)
    }
    flush(&group)
  }

  private mutating func flush(_ group: inout (from: [String], to: [String], indices: (Int, Int))?) {
    if let (from, to, _) = group { differences.append(.moved(from: from, to: to)) }
    group = nil
  }

  private mutating func describeAdded(_ block: Block, path: String, taken: Set<BlockID>) {
    for child in shown(block) {
      let own = path.isEmpty ? child.name : path + "." + child.name
      if !taken.contains(child.id), taken.contains(block.id) {
        differences.append(.added(path: own, block: child))
      }
      describeAdded(child, path: own, taken: taken)
    }
  }

  /// The children to tell of: of copies, which are alike, the first.
  private func shown(_ block: Block) -> BlockList {
    if case .repeated = block.form { return BlockList(block.children.prefix(1)) }
    return block.children
  }

  /// The children that have kept their order: the longest rising row of places.
  private func staying(in block: Block) -> Set<BlockID> {
    let order = block.children.compactMap { child -> (id: BlockID, index: Int)? in
      guard let partner = partners[child.id], let place = places.right.byID[partner],
        place.parent == partners[block.id]
      else { return nil }
      return (child.id, place.index)
    }
    var tails: [Int] = []
    var previous: [Int?] = []
    for (position, entry) in order.enumerated() {
      var low = 0
      var high = tails.count
      while low < high {
        let middle = (low + high) / 2
        if order[tails[middle]].index < entry.index { low = middle + 1 } else { high = middle }
      }
      previous.append(low > 0 ? tails[low - 1] : nil)
      if low == tails.count { tails.append(position) } else { tails[low] = position }
    }
    var result: Set<BlockID> = []
    var next = tails.last
    while let position = next {
      result.insert(order[position].id)
      next = previous[position]
    }
    return result
  }

  private static func changes(_ left: Block, _ right: Block) -> [Change] {
    let (before, after) = (left.arguments, right.arguments)
    guard before.kind == after.kind else { return [] }
    return before.kind.row.parameters.compactMap { parameter in
      let (old, new) = (before[parameter.name]?.text, after[parameter.name]?.text)
      return old == new
        ? nil : Change(key: parameter.name, before: old ?? "none", after: new ?? "none")
    }
  }
}

/// Where each block of a tree stands.
private struct Places: Sendable {
  struct Place: Sendable {
    let block: Block
    let path: String
    let parent: BlockID?
    let index: Int

    /// Tells the parent from others by a number.
    let parentOrder: Int
  }

  private(set) var byID: [BlockID: Place] = [:]

  init(_ root: Block) {
    byID[root.id] = Place(block: root, path: "", parent: nil, index: 0, parentOrder: -1)
    var count = 0
    func descend(_ block: Block, _ path: String) {
      let order = count
      count += 1
      for (index, child) in block.children.enumerated() {
        let own = path.isEmpty ? child.name : path + "." + child.name
        byID[child.id] = Place(
          block: child, path: own, parent: block.id, index: index, parentOrder: order)
        descend(child, own)
      }
    }
    descend(root, "")
  }
}
