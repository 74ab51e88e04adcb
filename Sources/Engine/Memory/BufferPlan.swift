/// A piece of a plan's memory before it has an address.
struct BufferID: Hashable {
  let index: Int
}

/// When each buffer is alive, in steps, and where it lies in the arena.
///
/// Buffers that are never alive together share addresses. Every buffer starts on a cache line and is followed
/// by one that may be read but means nothing, so that kernels can load whole vectors at the end.
struct BufferPlan {
  /// A buffer's size and the steps that touch it first and last.
  struct Life {
    var floats: Int
    var first: Int
    var last: Int

    /// Keeps its memory to itself from the first step to the last, and between runs.
    var isLasting = false

    var role = BufferRole.workspace

    /// Another buffer whose memory it continues.
    var continues: BufferID?

    /// Floats from the arena's start; meaningful once placed.
    var offset = 0
  }

  private(set) var lives: [Life] = []
  private var continued: Set<BufferID> = []

  /// Floats of the whole arena.
  private(set) var total = 0

  static let line = 16

  mutating func add(
    floats: Int, isLasting: Bool = false, role: BufferRole = .workspace
  ) -> BufferID {
    lives.append(
      Life(floats: max(floats, 1), first: Int.max, last: -1, isLasting: isLasting, role: role))
    return BufferID(index: lives.count - 1)
  }

  mutating func touch(_ buffer: BufferID, at step: Int) {
    lives[buffer.index].first = min(lives[buffer.index].first, step)
    lives[buffer.index].last = max(lives[buffer.index].last, step)
  }

  subscript(buffer: BufferID) -> Life { lives[buffer.index] }

  /// Lets `target` go on in the memory of `source` where the source is last touched by the very step that
  /// first touches the target.
  mutating func takeOver(_ source: BufferID, by target: BufferID) -> Bool {
    let (from, to) = (lives[source.index], lives[target.index])
    guard from.last == to.first, from.floats >= to.floats, !from.isLasting, !to.isLasting,
      to.continues == nil, source != target, !continued.contains(source)
    else { return false }
    continued.insert(source)
    lives[target.index].continues = source
    return true
  }

  /// The buffer whose memory another one uses in the end.
  func root(of buffer: BufferID) -> BufferID {
    var result = buffer
    while let next = lives[result.index].continues { result = next }
    return result
  }

  /// Gives every buffer its place: the largest first, each at the lowest gap that is free all its life.
  mutating func place() {
    var spans: [BufferID: Life] = [:]
    for index in lives.indices {
      let life = lives[index]
      if life.last < 0 && !life.isLasting { continue }
      let root = root(of: BufferID(index: index))
      var span = spans[root] ?? life
      span.first = min(span.first, life.first)
      span.last = max(span.last, life.last)
      span.floats = max(span.floats, life.floats)
      if life.isLasting {
        span.first = 0
        span.last = Int.max
      }
      spans[root] = span
    }
    let order = spans.sorted { left, right in
      (left.value.floats, right.key.index) > (right.value.floats, left.key.index)
    }
    let steps = spans.values.map { (first: $0.first, last: $0.last, floats: $0.floats) }
    var placed = PlacedSpans(core: Self.fullestStep(steps))
    for (buffer, span) in order {
      let size = Self.padded(span.floats)
      let offset = placed.lowestGap(of: size, from: span.first, to: span.last)
      placed.insert(
        PlacedSpans.Span(first: span.first, last: span.last, range: offset..<offset + size))
      lives[buffer.index].offset = offset
      total = max(total, offset + size)
    }
    for index in lives.indices {
      lives[index].offset = lives[root(of: BufferID(index: index)).index].offset
    }
  }

  /// Whole cache lines, and one more.
  static func padded(_ floats: Int) -> Int { (floats + line - 1) / line * line + line }
}
