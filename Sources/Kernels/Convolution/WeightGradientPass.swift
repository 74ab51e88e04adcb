/// The gradient of a convolution's weights: Σ over images and positions of source times outputs' gradient.
///
/// The result is packed as a forward `GatherPass` packs weights. The outputs' gradient must be readable
/// sixteen floats beyond its end. Each thread sums its images into its own packed result; the results are
/// added in order.
struct WeightGradientPass: Sendable {
  let geometry: ConvolutionGeometry
  let vertical: ConvolutionTaps
  let horizontal: ConvolutionTaps

  init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    vertical = .forward(
      geometry.vertical, input: geometry.input.height, output: geometry.output.height)
    horizontal = .forward(
      geometry.horizontal, input: geometry.input.width, output: geometry.output.width)
  }

  private var blocks: Int { (geometry.groupOutputs &+ 15) / 16 }

  /// Floats of the packed result.
  var packedCount: Int {
    geometry.groups &* blocks &* geometry.taps &* geometry.groupInputs &* 16
  }

  /// Sums over a range of images; clears the result first.
  func run(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>,
    images: Range<Int>
  ) {
    packed.update(repeating: 0, count: packedCount)
    let sources = geometry.groupInputs
    let rowCount = geometry.horizontal.kernel &* sources
    var result = packed
    for group in 0..<geometry.groups {
      for block in 0..<blocks {
        let gradient = dy + group &* geometry.groupOutputs + block &* 16
        for tap in vertical.classes[0].taps {
          let row = KernelRow(
            pass: self, x: x + group &* sources, dy: gradient, verticalBase: tap.base,
            result: result, images: images)
          row.run()
          result += rowCount &* 16
        }
      }
    }
  }

  /// Reorders a packed result to plain weights, written or added.
  func unpack(_ packed: UnsafePointer<Float>, into plain: UnsafeMutablePointer<Float>) {
    let taps = geometry.taps
    let sources = geometry.groupInputs
    let targetStep = sources &* taps
    var position = packed
    for group in 0..<geometry.groups {
      for block in 0..<blocks {
        let first = plain + (group &* geometry.groupOutputs &+ block &* 16) &* targetStep
        let lanes = min(16, geometry.groupOutputs &- block &* 16)
        for tap in 0..<taps {
          for source in 0..<sources {
            let to = first + source &* taps + tap
            for lane in 0..<lanes { to[lane &* targetStep] = position[lane] }
            position += 16
          }
        }
      }
    }
  }
}

/// The weights of one vertical tap and sixteen outputs.
private struct KernelRow {
  let pass: WeightGradientPass
  let x: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let verticalBase: Int
  let result: UnsafeMutablePointer<Float>
  let images: Range<Int>

  func run() {
    let geometry = pass.geometry
    let columns = pass.horizontal.classes[0]
    let sources = geometry.groupInputs
    for j in 0..<columns.count where !columns.inner.contains(j) { edge(columns, j) }
    if columns.inner.isEmpty { return }
    if geometry.groups == 1 && geometry.horizontal.dilation == 1 {
      span(columns.taps[0].base, result, columns.taps.count &* sources)
    } else {
      for (index, tap) in columns.taps.enumerated() {
        span(tap.base, result + index &* sources &* 16, sources)
      }
    }
  }

  /// Neighbouring source values, eight at a time.
  private func span(_ base: Int, _ result: UnsafeMutablePointer<Float>, _ count: Int) {
    var first = 0
    while first &+ 8 <= count {
      sum(EightPositions.self, base, first, result)
      first &+= 8
    }
    if first &+ 4 <= count {
      sum(FourPositions.self, base, first, result)
      first &+= 4
    }
    if first &+ 2 <= count {
      sum(TwoPositions.self, base, first, result)
      first &+= 2
    }
    if first < count { sum(OnePosition.self, base, first, result) }
  }

  /// Sums over all inner positions of all rows and images.
  @inline(__always) private func sum<Tile: PositionTile>(
    _: Tile.Type, _ base: Int, _ first: Int, _ result: UnsafeMutablePointer<Float>
  ) {
    let geometry = pass.geometry
    let inner = pass.horizontal.classes[0].inner
    let step = geometry.horizontal.stride &* geometry.input.channels
    let channels = geometry.output.channels
    var tile = Tile.repeating(.zero)
    for image in images {
      for row in 0..<geometry.output.height {
        let y = verticalBase &+ row &* geometry.vertical.stride
        if y < 0 || y >= geometry.input.height { continue }
        var from =
          x + image &* geometry.input.count
          + (y &* geometry.input.width &+ base &+ inner.lowerBound &* geometry.horizontal.stride)
          &* geometry.input.channels + first
        var d =
          dy + image &* geometry.output.count
          + (row &* geometry.output.width &+ inner.lowerBound) &* channels
        for _ in inner {
          tile.absorb(from, 1, d.vector(0))
          from += step
          d += channels
        }
      }
    }
    tile.forEach(from: first) { index, lanes in
      result.store(UnsafePointer(result).vector(index &* 16) + lanes, index &* 16)
    }
  }

  /// A position for which some taps lie outside.
  private func edge(_ columns: ConvolutionTaps.Class, _ j: Int) {
    let geometry = pass.geometry
    let sources = geometry.groupInputs
    for (index, tap) in columns.taps.enumerated() {
      let column = tap.base &+ j &* columns.advance
      if column < 0 || column >= geometry.input.width { continue }
      let target = result + index &* sources &* 16
      for image in images {
        for row in 0..<geometry.output.height {
          let y = verticalBase &+ row &* geometry.vertical.stride
          if y < 0 || y >= geometry.input.height { continue }
          let from =
            x + image &* geometry.input.count
            + (y &* geometry.input.width &+ column) &* geometry.input.channels
          let d =
            (dy + image &* geometry.output.count
            + (row &* geometry.output.width &+ j) &* geometry.output.channels).vector(0)
          for source in 0..<sources {
            let old = UnsafePointer(target).vector(source &* 16)
            target.store(
              old.addingProduct(d, Vector(repeating: from[source])), source &* 16)
          }
        }
      }
    }
  }
}
