import Networks

/// Which containers of a tree are folded: the user's own wishes, and a rule for all others.
///
/// A wish holds for a block's identity, so it outlasts edits. Without one, residual and parallel
/// blocks are open; sequences and repeats are too until the tree grows long.
package struct OutlineFolds: Sendable, Hashable {
  private var wishes: [BlockID: OutlineFold] = [:]

  /// How many rows a tree may have before sequences and repeats start out folded.
  package static let longTree = 200

  /// No wishes.
  package init() {}

  /// What the user wants of a block, or nothing.
  package subscript(id: BlockID) -> OutlineFold? {
    get { wishes[id] }
    set { wishes[id] = newValue }
  }

  /// Turns a row's fold over.
  package mutating func toggle(_ row: OutlineRow) {
    switch row.fold {
    case .leaf: break
    case .open: wishes[row.id] = .closed
    case .closed: wishes[row.id] = .open
    }
  }

  /// Forgets blocks that are gone.
  package mutating func keep(where isKept: (BlockID) -> Bool) {
    wishes = wishes.filter { isKept($0.key) }
  }

  func fold(_ block: Block, isLong: Bool) -> OutlineFold {
    if let wish = wishes[block.id] { return wish }
    switch block.form {
    case .layer: return .leaf
    case .residual, .parallel, .join: return .open
    case .sequential, .repeated, .shared: return isLong ? .closed : .open
    }
  }
}
