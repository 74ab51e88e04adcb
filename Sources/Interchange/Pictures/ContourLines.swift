/// Lines of one value through a grid of values (marching squares), and the values between its points.
struct ContourLines {
  /// Rows from the lower edge to the upper one; nothing where none was measured.
  let values: [[Double?]]

  private var rows: Int { values.count }
  private var columns: Int { values.first?.count ?? 0 }

  /// A segment between two places, in columns and rows.
  typealias Segment = (from: (x: Double, y: Double), to: (x: Double, y: Double))

  /// The segments at which the values cross a level.
  func segments(at level: Double) -> [Segment] {
    guard rows > 1, columns > 1 else { return [] }
    var segments: [Segment] = []
    for row in 0..<rows - 1 {
      for column in 0..<columns - 1 {
        let corners = [
          (column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1),
        ]
        let known = corners.compactMap { values[$0.1][$0.0] }.filter(\.isFinite)
        guard known.count == 4 else { continue }
        var crossings: [(x: Double, y: Double)] = []
        for side in 0..<4 {
          let (a, b) = (known[side], known[(side + 1) % 4])
          guard (a < level) != (b < level) else { continue }
          let share = (level - a) / (b - a)
          let (from, to) = (corners[side], corners[(side + 1) % 4])
          crossings.append(
            (
              Double(from.0) + share * Double(to.0 - from.0),
              Double(from.1) + share * Double(to.1 - from.1)
            ))
        }
        if crossings.count == 2 { segments.append((crossings[0], crossings[1])) }
        guard crossings.count == 4 else { continue }
        // A saddle: its middle says which corners belong together.
        let isHigh = known.reduce(0, +) / 4 >= level
        let joins = (known[0] >= level) == isHigh ? [(0, 1), (2, 3)] : [(3, 0), (1, 2)]
        for (a, b) in joins { segments.append((crossings[a], crossings[b])) }
      }
    }
    return segments
  }

  /// The value at a place, in columns and rows; nothing beside values that are not there.
  func value(_ x: Double, _ y: Double) -> Double? {
    guard rows > 0, columns > 0 else { return nil }
    let column = min(max(Int(x), 0), max(columns - 2, 0))
    let row = min(max(Int(y), 0), max(rows - 2, 0))
    let (nextColumn, nextRow) = (min(column + 1, columns - 1), min(row + 1, rows - 1))
    guard let a = values[row][column], let b = values[row][nextColumn],
      let c = values[nextRow][column], let d = values[nextRow][nextColumn]
    else { return nil }
    let (right, up) = (x - Double(column), y - Double(row))
    return (a * (1 - right) + b * right) * (1 - up) + (c * (1 - right) + d * right) * up
  }
}
