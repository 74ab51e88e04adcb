/// Columns and rows.
package struct Size: Hashable, Sendable {
  package var width: Int
  package var height: Int

  /// Negative extents count as zero.
  package init(_ width: Int, _ height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }
}

/// A cell's place: column and row from the upper left, both from zero.
package struct Point: Hashable, Sendable {
  package var x: Int
  package var y: Int

  /// A column and a row.
  package init(_ x: Int, _ y: Int) {
    self.x = x
    self.y = y
  }
}

/// A part of a frame.
package struct Rectangle: Hashable, Sendable {
  package var x: Int
  package var y: Int
  package var width: Int
  package var height: Int

  /// Negative extents count as zero.
  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  package var size: Size { Size(width, height) }
  package var origin: Point { Point(x, y) }
  package var isEmpty: Bool { width == 0 || height == 0 }

  /// The first column right of it.
  package var right: Int { x + width }

  /// The first row below it.
  package var bottom: Int { y + height }

  /// What is left within a border of the given thickness.
  package func inset(_ columns: Int, _ rows: Int) -> Rectangle {
    Rectangle(
      x: x + columns, y: y + rows, width: width - 2 * columns, height: height - 2 * rows)
  }

  /// The part that both cover.
  package func intersection(_ other: Rectangle) -> Rectangle {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rectangle(
      x: left, y: top, width: min(right, other.right) - left,
      height: min(bottom, other.bottom) - top)
  }

  /// Whether a point lies in it.
  package func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < right && point.y >= y && point.y < bottom
  }
}
