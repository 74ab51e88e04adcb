import Networks

@testable import Engine

/// Networks with checkpoints: the same blocks and identities, so that the same parameters fit.
extension Network {
  /// With checkpoints on containers that dice choose, or on all of them.
  ///
  /// - Parameter seed: Nothing marks all containers.
  func checkpointed(seed: UInt64? = nil) throws -> Network {
    var dice = Dice(seed ?? 1)
    return try Network(
      input: input,
      root: root.checkpointed { _ in seed == nil || dice.below(2) == 0 })
  }

  /// With the blocks in groups of their own that are checkpoints, within one that is another, the last left outside.
  func checkpointedInGroups(of size: Int) throws -> Network {
    let blocks = Array(root.children)
    let inner = blocks.dropLast()
    let groups = stride(from: 0, to: inner.count, by: size).map { first in
      Block(
        name: "group\(first)",
        form: .sequential(BlockList(Array(inner.dropFirst(first).prefix(size)))),
        isCheckpointed: true)
    }
    let outer = Block(
      name: "outer", form: .sequential(BlockList(groups)), isCheckpointed: true)
    return try Network(
      input: input,
      root: root.with(children: [outer] + Array(blocks.suffix(1))))
  }

  /// Blocks that are checkpoints.
  var checkpointCount: Int {
    var count = 0
    walk { block, _ in if block.isCheckpointed { count += 1 } }
    return count
  }
}

extension Block {
  /// Marks what lies in chains; bodies, copies and branches have no marks of their own.
  fileprivate func checkpointed(_ chosen: (Block) -> Bool) -> Block {
    var result = with(
      children: children.map { child in
        var changed = child.checkpointed(chosen)
        if isChain, !child.children.isEmpty { changed.isCheckpointed = chosen(child) }
        return changed
      })
    result.isCheckpointed = isCheckpointed
    return result
  }
}
