/// Scaled dot-product attention of one head of one image: y = softmax(Q·Kᵀ / √depth) · V.
///
/// Queries, keys and values lie side by side, `[positions, 3 · channels]`; a head has `depth` channels of each. Of the
/// softmax only the greatest score and the sum of each row are kept: the backward pass computes it again, some rows at
/// a time, so that memory grows with the positions and not with their square (after Dao et al. 2022).
package struct AttentionKernel: Sendable {
  package let positions: Int
  package let channels: Int
  package let heads: Int

  /// Whether a position sees only itself and those before it.
  package let isCausal: Bool

  /// Channels of a head.
  let depth: Int

  /// Queries whose rows are computed at a time.
  let rows: Int

  /// Attention between so many positions of so many channels, which the heads divide.
  package init(positions: Int, channels: Int, heads: Int, isCausal: Bool) {
    self.init(
      positions: positions, channels: channels, heads: heads, isCausal: isCausal,
      rows: max(32, (1 << 16) / positions / 8 * 8))
  }

  /// The same with at most so many rows computed at a time.
  init(positions: Int, channels: Int, heads: Int, isCausal: Bool, rows: Int) {
    self.positions = positions
    self.channels = channels
    self.heads = heads
    self.isCausal = isCausal
    depth = channels / heads
    self.rows = min(positions, rows)
  }

  /// Floats of scratch that each thread needs; a backward pass has two or, with dropout, three arrays of rows.
  package func scratchCount(isBackward: Bool, hasDropout: Bool) -> Int {
    Matrix.scratchCount + (isBackward ? (hasDropout ? 3 : 2) : 1) * rows * positions
  }

  /// Floats between two rows of queries, keys and values.
  var stride: Int { 3 &* channels }

  var scale: Float { 1 / Float(depth).squareRoot() }

  /// One head of one image.
  ///
  /// - Parameters:
  ///   - x: queries of the head at the first position; keys and values lie `channels` and twice `channels` behind.
  ///   - y: the head's first channel at the first position of `[positions, channels]`.
  ///   - terms: gets two floats for each position, which the backward pass wants.
  ///   - mask: zeroes shares of the softmax, of whose rows `firstRow` is the number of the first.
  /// - Returns: False where it was stopped between some rows.
  @discardableResult
  package func forward(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    terms: UnsafeMutablePointer<Float>?, mask: DropoutKernel?, firstRow: Int,
    scratch: UnsafeMutablePointer<Float>, stop: StopCell = .none
  ) -> Bool {
    let shares = scratch + Matrix.scratchCount
    var first = 0
    while first < positions {
      if stop.isSet { return false }
      let block = Block(first: first, kernel: self)
      scores(x, block, into: shares, scratch)
      for row in 0..<block.count {
        let count = block.width(of: row)
        let target = shares + row &* positions
        let found = softmax(target, count)
        (target + count).update(repeating: 0, count: block.width &- count)
        if let terms {
          terms[2 &* (first &+ row)] = found.greatest
          terms[2 &* (first &+ row) &+ 1] = found.factor
        }
      }
      apply(mask, to: shares, block, firstRow: firstRow, into: shares)
      Matrix.multiply(
        shares, positions, x + 2 &* channels, stride, into: y + first &* channels, channels,
        m: block.count, n: depth, k: block.width, scratch: scratch)
      first &+= rows
    }
    return true
  }

  /// Rows of queries that are computed together, and how many keys they see.
  struct Block {
    let first: Int
    let count: Int

    /// The keys that any of the rows sees.
    let width: Int
    private let isCausal: Bool

    init(first: Int, kernel: AttentionKernel) {
      self.first = first
      count = min(kernel.rows, kernel.positions &- first)
      isCausal = kernel.isCausal
      width = isCausal ? first &+ count : kernel.positions
    }

    /// The keys that a row sees.
    @inline(__always) func width(of row: Int) -> Int { isCausal ? first &+ row &+ 1 : width }
  }

  /// Q·Kᵀ of a block, `positions` floats from row to row.
  func scores(
    _ x: UnsafePointer<Float>, _ block: Block, into target: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    Matrix.multiplyTransposed(
      x + block.first &* stride, stride, x + channels, stride, into: target, positions,
      m: block.count, n: block.width, k: depth, scratch: scratch)
  }

  /// Writes shares with some zeroed; target may be the source.
  func apply(
    _ mask: DropoutKernel?, to shares: UnsafePointer<Float>, _ block: Block, firstRow: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    guard let mask else { return }
    let even = (positions &+ 1) & ~1
    for row in 0..<block.count {
      let offset = row &* positions
      mask.apply(
        shares + offset, first: (firstRow &+ block.first &+ row) &* even, into: target + offset,
        count: block.width)
    }
  }

  /// Puts the softmax of scaled scores in their place; answers what it is computed again with.
  private func softmax(_ x: UnsafeMutablePointer<Float>, _ count: Int) -> RowTerms {
    let scale = scale
    var best = Vector(repeating: -.infinity)
    var i = 0
    while i &+ 16 <= count {
      best = x.vector(i).atLeast(best)
      i &+= 16
    }
    if i < count {
      best = x.vector(i, count: count &- i, filler: -.infinity).atLeast(best)
    }
    let greatest = best.greatest
    var sums = Vector.zero
    i = 0
    while i &+ 16 <= count {
      let share = ((x.vector(i) - greatest) * scale).exponential()
      sums += share
      x.store(share, i)
      i &+= 16
    }
    if i < count {
      let rest = count &- i
      let value = x.vector(i, count: rest, filler: greatest)
      let share = Vector.zero.replacing(
        with: ((value - greatest) * scale).exponential(), where: Vector.lanes(before: rest))
      sums += share
      x.store(share, i, count: rest)
    }
    let terms = RowTerms(greatest: greatest, factor: 1 / sums.total)
    Elementwise.scale(x, by: terms.factor, into: x, count: count)
    return terms
  }

  /// What makes a row's softmax of its scores: exp(scale · (score − greatest)) · factor.
  struct RowTerms {
    let greatest: Float
    let factor: Float

    init(greatest: Float, factor: Float) {
      self.greatest = greatest
      self.factor = factor
    }

    /// Those that a forward pass has left.
    init(_ terms: UnsafePointer<Float>) { self.init(greatest: terms[0], factor: terms[1]) }
  }
}
