/// Rows in pieces that are the same whatever the number of threads, so that the bits of sums are too.
package struct RowPieces {
  package let rows: Int

  /// Rows of a piece.
  package let size: Int

  /// Pieces of so many rows.
  package init(rows: Int, size: Int) {
    self.rows = rows
    self.size = size
  }

  /// Pieces of rows that are so wide.
  package init(rows: Int, width: Int) {
    self.init(rows: rows, size: max(1, (1 << 13) / max(width, 1)))
  }

  /// How many pieces there are.
  package var count: Int { max(1, (rows + size - 1) / size) }

  /// The rows of a piece.
  package func range(_ piece: Int) -> Range<Int> {
    let first = piece &* size
    return first..<min(first &+ size, rows)
  }
}
