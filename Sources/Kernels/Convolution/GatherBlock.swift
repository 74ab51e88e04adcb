/// One padded image and sixteen target channels of a gathering pass.
struct GatherBlock {
  let source: UnsafePointer<Float>
  let weights: UnsafePointer<Float>

  /// What every position starts from: the bias or zero.
  let start: Vector

  /// The image's first float of these channels, and how many floats of the image follow.
  let target: UnsafeMutablePointer<Float>
  let end: Int
  let lanes: Int
  let accumulate: Bool
  let sourceRow: Int
  let sourceChannels: Int
  let targetRow: Int
  let targetChannels: Int

  /// Computes the targets of a region row by row.
  @inline(__always) func run<R: SourceReading>(_ region: GatherPass.Region, _: R.Type) {
    region.runs.withUnsafeBufferPointer { runs in
      for row in 0..<region.vertical.count {
        let y = region.vertical.first &+ row &* region.vertical.spacing
        let line = Line(
          source: source + row &* region.vertical.advance &* sourceRow,
          step: region.horizontal.advance &* sourceChannels, count: region.horizontal.count,
          sink: Sink(
            target: target,
            first: y &* targetRow &+ region.horizontal.first &* targetChannels,
            spacing: region.horizontal.spacing &* targetChannels, end: end, lanes: lanes,
            mask: Vector.lanes(before: lanes)))
        if accumulate {
          compute(line, runs, Adding.self, R.self)
        } else if lanes == 16 {
          compute(line, runs, Whole.self, R.self)
        } else if lanes == targetChannels && region.horizontal.spacing == 1
          && region.vertical.spacing == 1
        {
          compute(line, runs, Spilling.self, R.self)
        } else {
          compute(line, runs, Masked.self, R.self)
        }
      }
    }
  }

  /// One row of targets of one class.
  struct Line {
    let source: UnsafePointer<Float>

    /// Floats from one target's sources to the next one's.
    let step: Int
    let count: Int
    let sink: Sink
  }

  /// Where the positions of a line go.
  struct Sink {
    let target: UnsafeMutablePointer<Float>
    let first: Int
    let spacing: Int
    let end: Int
    let lanes: Int
    let mask: SIMDMask<Bits>
  }

  private func compute<W: Writing, R: SourceReading>(
    _ line: Line, _ runs: UnsafeBufferPointer<GatherPass.Run>, _: W.Type, _: R.Type
  ) {
    let sink = W(sink: line.sink)
    var first = 0
    while first &+ 8 <= line.count {
      gather(EightPositions.self, R.self, line, runs, first).put(first, sink)
      first &+= 8
    }
    if first == line.count { return }
    // The tile may reach beyond the last position: what is computed there is not kept.
    if line.count &- first > 4 {
      gather(EightPositions.self, R.self, line, runs, first)
        .put(first, Bounded(sink: sink, count: line.count))
    } else {
      gather(FourPositions.self, R.self, line, runs, first)
        .put(first, Bounded(sink: sink, count: line.count))
    }
  }

  @inline(__always) private func gather<Tile: PositionTile, R: SourceReading>(
    _: Tile.Type, _: R.Type, _ line: Line, _ runs: UnsafeBufferPointer<GatherPass.Run>, _ first: Int
  ) -> Tile {
    var tile = Tile.repeating(start)
    let base = line.source + first &* line.step
    for run in runs {
      var x = base + run.source
      var w = weights + run.weights
      for _ in 0..<run.count {
        R.absorb(&tile, x, line.step, w)
        x += 1
        w += 16
      }
    }
    return tile
  }
}

/// How source values meet weights.
protocol SourceReading {
  static func absorb<Tile: PositionTile>(
    _ tile: inout Tile, _ source: UnsafePointer<Float>, _ step: Int,
    _ weights: UnsafePointer<Float>)
}

extension GatherBlock {
  /// One source value times the weights of sixteen targets.
  enum Broadcast: SourceReading {
    @_transparent static func absorb<Tile: PositionTile>(
      _ tile: inout Tile, _ source: UnsafePointer<Float>, _ step: Int,
      _ weights: UnsafePointer<Float>
    ) {
      tile.absorb(source, step, weights.vector(0))
    }
  }

  /// Sixteen source values times the weights of their own targets.
  enum Elementwise: SourceReading {
    @_transparent static func absorb<Tile: PositionTile>(
      _ tile: inout Tile, _ source: UnsafePointer<Float>, _ step: Int,
      _ weights: UnsafePointer<Float>
    ) {
      tile.absorb(source, step, times: weights, 0)
    }
  }
}

/// How a position's channels are written.
private protocol Writing: PositionSink {
  init(sink: GatherBlock.Sink)
}

/// All sixteen channels.
private struct Whole: Writing {
  let sink: GatherBlock.Sink

  @inline(__always) func put(_ position: Int, _ lanes: Vector) {
    sink.target.store(lanes, sink.first &+ position &* sink.spacing)
  }
}

/// All channels there are, fewer than sixteen: what spills into the next position is written over later.
///
/// Without a load there is no waiting for the store before, which the load would overlap.
private struct Spilling: Writing {
  let sink: GatherBlock.Sink

  @inline(__always) func put(_ position: Int, _ lanes: Vector) {
    let offset = sink.first &+ position &* sink.spacing
    if offset &+ 16 <= sink.end {
      sink.target.store(lanes, offset)
    } else {
      sink.target.store(lanes, offset, end: offset &+ sink.lanes)
    }
  }
}

/// Fewer channels: what stands after them is written back.
private struct Masked: Writing {
  let sink: GatherBlock.Sink

  @inline(__always) func put(_ position: Int, _ lanes: Vector) {
    let offset = sink.first &+ position &* sink.spacing
    if offset &+ 16 <= sink.end {
      let old = UnsafePointer(sink.target).vector(offset)
      sink.target.store(old.replacing(with: lanes, where: sink.mask), offset)
    } else {
      sink.target.store(lanes, offset, end: offset &+ sink.lanes)
    }
  }
}

/// The same, added to what is there.
private struct Adding: Writing {
  let sink: GatherBlock.Sink

  @inline(__always) func put(_ position: Int, _ lanes: Vector) {
    let offset = sink.first &+ position &* sink.spacing
    if offset &+ 16 <= sink.end {
      let old = UnsafePointer(sink.target).vector(offset)
      sink.target.store(old.replacing(with: old + lanes, where: sink.mask), offset)
    } else {
      let old = UnsafePointer(sink.target).vector(offset, end: offset &+ sink.lanes)
      sink.target.store(old + lanes, offset, end: offset &+ sink.lanes)
    }
  }
}

/// Only positions before a count.
private struct Bounded<Inner: PositionSink>: PositionSink {
  let sink: Inner
  let count: Int

  @inline(__always) func put(_ position: Int, _ lanes: Vector) {
    if position < count { sink.put(position, lanes) }
  }
}
