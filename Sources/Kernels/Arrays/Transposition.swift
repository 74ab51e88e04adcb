/// Moves between the plain layout `[channels, positions]` of one example and channels-last.
package enum Transposition {
  /// Rows, and columns, of which fewer are moved float by float.
  private static let fewRows = 5
  private static let fewColumns = 8

  /// y[column · rows + row] = x[row · columns + column], or y += where `accumulate`.
  package static func transpose(
    _ x: UnsafePointer<Float>, rows: Int, columns: Int, into y: UnsafeMutablePointer<Float>,
    accumulate: Bool = false
  ) {
    if rows == 1 || columns == 1 {
      if accumulate {
        Elementwise.accumulate(x, into: y, count: rows &* columns)
      } else {
        y.update(from: x, count: rows &* columns)
      }
    } else if accumulate || rows < fewRows || columns < fewColumns {
      moveSingly(x, rows, columns, into: y, accumulate: accumulate)
    } else {
      moveSquares(x, rows, columns, into: y)
    }
  }

  /// Float by float, in squares of 16 that keep both sides' cache lines at hand.
  private static func moveSingly(
    _ x: UnsafePointer<Float>, _ rows: Int, _ columns: Int, into y: UnsafeMutablePointer<Float>,
    accumulate: Bool
  ) {
    var row = 0
    while row < rows {
      let rowEnd = min(row &+ 16, rows)
      var column = 0
      while column < columns {
        let columnEnd = min(column &+ 16, columns)
        for c in column..<columnEnd {
          let target = y + c &* rows
          for r in row..<rowEnd {
            let value = x[r &* columns &+ c]
            target[r] = accumulate ? target[r] + value : value
          }
        }
        column = columnEnd
      }
      row = rowEnd
    }
  }

  /// By squares of registers.
  ///
  /// The last rows of a strip of columns, which may fill no square, come first: sixteen lanes are written of each
  /// column, and what spills into the next one is written over later.
  private static func moveSquares(
    _ x: UnsafePointer<Float>, _ rows: Int, _ columns: Int, into y: UnsafeMutablePointer<Float>
  ) {
    let squares = (rows &+ 15) / 16
    withUnsafeTemporaryAllocation(
      byteCount: 2 &* Square.count &* MemoryLayout<Float>.stride, alignment: 64
    ) { memory in
      guard let square = memory.baseAddress?.assumingMemoryBound(to: Float.self) else { return }
      square.update(repeating: 0, count: Square.count)
      let work = square + Square.count
      var column = 0
      while column < columns {
        let width = min(16, columns &- column)
        for place in 0..<squares {
          let row = 16 &* (place == 0 ? squares &- 1 : place &- 1)
          let height = min(16, rows &- row)
          let source = x + row &* columns + column
          let target = y + column &* rows + row
          if width == 16 && height == 16 {
            Square.transpose(source, columns, into: target, rows, work: work)
            continue
          }
          for r in 0..<height {
            square.store(source.vector(r &* columns, end: r &* columns &+ width), r &* 16)
          }
          Square.transpose(UnsafePointer(square), 16, into: square, 16, work: work)
          let end = (columns &- column) &* rows &- row
          for c in 0..<width {
            target.store(UnsafePointer(square).vector(c &* 16), c &* rows, end: end)
          }
        }
        column &+= 16
      }
    }
  }
}
