/// Blocks of C held in registers while a panel of B streams by: eight, four, two or one rows of 16 or
/// 32 columns.
enum Tile {
  /// Writes A times the panel to all rows of C, or adds it.
  static func sweep(
    _ a: Factor, _ b: Factor, _ count: Int, _ c: UnsafeMutablePointer<Float>, _ cStride: Int,
    rows: Int, columns: Int, accumulate: Bool
  ) {
    let output = Output(start: c, stride: cStride, columns: columns, accumulate: accumulate)
    if columns > 16 {
      sweep(Two.self, a, b, count, output, rows)
    } else {
      sweep(One.self, a, b, count, output, rows)
    }
  }

  @inline(__always) private static func sweep<C: Chunk>(
    _: C.Type, _ a: Factor, _ b: Factor, _ count: Int, _ output: Output, _ rows: Int
  ) {
    var row = 0
    while row &+ 8 <= rows {
      eight(C.self, a.below(row), b, count, output.below(row))
      row &+= 8
    }
    if row &+ 4 <= rows {
      four(C.self, a.below(row), b, count, output.below(row))
      row &+= 4
    }
    if row &+ 2 <= rows {
      two(C.self, a.below(row), b, count, output.below(row))
      row &+= 2
    }
    if row < rows { one(C.self, a.below(row), b, count, output.below(row)) }
  }

  @inline(__always) private static func eight<C: Chunk>(
    _: C.Type, _ a: Factor, _ b: Factor, _ count: Int, _ output: Output
  ) {
    let row = a.row
    var c0 = C.repeating(0)
    var (c1, c2, c3, c4, c5, c6, c7) = (c0, c0, c0, c0, c0, c0, c0)
    var left = a.start
    var right = b.start
    for _ in 0..<count {
      let v = C.load(right)
      let low = left + row &* 4
      c0 = c0.plus(C.repeating(left[0]), v)
      c1 = c1.plus(C.repeating(left[row]), v)
      c2 = c2.plus(C.repeating(left[row &* 2]), v)
      c3 = c3.plus(C.repeating(left[row &* 3]), v)
      c4 = c4.plus(C.repeating(low[0]), v)
      c5 = c5.plus(C.repeating(low[row]), v)
      c6 = c6.plus(C.repeating(low[row &* 2]), v)
      c7 = c7.plus(C.repeating(low[row &* 3]), v)
      left += a.step
      right += b.step
    }
    output.put(c0, 0)
    output.put(c1, 1)
    output.put(c2, 2)
    output.put(c3, 3)
    output.put(c4, 4)
    output.put(c5, 5)
    output.put(c6, 6)
    output.put(c7, 7)
  }

  @inline(__always) private static func four<C: Chunk>(
    _: C.Type, _ a: Factor, _ b: Factor, _ count: Int, _ output: Output
  ) {
    let row = a.row
    var c0 = C.repeating(0)
    var (c1, c2, c3) = (c0, c0, c0)
    var left = a.start
    var right = b.start
    for _ in 0..<count {
      let v = C.load(right)
      c0 = c0.plus(C.repeating(left[0]), v)
      c1 = c1.plus(C.repeating(left[row]), v)
      c2 = c2.plus(C.repeating(left[row &* 2]), v)
      c3 = c3.plus(C.repeating(left[row &* 3]), v)
      left += a.step
      right += b.step
    }
    output.put(c0, 0)
    output.put(c1, 1)
    output.put(c2, 2)
    output.put(c3, 3)
  }

  @inline(__always) private static func two<C: Chunk>(
    _: C.Type, _ a: Factor, _ b: Factor, _ count: Int, _ output: Output
  ) {
    var c0 = C.repeating(0)
    var c1 = c0
    var left = a.start
    var right = b.start
    for _ in 0..<count {
      let v = C.load(right)
      c0 = c0.plus(C.repeating(left[0]), v)
      c1 = c1.plus(C.repeating(left[a.row]), v)
      left += a.step
      right += b.step
    }
    output.put(c0, 0)
    output.put(c1, 1)
  }

  @inline(__always) private static func one<C: Chunk>(
    _: C.Type, _ a: Factor, _ b: Factor, _ count: Int, _ output: Output
  ) {
    var c0 = C.repeating(0)
    var left = a.start
    var right = b.start
    for _ in 0..<count {
      c0 = c0.plus(C.repeating(left[0]), C.load(right))
      left += a.step
      right += b.step
    }
    output.put(c0, 0)
  }

  /// Where a block goes.
  struct Output {
    var start: UnsafeMutablePointer<Float>
    var stride: Int
    /// Columns from `start` that exist, at most 32.
    var columns: Int
    var accumulate: Bool

    @inline(__always) func below(_ rows: Int) -> Output {
      Output(
        start: start + rows &* stride, stride: stride, columns: columns, accumulate: accumulate)
    }

    @inline(__always) func put<C: Chunk>(_ block: C, _ row: Int) {
      block.store(start + row &* stride, count: columns, accumulate: accumulate)
    }
  }
}
