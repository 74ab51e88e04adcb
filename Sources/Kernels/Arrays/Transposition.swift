/// Moves between the plain layout `[channels, positions]` of one example and channels-last.
package enum Transposition {
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
      return
    }
    // Squares of 16 keep both sides' cache lines at hand.
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
}
