/// Products of small row-major matrices, for layers too small for a library call to pay.
///
/// C is `m × n`; each matrix has its own distance between rows (leading dimension). Rows of C may be
/// shared out between threads, each with its own scratch; every element is summed in the same order
/// whatever the share.
package enum Matrix {
  /// Floats of scratch that each thread needs.
  package static let scratchCount = depth * 32 + 256

  /// Products summed at a time, so that a panel of B stays in the nearest cache.
  static let depth = 192

  /// C = A·B, or C += A·B; A is `m × k`, B is `k × n`.
  package static func multiply(
    _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>, _ bStride: Int,
    into c: UnsafeMutablePointer<Float>, _ cStride: Int, m: Int, n: Int, k: Int,
    accumulate: Bool = false, scratch: UnsafeMutablePointer<Float>
  ) {
    let left = Factor(start: a, row: aStride, step: 1)
    run(left, b, bStride, transposed: false, c, cStride, m, n, k, accumulate, scratch)
  }

  /// C = A·Bᵀ, or C += A·Bᵀ; A is `m × k`, B is `n × k`: a dense layer's forward pass with weights
  /// `[units, inputs]`.
  package static func multiplyTransposed(
    _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>, _ bStride: Int,
    into c: UnsafeMutablePointer<Float>, _ cStride: Int, m: Int, n: Int, k: Int,
    accumulate: Bool = false, scratch: UnsafeMutablePointer<Float>
  ) {
    let left = Factor(start: a, row: aStride, step: 1)
    run(left, b, bStride, transposed: true, c, cStride, m, n, k, accumulate, scratch)
  }

  /// C = Aᵀ·B, or C += Aᵀ·B; A is `k × m`, B is `k × n`: a dense layer's weight gradient.
  package static func transposedMultiply(
    _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>, _ bStride: Int,
    into c: UnsafeMutablePointer<Float>, _ cStride: Int, m: Int, n: Int, k: Int,
    accumulate: Bool = false, scratch: UnsafeMutablePointer<Float>
  ) {
    let left = Factor(start: a, row: 1, step: aStride)
    run(left, b, bStride, transposed: false, c, cStride, m, n, k, accumulate, scratch)
  }

  /// Panels of 32 columns by `depth` products; a panel that is transposed or narrow is packed first.
  private static func run(
    _ a: Factor, _ b: UnsafePointer<Float>, _ bStride: Int, transposed: Bool,
    _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ m: Int, _ n: Int, _ k: Int,
    _ accumulate: Bool, _ scratch: UnsafeMutablePointer<Float>
  ) {
    if k == 0 && !accumulate {
      for row in 0..<m { (c + row &* cStride).update(repeating: 0, count: n) }
      return
    }
    var column = 0
    while column < n {
      let columns = min(32, n &- column)
      var from = 0
      while from < k {
        let count = min(depth, k &- from)
        var panel = Factor(start: b + from &* bStride + column, row: 1, step: bStride)
        if transposed {
          Panel.packTransposed(
            b + column &* bStride + from, bStride, columns, count, scratch,
            square: scratch + depth &* 32)
          panel = Factor(start: UnsafePointer(scratch), row: 1, step: 32)
        } else if columns < 32 {
          Panel.pack(panel.start, bStride, columns, count, scratch)
          panel = Factor(start: UnsafePointer(scratch), row: 1, step: 32)
        }
        Tile.sweep(
          a.advanced(by: from), panel, count, c + column, cStride, rows: m, columns: columns,
          accumulate: accumulate || from > 0)
        from &+= count
      }
      column &+= 32
    }
  }
}

/// A matrix read as element (i, p) at start + i·row + p·step.
struct Factor {
  var start: UnsafePointer<Float>
  var row: Int
  var step: Int

  @inline(__always) func advanced(by steps: Int) -> Factor {
    Factor(start: start + steps &* step, row: row, step: step)
  }

  @inline(__always) func below(_ rows: Int) -> Factor {
    Factor(start: start + rows &* row, row: row, step: step)
  }
}
