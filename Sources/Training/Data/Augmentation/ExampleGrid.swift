import Networks

/// The values of one example as channels of rows and columns; a series has one row.
struct ExampleGrid {
  private(set) var values: [Float]
  let channels: Int
  let height: Int
  let width: Int

  /// Lays out an example `[channels]`, `[channels, length]` or `[channels, height, width]`.
  init(values: [Float], shape: Shape) {
    self.values = values
    let extents = shape.extents
    channels = extents[0]
    height = extents.count > 2 ? extents[1] : 1
    width = extents.count > 1 ? extents[extents.count - 1] : 1
  }

  /// Moves all rows down and all columns right; what was beyond the edge is 0.
  mutating func move(down: Int, right: Int) {
    if down == 0, right == 0 { return }
    var moved = [Float](repeating: 0, count: values.count)
    let columns = max(0, right)..<max(max(0, right), min(width, width + right))
    for channel in 0..<channels {
      for row in 0..<height where (0..<height).contains(row - down) {
        let target = (channel * height + row) * width
        let source = (channel * height + row - down) * width
        for column in columns { moved[target + column] = values[source + column - right] }
      }
    }
    values = moved
  }

  /// Mirrors the columns.
  mutating func mirror() {
    for start in stride(from: 0, to: values.count, by: width) {
      values[start..<start + width].reverse()
    }
  }

  /// Takes each column from a place between two columns, on the line between them.
  mutating func warp(_ places: [Double]) {
    let source = values
    for start in stride(from: 0, to: values.count, by: width) {
      for (column, place) in zip(0..<width, places) {
        let first = min(max(0, Int(place)), width - 1)
        let second = min(first + 1, width - 1)
        let share = Float(place - Double(first))
        values[start + column] =
          source[start + first] * (1 - share) + source[start + second] * share
      }
    }
  }

  /// Changes every value, in order.
  mutating func change(_ body: (Float) -> Float) {
    for index in values.indices { values[index] = body(values[index]) }
  }

  /// Changes every value by its channel.
  mutating func changeChannels(_ body: (Float, Int) -> Float) {
    let size = height * width
    for index in values.indices { values[index] = body(values[index], index / size) }
  }

  /// Sets a square about a place to 0 as far as it lies inside; of a series, a stretch.
  mutating func clear(row: Int, column: Int, side: Int) {
    let (top, left) = (row - side / 2, column - side / 2)
    let rows = height == 1 ? 0..<1 : max(0, top)..<min(height, top + side)
    for channel in 0..<channels {
      for row in rows {
        for column in max(0, left)..<min(width, left + side) {
          values[(channel * height + row) * width + column] = 0
        }
      }
    }
  }
}
