import Networks

/// Transposed convolutions and layers that give single values other places, by their definitions.
extension Reference {
  /// Each position spread over its window.
  func spread(
    _ convolution: TransposedConvolution, _ block: BlockID, _ x: Activations, _ facts: BlockFacts
  ) -> Activations {
    guard let windows = try? convolution.windows(over: facts.input) else { return x }
    func both(_ values: [Int], _ filler: Int) -> [Int] {
      values.count == 1 ? [filler] + values : values
    }
    let (kernel, stride) = (both(windows.kernel, 1), both(windows.stride, 1))
    let (dilation, before) = (both(windows.dilation, 1), both(windows.cut.map(\.before), 0))
    let weight = parameters[ParameterKey(block: block, role: .weight)] ?? []
    let bias = parameters[ParameterKey(block: block, role: .bias)]
    let outputs = convolution.channels / convolution.groups
    let inputs = x.channels / convolution.groups
    var y = Activations(facts.output, images: x.images)
    for i in y.values.indices { y.values[i] = bias?[i / (y.height * y.width) % y.channels] ?? 0 }
    for n in 0..<x.images {
      for c in 0..<x.channels {
        for row in 0..<x.height {
          for column in 0..<x.width {
            for o in 0..<outputs {
              for ky in 0..<kernel[0] {
                for kx in 0..<kernel[1] {
                  let ty = row * stride[0] - before[0] + ky * dilation[0]
                  let tx = column * stride[1] - before[1] + kx * dilation[1]
                  if ty < 0 || ty >= y.height || tx < 0 || tx >= y.width { continue }
                  y[n, c / inputs * outputs + o, ty, tx] +=
                    weight[((c * outputs + o) * kernel[0] + ky) * kernel[1] + kx]
                    * x[n, c, row, column]
                }
              }
            }
          }
        }
      }
    }
    return y
  }

  /// Each value where its layer puts it.
  func moved(by rearrangement: Rearrangement, _ x: Activations, _ facts: BlockFacts) -> Activations
  {
    var y = Activations(facts.output, images: x.images)
    let size = y.channels * y.height * y.width
    if case .reshape = rearrangement {
      y.values = x.values
      return y
    }
    for n in 0..<y.images {
      for place in 0..<size {
        let (c, row, column) = (
          place / (y.height * y.width), place / y.width % y.height, place % y.width
        )
        let source =
          switch rearrangement {
          case .pixelShuffle(let shuffle):
            Self.shuffled(shuffle.factor, c, row, column, isImage: facts.input.spatialRank == 2)
          case .channelShuffle(let shuffle):
            (
              c % shuffle.groups * (x.channels / shuffle.groups) + c / shuffle.groups, row, column
            )
          case .permute(let permute): Self.turned(permute.order, c, row, column, facts.input)
          case .slice(let slice): Self.kept(slice, c, row, column, facts.input)
          case .reshape: (c, row, column)
          }
        y.values[n * size + place] = x[n, source.0, source.1, source.2]
      }
    }
    return y
  }

  private static func shuffled(_ factor: Int, _ c: Int, _ row: Int, _ column: Int, isImage: Bool)
    -> (Int, Int, Int)
  {
    isImage
      ? (
        (c * factor + row % factor) * factor + column % factor, row / factor, column / factor
      )
      : (c * factor + column % factor, row, column / factor)
  }

  private static func turned(
    _ order: [Int], _ c: Int, _ row: Int, _ column: Int, _ input: Shape
  ) -> (Int, Int, Int) {
    let target = input.spatialRank == 1 ? [c, column] : [c, row, column]
    var source = target
    for (place, axis) in order.prefix(target.count).enumerated() {
      source[axis - 1] = target[place]
    }
    return source.count == 2 ? (source[0], 0, source[1]) : (source[0], source[1], source[2])
  }

  private static func kept(
    _ slice: Slicing, _ c: Int, _ row: Int, _ column: Int, _ input: Shape
  ) -> (Int, Int, Int) {
    func first(_ range: SliceRange, of extent: Int) -> Int {
      let from = range.from ?? 0
      return from < 0 ? from + extent : from
    }
    if slice.unit == .channels {
      return (c + first(slice.ranges[0], of: input.channels), row, column)
    }
    let starts = input.spatial.enumerated().map { axis, extent in
      first(slice.ranges[min(axis, slice.ranges.count - 1)], of: extent)
    }
    return (c, row + (starts.count == 2 ? starts[0] : 0), column + (starts.last ?? 0))
  }
}

extension Activations {
  /// Zeros for so many examples of a shape.
  fileprivate init(_ shape: Shape, images: Int) {
    let spatial = shape.spatial
    self.init(
      images: images, channels: shape.channels, height: spatial.count == 2 ? spatial[0] : 1,
      width: spatial.last ?? 1)
  }
}
