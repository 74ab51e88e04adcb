/// Positions of an image read at other places: padded or upsampled, forward and backward.
///
/// Images are `[images, height, width, channels]`; one dimension has height 1.
package struct Resampling: Sendable {
  /// Which positions of the input an output position reads along one dimension.
  package enum Rule: Sendable {
    /// The position itself, so many before; zeros beyond the edges.
    case zeros(before: Int)

    /// The same, mirrored at the edges, which are not repeated.
    case mirrored(before: Int)

    /// The same, the edges repeated.
    case repeated(before: Int)

    /// Every position so many times.
    case nearest(factor: Int)

    /// Between two positions, edges not aligned.
    case linear(factor: Int)
  }

  /// One dimension of input and output.
  package struct Axis: Sendable {
    package var input: Int
    package var output: Int
    package var rule: Rule

    /// A dimension with so many positions in and out.
    package init(input: Int = 1, output: Int = 1, rule: Rule = .nearest(factor: 1)) {
      (self.input, self.output, self.rule) = (input, output, rule)
    }
  }

  package var images: Int
  package var channels: Int
  package var vertical: Axis
  package var horizontal: Axis

  /// A resampling of so many images.
  package init(images: Int, channels: Int, vertical: Axis, horizontal: Axis) {
    (self.images, self.channels) = (images, channels)
    (self.vertical, self.horizontal) = (vertical, horizontal)
  }

  /// Floats of one image before and after.
  package var inputCount: Int { vertical.input &* horizontal.input &* channels }
  package var outputCount: Int { vertical.output &* horizontal.output &* channels }

  /// Writes y `[images, output height, output width, channels]`.
  package func forward(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>) {
    visit { output, taps in
      let target = y + output
      guard let (first, share) = taps.first else {
        target.update(repeating: 0, count: channels)
        return
      }
      if share == 1 {
        target.update(from: x + first, count: channels)
        return
      }
      Elementwise.scale(x + first, by: share, into: target, count: channels)
      taps.eachOther { input, share in
        Elementwise.accumulate(x + input, factor: share, into: target, count: channels)
      }
    }
  }

  /// Writes dx `[images, height, width, channels]`, or adds to it.
  package func backward(
    _ dy: UnsafePointer<Float>, into dx: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    if !accumulate { dx.update(repeating: 0, count: images &* inputCount) }
    visit { output, taps in
      guard let (first, share) = taps.first else { return }
      if share == 1 {
        Elementwise.accumulate(dy + output, into: dx + first, count: channels)
        return
      }
      Elementwise.accumulate(dy + output, factor: share, into: dx + first, count: channels)
      taps.eachOther { input, share in
        Elementwise.accumulate(dy + output, factor: share, into: dx + input, count: channels)
      }
    }
  }

  /// Calls `body` with the offset of each output position and what it reads.
  @inline(__always) private func visit(_ body: (Int, Taps) -> Void) {
    var output = 0
    for image in 0..<images {
      for row in 0..<vertical.output {
        let rows = vertical.pair(row)
        for column in 0..<horizontal.output {
          let taps = Taps(
            rows: rows, columns: horizontal.pair(column), image: image &* inputCount,
            width: horizontal.input, channels: channels)
          body(output, taps)
          output &+= channels
        }
      }
    }
  }
}

extension Resampling {
  /// Two positions along a dimension and the share of the second; below 0 for zeros.
  fileprivate struct Pair {
    var first: Int
    var second: Int
    var share: Float
  }

  /// What one output position reads: up to four input positions.
  fileprivate struct Taps {
    let rows: Pair
    let columns: Pair
    let image: Int
    let width: Int
    let channels: Int

    @inline(__always) private func offset(_ row: Int, _ column: Int) -> Int {
      image &+ (row &* width &+ column) &* channels
    }

    /// The first position and its share; nothing where zeros are read.
    @inline(__always) var first: (offset: Int, share: Float)? {
      if rows.first < 0 || columns.first < 0 { return nil }
      return (offset(rows.first, columns.first), (1 - rows.share) * (1 - columns.share))
    }

    /// The other positions that count.
    @inline(__always) func eachOther(_ body: (Int, Float) -> Void) {
      if columns.share > 0 {
        body(offset(rows.first, columns.second), (1 - rows.share) * columns.share)
      }
      if rows.share > 0 {
        body(offset(rows.second, columns.first), rows.share * (1 - columns.share))
        if columns.share > 0 {
          body(offset(rows.second, columns.second), rows.share * columns.share)
        }
      }
    }
  }
}

extension Resampling.Axis {
  /// What an output position reads.
  @inline(__always) fileprivate func pair(_ index: Int) -> Resampling.Pair {
    switch rule {
    case .zeros(let before):
      let place = index &- before
      return one(place >= 0 && place < input ? place : -1)
    case .mirrored(let before):
      let place = abs(index &- before)
      return one(place < input ? place : 2 &* (input &- 1) &- place)
    case .repeated(let before): return one(min(max(index &- before, 0), input &- 1))
    case .nearest(let factor): return one(index / factor)
    case .linear(let factor):
      let place = max((Float(index) + 0.5) / Float(factor) - 0.5, 0)
      let first = min(Int(place), input &- 1)
      let share = first &+ 1 < input ? place - Float(first) : 0
      return Resampling.Pair(first: first, second: min(first &+ 1, input &- 1), share: share)
    }
  }

  @inline(__always) private func one(_ place: Int) -> Resampling.Pair {
    Resampling.Pair(first: place, second: place, share: 0)
  }
}
