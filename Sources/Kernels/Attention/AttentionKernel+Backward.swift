extension AttentionKernel {
  /// What the backward pass of one head of one image reads besides queries, keys and values.
  package struct Saved {
    /// The head's first channel of the output and of its gradient, `[positions, channels]`.
    let y: UnsafePointer<Float>
    let dy: UnsafePointer<Float>

    /// What the forward pass has left of each row's softmax.
    let terms: UnsafePointer<Float>

    /// The output and its gradient at the head's first channel, and the terms of its first position.
    package init(
      y: UnsafePointer<Float>, dy: UnsafePointer<Float>, terms: UnsafePointer<Float>
    ) {
      self.y = y
      self.dy = dy
      self.terms = terms
    }
  }

  /// Writes the gradients of queries, keys and values, which lie as they do.
  ///
  /// With P the softmax: dV = Pᵀ·dy, dP = dy·Vᵀ, dS = P · (dP − Σ dy·y) / √depth, dQ = dS·K and dK = dSᵀ·Q. Rows are
  /// taken from the last to the first, since the last ones reach all keys.
  ///
  /// - Returns: False where it was stopped between some rows.
  @discardableResult
  package func backward(
    _ x: UnsafePointer<Float>, _ saved: Saved, into dx: UnsafeMutablePointer<Float>,
    mask: DropoutKernel?, firstRow: Int, scratch: UnsafeMutablePointer<Float>,
    stop: StopCell = .none
  ) -> Bool {
    let shares = scratch + Matrix.scratchCount
    let slopes = shares + rows &* positions
    let kept = mask == nil ? shares : slopes + rows &* positions
    var first = (positions &- 1) / rows &* rows
    var accumulate = false
    while first >= 0 {
      if stop.isSet { return false }
      let block = Block(first: first, kernel: self)
      let dy = saved.dy + first &* channels
      scores(x, block, into: shares, scratch)
      for row in 0..<block.count {
        let count = block.width(of: row)
        let target = shares + row &* positions
        restore(target, count, RowTerms(saved.terms + 2 &* (first &+ row)))
        (target + count).update(repeating: 0, count: block.width &- count)
      }
      apply(mask, to: shares, block, firstRow: firstRow, into: kept)
      Matrix.transposedMultiply(
        kept, positions, dy, channels, into: dx + 2 &* channels, stride, m: block.width, n: depth,
        k: block.count, accumulate: accumulate, scratch: scratch)
      Matrix.multiplyTransposed(
        dy, channels, x + 2 &* channels, stride, into: slopes, positions, m: block.count,
        n: block.width, k: depth, scratch: scratch)
      for row in 0..<block.count {
        let mean = rowSum(dy + row &* channels, saved.y + (first &+ row) &* channels)
        let offset = row &* positions
        ShareGradient(mean: mean, scale: scale).map(
          shares + offset, kept + offset, slopes + offset, into: slopes + offset,
          count: block.width)
      }
      Matrix.multiply(
        slopes, positions, x + channels, stride, into: dx + first &* stride, stride,
        m: block.count, n: depth, k: block.width, scratch: scratch)
      Matrix.transposedMultiply(
        slopes, positions, x + first &* stride, stride, into: dx + channels, stride,
        m: block.width, n: depth, k: block.count, accumulate: accumulate, scratch: scratch)
      accumulate = true
      first &-= rows
    }
    return true
  }

  /// Puts the softmax of a row in the place of its scores, by the same arithmetic as the forward pass.
  private func restore(_ x: UnsafeMutablePointer<Float>, _ count: Int, _ terms: RowTerms) {
    ShareOfScore(greatest: terms.greatest, scale: scale, factor: terms.factor)
      .map(x, into: x, count: count)
  }

  /// Σ dy · y over the channels of a head.
  private func rowSum(_ dy: UnsafePointer<Float>, _ y: UnsafePointer<Float>) -> Float {
    var sums = Vector.zero
    var i = 0
    while i < depth {
      sums = sums.plus(dy.vector(i, end: depth), y.vector(i, end: depth))
      i &+= 16
    }
    return sums.total
  }
}

/// exp(scale · (score − greatest)) · factor.
private struct ShareOfScore: Operation {
  let greatest: Float
  let scale: Float
  let factor: Float

  @_transparent func callAsFunction(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
    ((a - greatest) * scale).exponential() * factor
  }
}

/// scale · (kept · slope − share · mean).
private struct ShareGradient: Operation {
  let mean: Float
  let scale: Float

  @_transparent func callAsFunction(_ share: Vector, _ kept: Vector, _ slope: Vector) -> Vector {
    (kept * slope - share * mean) * scale
  }
}
