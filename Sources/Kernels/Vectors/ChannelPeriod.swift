/// How channels repeat in flat memory of layout `[rows, channels]`.
///
/// After `lanes` floats (a whole number of rows and of vectors) the pattern of channels begins
/// anew, so a per-channel value, expanded once to `lanes` floats, meets the data vector by vector
/// whatever the number of channels. A few channels are repeated until at least four vectors are in
/// flight. `lanes` is at most 16 times the channels, or 64 where that is more.
///
/// In memory of layout `[examples, channels, span]`, where channels come first, each has one vector of a period.
package struct ChannelPeriod {
  package let channels: Int

  /// Values of a channel that lie side by side: whole vectors where channels come first, 1 where they come last.
  package let span: Int

  /// Floats in a period.
  package let lanes: Int
  /// Rows in a period.
  package let rows: Int

  /// The period of so many channels.
  package init(channels: Int, span: Int = 1) {
    self.channels = channels
    self.span = span
    if span > 1 {
      lanes = channels &* 16
      rows = span
      return
    }
    var common = 16
    while channels % common != 0 { common /= 2 }
    var vectors = channels / common
    switch vectors {
    case 1: vectors = 4
    case 2, 3, 5, 7: vectors &*= 2
    default: break
    }
    lanes = vectors &* 16
    rows = lanes / channels
  }

  /// Repeats `channels` values until they fill a period.
  @inline(__always) func expand(
    _ values: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>
  ) {
    if span > 1 {
      for channel in 0..<channels {
        target.store(Vector(repeating: values[channel]), channel &* 16)
      }
      return
    }
    target.update(from: values, count: channels)
    var filled = channels
    while filled < lanes {
      let more = filled < lanes &- filled ? filled : lanes &- filled
      (target + filled).update(from: target, count: more)
      filled &+= more
    }
  }

  /// Adds the lanes of each channel, row after row.
  @inline(__always) func fold(
    _ values: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>
  ) {
    target.update(from: values, count: channels)
    var row = 1
    while row < rows {
      let source = values + row &* channels
      for channel in 0..<channels { target[channel] += source[channel] }
      row &+= 1
    }
  }

  /// Periods to sweep at a time, so that a block stays in the nearest cache.
  var block: Int { max(16, 8192 / lanes) }

  /// Calls `body` for the vectors of a period: by fours, then by two, then singly.
  @inline(__always) func groups(
    four: (Int) -> Void, two: (Int) -> Void, one: (Int) -> Void
  ) {
    var lane = 0
    while lane &+ 64 <= lanes {
      four(lane)
      lane &+= 64
    }
    if lane &+ 32 <= lanes {
      two(lane)
      lane &+= 32
    }
    if lane < lanes { one(lane) }
  }
}
