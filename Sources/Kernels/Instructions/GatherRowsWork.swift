/// Copies chosen rows of a table one behind the other, each transposed: from plain order to channels-last.
package struct GatherRowsWork {
  let source: UnsafePointer<Float>

  /// Which rows, in the order of the target.
  let places: UnsafePointer<Int>
  let count: Int
  let channels: Int
  let positions: Int
  let target: UnsafeMutablePointer<Float>

  /// So many rows, of so many channels and positions each.
  package init(
    source: UnsafePointer<Float>, places: UnsafePointer<Int>, count: Int, channels: Int,
    positions: Int, target: UnsafeMutablePointer<Float>
  ) {
    self.source = source
    self.places = places
    self.count = count
    self.channels = channels
    self.positions = positions
    self.target = target
  }

  func run(_ part: Part) {
    let size = channels &* positions
    for row in part.range(of: count) {
      Transposition.transpose(
        source + places[row] &* size, rows: channels, columns: positions,
        into: target + row &* size)
    }
  }
}
