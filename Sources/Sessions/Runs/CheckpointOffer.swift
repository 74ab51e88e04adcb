import Engine
import Networks

/// Checkpoints that would make a step of training smaller, and the command that sets them.
struct CheckpointOffer: Sendable {
  /// The network with them.
  let network: Network

  /// What is typed for them: `set res* checkpoint=yes`.
  let command: String

  /// How many blocks get one.
  let count: Int

  /// Checkpoints for the blocks that hold others, those inside of groups rather than the groups; nothing where there
  /// are none of these, or all have one.
  init?(_ network: Network) {
    var paths: [String] = []
    Self.collect(network.root.children, "", into: &paths)
    let found = paths.compactMap { try? network.block(at: $0) }
    guard !found.isEmpty,
      let changed = try? network.setting([(key: "checkpoint", text: "yes")], on: found)
    else { return nil }
    self.network = changed
    count = found.count
    command = Self.patterns(found, in: network).map { "set \($0) checkpoint=yes" }
      .joined(separator: "; ")
  }

  /// The paths of blocks without a checkpoint; a group of layers alone is one, others are seen through.
  private static func collect(_ blocks: BlockList, _ prefix: String, into paths: inout [String]) {
    for block in blocks where !block.children.isEmpty && !block.isCheckpointed {
      let path = prefix + block.name
      if case .sequential(let children) = block.form,
        children.contains(where: { !$0.children.isEmpty })
      {
        collect(children, path + ".", into: &paths)
      } else {
        paths.append(path)
      }
    }
  }

  /// The paths, those that differ in numbers as one pattern where no other block fits it.
  private static func patterns(_ blocks: [Located], in network: Network) -> [String] {
    let wanted = Set(blocks.map(\.block.id))
    var known: Set<BlockID> = []
    var result: [String] = []
    for located in blocks where !known.contains(located.block.id) {
      let pattern = starred(located.path)
      let fitting = ((try? network.someBlocks(matching: pattern)) ?? []).map(\.block.id)
      if fitting.count > 1, wanted.isSuperset(of: fitting) {
        known.formUnion(fitting)
        result.append(pattern)
      } else {
        result.append(located.path)
      }
    }
    return result
  }

  /// A path with a star in place of the number at the end of each part: `stage1.res2` is `stage*.res*`.
  private static func starred(_ path: String) -> String {
    path.split(separator: ".").map { part in
      let stem = part.reversed().drop(while: \.isNumber).reversed()
      return stem.isEmpty || stem.count == part.count ? String(part) : String(stem) + "*"
    }.joined(separator: ".")
  }

  /// What a step of training takes with them; nothing where the network cannot learn so.
  func need(_ question: MemoryQuestion, batch: Int) -> MemoryNeed? {
    var question = question
    question.network = network
    return try? question.training(batch: batch)
  }
}
