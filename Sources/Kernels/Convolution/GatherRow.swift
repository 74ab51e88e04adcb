/// One image and sixteen target channels of a gathering pass, computed row by row.
struct GatherRow {
  let pass: GatherPass

  /// The image's first float of the group's source channels.
  let source: UnsafePointer<Float>

  /// The image's first float.
  let target: UnsafeMutablePointer<Float>

  /// Floats of the target image.
  let end: Int
  let channel: Int
  let lanes: Int
  let start: Vector
  let accumulate: Bool

  /// Computes one target row; `weights` are those of the class's first vertical tap.
  @inline(__always) func run(
    target y: Int, j: Int, rows: ConvolutionTaps.Class, weights: UnsafePointer<Float>,
    weightRow: Int
  ) {
    var slot = 0
    for columns in pass.horizontal.classes {
      let line = Line(
        weights: weights + slot &* pass.groupSources &* 16, weightRow: weightRow, row: j,
        rows: rows, columns: columns, y: y)
      var position = 0
      while position < columns.inner.lowerBound {
        edge(line, position)
        position &+= 1
      }
      let upper = columns.inner.upperBound
      while position &+ 8 <= upper {
        inner(EightPositions.self, line, position)
        position &+= 8
      }
      if position &+ 4 <= upper {
        inner(FourPositions.self, line, position)
        position &+= 4
      }
      if position &+ 2 <= upper {
        inner(TwoPositions.self, line, position)
        position &+= 2
      }
      while position < columns.count {
        edge(line, position)
        position &+= 1
      }
      slot &+= columns.taps.count
    }
  }

  /// What the tiles of one row and one horizontal class share.
  struct Line {
    let weights: UnsafePointer<Float>
    let weightRow: Int
    let row: Int
    let rows: ConvolutionTaps.Class
    let columns: ConvolutionTaps.Class
    let y: Int

    /// Whether neighbouring taps read neighbouring memory.
    @inline(__always) func isContiguous(_ pass: GatherPass) -> Bool {
      guard pass.groups == 1, let first = columns.taps.first, let last = columns.taps.last else {
        return false
      }
      return last.base &- first.base == columns.taps.count &- 1
    }
  }

  /// Positions for which every horizontal tap exists.
  @inline(__always) private func inner<Tile: PositionTile>(
    _: Tile.Type, _ line: Line, _ first: Int
  ) {
    var tile = Tile.repeating(start)
    let sources = pass.groupSources
    let channels = pass.source.channels
    let step = line.columns.advance &* channels
    let isContiguous = line.isContiguous(pass)
    for tap in 0..<line.rows.taps.count {
      let y = line.rows.taps[tap].base &+ line.row &* line.rows.advance
      if y < 0 || y >= pass.source.height { continue }
      let base = source + (y &* pass.source.width &+ first &* line.columns.advance) &* channels
      var w = line.weights + tap &* line.weightRow
      if isContiguous {
        var x = base + line.columns.taps[0].base &* channels
        for _ in 0..<line.columns.taps.count &* sources {
          tile.absorb(x, step, w.vector(0))
          x += 1
          w += 16
        }
      } else {
        for column in line.columns.taps {
          var x = base + column.base &* channels
          for _ in 0..<sources {
            tile.absorb(x, step, w.vector(0))
            x += 1
            w += 16
          }
        }
      }
    }
    store(tile, line, first)
  }

  /// A position for which some taps may lie outside.
  @inline(never) private func edge(_ line: Line, _ j: Int) {
    var tile = OnePosition.repeating(start)
    let sources = pass.groupSources
    for tap in 0..<line.rows.taps.count {
      let y = line.rows.taps[tap].base &+ line.row &* line.rows.advance
      if y < 0 || y >= pass.source.height { continue }
      for (index, column) in line.columns.taps.enumerated() {
        let x = column.base &+ j &* line.columns.advance
        if x < 0 || x >= pass.source.width { continue }
        let from = source + (y &* pass.source.width &+ x) &* pass.source.channels
        let w = line.weights + tap &* line.weightRow + index &* sources &* 16
        for channel in 0..<sources { tile.absorb(from + channel, 0, w.vector(channel &* 16)) }
      }
    }
    store(tile, line, j)
  }

  @inline(__always) private func store<Tile: PositionTile>(
    _ tile: Tile, _ line: Line, _ first: Int
  ) {
    let spacing = line.columns.spacing &* pass.target.channels
    let base =
      (line.y &* pass.target.width &+ line.columns.first) &* pass.target.channels &+ channel
    let mask = Vector.lanes(before: lanes)
    tile.forEach(from: first) { j, value in
      let offset = base &+ j &* spacing
      if offset &+ 16 <= end {
        let old = UnsafePointer(target).vector(offset)
        target.store(old.replacing(with: accumulate ? old + value : value, where: mask), offset)
      } else {
        let old = accumulate ? UnsafePointer(target).vector(offset, end: offset &+ lanes) : .zero
        target.store(old + value, offset, end: offset &+ lanes)
      }
    }
  }
}
