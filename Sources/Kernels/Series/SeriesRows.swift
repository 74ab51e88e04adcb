/// One example of a series with its channels first, a row for each, with zeros between them, so that every tap of every
/// window exists.
///
/// Where windows move by two, the even values of a row lie in one row and the odd ones in another.
struct SeriesRows: Sendable {
  let channels: Int

  /// Values of a channel.
  let width: Int

  /// Into how many rows the values of a channel are dealt: 1 or 2.
  let phases: Int

  /// Floats before the values of a row, and from one row to the next: whole vectors.
  let left: Int
  let row: Int

  /// Rows with so many zeros before and after at least; those after a row are those before the next one.
  init(channels: Int, width: Int, phases: Int, before: Int, after: Int) {
    self.channels = channels
    self.width = width
    self.phases = phases
    left = (max(before, after, 0) + 15) / 16 * 16
    row = left + width / phases
  }

  /// Floats of an example; the zeros before a row are those after the one before it.
  var count: Int { channels &* phases &* row &+ left }

  /// Whether nothing lies around the values, so that they can be read where they are.
  var isBare: Bool { phases == 1 && row == width }

  /// Where the value of a channel is that lies so far into a phase, zeros before it counted downwards.
  func place(channel: Int, phase: Int, position: Int) -> Int {
    (phase &* channels &+ channel) &* row &+ left &+ position
  }

  /// Clears the rows once, before examples are put into them.
  func clear(_ rows: UnsafeMutablePointer<Float>) { rows.update(repeating: 0, count: count) }

  /// Puts an example into cleared rows.
  func fill(_ rows: UnsafeMutablePointer<Float>, from source: UnsafePointer<Float>) {
    var from = source
    var target = rows + left
    let odd = channels &* row
    for _ in 0..<channels {
      var position = 0
      if phases == 1 {
        while position < width {
          target.store(from.vector(position), position)
          position &+= 16
        }
      } else {
        while position < width {
          let pair = SIMD32(
            lowHalf: from.vector(position), highHalf: from.vector(position &+ 16))
          target.store(pair.evenHalf, position / 2)
          target.store(pair.oddHalf, odd &+ position / 2)
          position &+= 32
        }
      }
      from += width
      target += row
    }
  }
}
