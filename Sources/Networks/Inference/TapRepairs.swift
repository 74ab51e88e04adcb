/// Layers on the way of a tapped value after which it can be joined with another.
struct TapRepairs {
  let join: Parallel.Join
  let tapped: Shape
  let input: Shape

  /// The ways, those that learn nothing first.
  var paths: [[Layer]] {
    var paths: [[Layer]] = []
    if let resizing {
      if join == .concatenate || tapped.channels == input.channels {
        paths.append(resizing)
      } else {
        paths.append(resizing + projection)
      }
    }
    let kinds: [ShortcutKind] = join == .concatenate ? [] : [.zeroPadded, .projection]
    for kind in kinds {
      let resolution = ShortcutResolution(kind: kind, input: tapped, output: input)
      if let layers = try? resolution.layers(), !layers.isEmpty { paths.append(layers) }
    }
    return paths
  }

  /// Averages positions, or repeats them, until there are as many as come in; nothing where there are already or
  /// no whole factor leads there.
  private var resizing: [Layer]? {
    guard tapped.spatialRank == input.spatialRank, tapped.spatial != input.spatial else {
      return nil
    }
    let pairs = zip(tapped.spatial, input.spatial)
    if pairs.allSatisfy({ $0 % $1 == 0 }) {
      return [
        .pooling(Pooling(reduction: .average, size: Extents(pairs.map { $0 / $1 })))
      ]
    }
    if pairs.allSatisfy({ $1 % $0 == 0 }) {
      return [.upsample(Upsample(factor: Extents(pairs.map { $1 / $0 })))]
    }
    return nil
  }

  private var projection: [Layer] {
    var convolution = Convolution(channels: input.channels, kernel: Extents(1))
    convolution.hasBias = false
    return [.convolution(convolution), .batchNormalization(BatchNormalization())]
  }
}
