/// Blocks one after another, as an array whose copies share what they have in common when blocks are put at the end.
///
/// Blocks stand in chunks of one size; only the last, which is shorter, is copied when a block follows.
package struct BlockList: Hashable, Sendable {
  private var chunks: [[Block]] = []

  /// What does not fill a chunk.
  private var rest: [Block] = []

  private static let chunkSize = 64

  /// The blocks of a sequence.
  package init(_ blocks: some Sequence<Block>) { append(contentsOf: blocks) }

  /// Puts blocks at the end.
  package mutating func append(contentsOf blocks: some Sequence<Block>) {
    for block in blocks {
      rest.append(block)
      if rest.count == Self.chunkSize {
        chunks.append(rest)
        rest = []
      }
    }
  }
}

extension BlockList: RandomAccessCollection, MutableCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { chunks.count * Self.chunkSize + rest.count }

  package subscript(position: Int) -> Block {
    get {
      let (chunk, place) = position.quotientAndRemainder(dividingBy: Self.chunkSize)
      return chunk < chunks.count ? chunks[chunk][place] : rest[place]
    }
    set {
      let (chunk, place) = position.quotientAndRemainder(dividingBy: Self.chunkSize)
      if chunk < chunks.count { chunks[chunk][place] = newValue } else { rest[place] = newValue }
    }
  }
}

extension BlockList: RangeReplaceableCollection {
  /// A list without blocks.
  package init() {}

  package mutating func replaceSubrange(
    _ range: Range<Int>, with blocks: some Collection<Block>
  ) {
    if range.lowerBound == endIndex { return append(contentsOf: blocks) }
    var all = Array(self)
    all.replaceSubrange(range, with: blocks)
    self = BlockList(all)
  }
}

extension BlockList: ExpressibleByArrayLiteral {
  package init(arrayLiteral blocks: Block...) { self.init(blocks) }
}
