/// One value per image and channel from all positions, `[images · positions, channels]` to
/// `[images, channels]`; images may be shared out between threads.
package enum GlobalPoolingKernel {
  /// Floats of scratch that `average` needs.
  package static func scratchCount(channels: Int) -> Int {
    ChannelPeriod(channels: channels).lanes
  }

  /// The mean over the positions.
  package static func average(
    _ x: UnsafePointer<Float>, images: Int, positions: Int, channels: Int,
    into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    for image in 0..<images {
      Channels.sums(
        x + image &* positions &* channels, rows: positions, channels: channels,
        into: y + image &* channels, scratch: scratch)
    }
    Elementwise.scale(y, by: 1 / Float(positions), into: y, count: images &* channels)
  }

  /// The mean of each row of whole vectors, where channels come first and have a row each.
  package static func average(
    rows x: UnsafePointer<Float>, count: Int, span: Int, into y: UnsafeMutablePointer<Float>
  ) {
    let share = 1 / Float(span)
    var from = x
    for row in 0..<count {
      var sum = from.vector(0)
      var position = 16
      while position < span {
        sum += from.vector(position)
        position &+= 16
      }
      y[row] = sum.total * share
      from += span
    }
  }

  /// Spreads dy evenly over each row, or adds it where `accumulate`.
  package static func averageBackward(
    _ dy: UnsafePointer<Float>, rows: Int, span: Int, into dx: UnsafeMutablePointer<Float>,
    accumulate: Bool
  ) {
    let share = 1 / Float(span)
    var to = dx
    for row in 0..<rows {
      let slope = Vector(repeating: dy[row] * share)
      var position = 0
      while position < span {
        to.store(accumulate ? to.vector(position) + slope : slope, position)
        position &+= 16
      }
      to += span
    }
  }

  /// Spreads dy evenly over the positions, or adds it where `accumulate`.
  package static func averageBackward(
    _ dy: UnsafePointer<Float>, images: Int, positions: Int, channels: Int,
    into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    let share = 1 / Float(positions)
    for image in 0..<images {
      period.expand(dy + image &* channels, into: scratch)
      let target = dx + image &* positions &* channels
      if accumulate {
        SpreadAdded(target: target, slopes: scratch, share: share).run(period, rows: positions)
      } else {
        Spread(target: target, slopes: scratch, share: share).run(period, rows: positions)
      }
    }
  }

  /// The greatest over the positions and, where asked, the position where it is.
  ///
  /// The first of equals wins; what is not a number wins over all.
  package static func maximum(
    _ x: UnsafePointer<Float>, images: Int, positions: Int, channels: Int,
    into y: UnsafeMutablePointer<Float>, winners: UnsafeMutablePointer<Int32>?
  ) {
    MaxPooling.forward(x, row(images, positions, channels), into: y, winners: winners)
  }

  /// Sends dy to the winning positions: dx is cleared first unless `accumulate`.
  package static func maximumBackward(
    _ dy: UnsafePointer<Float>, winners: UnsafePointer<Int32>, images: Int, positions: Int,
    channels: Int, into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false
  ) {
    if !accumulate { dx.update(repeating: 0, count: images &* positions &* channels) }
    for image in 0..<images {
      for channel in 0..<channels {
        let index = image &* channels &+ channel
        let position = image &* positions &+ Int(winners[index])
        if winners[index] >= 0 { dx[position &* channels &+ channel] += dy[index] }
      }
    }
  }

  /// The values at one position, counted from 0.
  package static func pick(
    _ place: Int, of x: UnsafePointer<Float>, images: Int, positions: Int, channels: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    for image in 0..<images {
      let position = image &* positions &+ place
      (y + image &* channels).update(from: x + position &* channels, count: channels)
    }
  }

  /// Sends dy to one position: dx is cleared first unless `accumulate`.
  package static func pickBackward(
    _ place: Int, _ dy: UnsafePointer<Float>, images: Int, positions: Int, channels: Int,
    into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false
  ) {
    if !accumulate { dx.update(repeating: 0, count: images &* positions &* channels) }
    for image in 0..<images {
      let position = image &* positions &+ place
      Elementwise.accumulate(
        dy + image &* channels, into: dx + position &* channels, count: channels)
    }
  }

  /// All positions of an image as one window.
  private static func row(_ images: Int, _ positions: Int, _ channels: Int) -> PoolingWindow {
    PoolingWindow(
      images: images, height: 1, width: positions, channels: channels, kernelHeight: 1,
      kernelWidth: positions, strideHeight: 1, strideWidth: positions, outputHeight: 1,
      outputWidth: 1)
  }
}

private struct Spread: ChannelSweep {
  let target: UnsafeMutablePointer<Float>
  let slopes: UnsafePointer<Float>
  let share: Float

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    access.store(slopes.vector(lane) * share, target, i)
  }
}

private struct SpreadAdded: ChannelSweep {
  let target: UnsafeMutablePointer<Float>
  let slopes: UnsafePointer<Float>
  let share: Float

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    access.store(access.load(target, i).plus(slopes.vector(lane), share), target, i)
  }
}
