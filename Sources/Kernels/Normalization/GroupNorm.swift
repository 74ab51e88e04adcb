/// Group normalization over all positions of groups of channels (Wu and He, 2018), of one image at a time.
///
/// Arrays are `[positions, channels]` for each image; as many groups as channels make instance normalization.
/// Statistics are kept as `[groups, 2]` for each image: the mean and 1 / √(variance + epsilon).
package struct GroupNorm: Sendable {
  private let positions: Int
  private let channels: Int
  private let groups: Int
  private let epsilon: Float
  private let period: ChannelPeriod

  /// So many groups, which divide the channels.
  package init(positions: Int, channels: Int, groups: Int, epsilon: Double) {
    self.positions = positions
    self.channels = channels
    self.groups = groups
    self.epsilon = Float(epsilon)
    period = ChannelPeriod(channels: channels)
  }

  /// Floats of scratch that each thread needs: four periods and two rows.
  package var scratchCount: Int { 4 &* period.lanes &+ 2 &* line }

  private var line: Int { (channels &+ 15) / 16 &* 16 }
  private var width: Int { channels / groups }
  private var values: Double { Double(width) * Double(positions) }

  /// y of x of an image, with its statistics; y may be x.
  package func forward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>?, bias: UnsafePointer<Float>?,
    statistics: UnsafeMutablePointer<Float>, into y: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let lanes = period.lanes
    let (row, other) = (scratch + 4 &* lanes, scratch + 4 &* lanes + line)
    Channels.sums(x, rows: positions, channels: channels, into: row, scratch: scratch)
    for group in 0..<groups { statistics[2 &* group] = Float(total(row, group) / values) }
    spread(statistics, place: 0, into: row)
    period.expand(row, into: scratch + lanes)
    scratch.update(repeating: 0, count: lanes)
    CentredSquares(x: x, means: scratch + lanes, sums: scratch).run(period, rows: positions)
    period.deliver(scratch, to: row, accumulate: false)
    for group in 0..<groups {
      let variance = Float(total(row, group) / values)
      statistics[2 &* group &+ 1] = 1 / (variance + epsilon).squareRoot()
    }
    spread(statistics, place: 1, into: row)
    for channel in 0..<channels {
      if let weight { row[channel] *= weight[channel] }
      other[channel] = bias?[channel] ?? 0
    }
    period.expand(row, into: scratch + 2 &* lanes)
    period.expand(other, into: scratch + 3 &* lanes)
    Normalized(
      x: x, means: scratch + lanes, factors: scratch + 2 &* lanes, shifts: scratch + 3 &* lanes,
      y: y
    ).run(period, rows: positions)
  }

  /// The sums of dy and of dy times the normalized values over the positions of an image, each `[channels]`: its part
  /// of the gradients of bias and weight.
  package func sums(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>, statistics: UnsafePointer<Float>,
    plain: UnsafeMutablePointer<Float>, turned: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let lanes = period.lanes
    let row = scratch + 4 &* lanes
    spread(statistics, place: 0, into: row)
    period.expand(row, into: scratch + lanes)
    scratch.update(repeating: 0, count: lanes)
    (scratch + 2 &* lanes).update(repeating: 0, count: lanes)
    SlopeSums(x: x, dy: dy, means: scratch + lanes, plain: scratch, turned: scratch + 2 &* lanes)
      .run(period, rows: positions)
    period.deliver(scratch, to: plain, accumulate: false)
    period.deliver(scratch + 2 &* lanes, to: turned, accumulate: false)
    for channel in 0..<channels { turned[channel] *= statistics[2 &* (channel / width) &+ 1] }
  }

  /// dx of an image, or what is added to it, from the sums; dx may be dy.
  package func backward(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>, weight: UnsafePointer<Float>?,
    statistics: UnsafePointer<Float>,
    sums: (plain: UnsafePointer<Float>, turned: UnsafePointer<Float>),
    into dx: UnsafeMutablePointer<Float>, accumulate: Bool, scratch: UnsafeMutablePointer<Float>
  ) {
    let lanes = period.lanes
    let (row, other) = (scratch + 4 &* lanes, scratch + 4 &* lanes + line)
    spread(statistics, place: 0, into: row)
    period.expand(row, into: scratch)
    for channel in 0..<channels {
      row[channel] = (weight?[channel] ?? 1) * statistics[2 &* (channel / width) &+ 1]
    }
    period.expand(row, into: scratch + lanes)
    for group in 0..<groups {
      var (plain, turned) = (0.0, 0.0)
      for channel in group &* width..<(group &+ 1) &* width {
        let factor = Double(weight?[channel] ?? 1)
        plain += factor * Double(sums.plain[channel])
        turned += factor * Double(sums.turned[channel])
      }
      let scale = Double(statistics[2 &* group &+ 1])
      for channel in group &* width..<(group &+ 1) &* width {
        row[channel] = Float(scale * scale * turned / values)
        other[channel] = Float(scale * plain / values)
      }
    }
    period.expand(row, into: scratch + 2 &* lanes)
    period.expand(other, into: scratch + 3 &* lanes)
    NormalizedGradient(
      x: x, dy: dy, means: scratch, factors: scratch + lanes, turns: scratch + 2 &* lanes,
      shifts: scratch + 3 &* lanes, dx: dx, accumulate: accumulate
    ).run(period, rows: positions)
  }

  private func total(_ row: UnsafePointer<Float>, _ group: Int) -> Double {
    var sum = 0.0
    for channel in group &* width..<(group &+ 1) &* width { sum += Double(row[channel]) }
    return sum
  }

  /// One of the statistics of each channel's group.
  private func spread(
    _ statistics: UnsafePointer<Float>, place: Int, into row: UnsafeMutablePointer<Float>
  ) {
    for channel in 0..<channels { row[channel] = statistics[2 &* (channel / width) &+ place] }
  }
}

private struct CentredSquares: ChannelSweep {
  let x: UnsafePointer<Float>
  let means: UnsafePointer<Float>
  let sums: UnsafeMutablePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let distance = access.kept(access.load(x, i) - means.vector(lane))
    sums.store(sums.vector(lane).plus(distance, distance), lane)
  }
}

private struct Normalized: ChannelSweep {
  let x: UnsafePointer<Float>
  let means: UnsafePointer<Float>
  let factors: UnsafePointer<Float>
  let shifts: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let distance = access.load(x, i) - means.vector(lane)
    access.store(shifts.vector(lane).plus(distance, factors.vector(lane)), y, i)
  }
}

private struct SlopeSums: ChannelSweep {
  let x: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let means: UnsafePointer<Float>
  let plain: UnsafeMutablePointer<Float>
  let turned: UnsafeMutablePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let slope = access.load(dy, i)
    plain.store(plain.vector(lane) + slope, lane)
    turned.store(turned.vector(lane).plus(slope, access.load(x, i) - means.vector(lane)), lane)
  }
}

private struct NormalizedGradient: ChannelSweep {
  let x: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let means: UnsafePointer<Float>
  let factors: UnsafePointer<Float>
  let turns: UnsafePointer<Float>
  let shifts: UnsafePointer<Float>
  let dx: UnsafeMutablePointer<Float>
  let accumulate: Bool

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let distance = access.load(x, i) - means.vector(lane)
    let straight = (access.load(dy, i) * factors.vector(lane)) - shifts.vector(lane)
    let value = straight.plus(-distance, turns.vector(lane))
    access.store(accumulate ? access.load(dx, i) + value : value, dx, i)
  }
}
