import Networks

/// Layers that give values other places, by their definitions.
extension Reference {
  /// The values of an input at other places.
  func rearranged(by layer: Layer, _ x: Activations, _ facts: BlockFacts) -> Activations {
    let spatial = facts.output.spatial
    var y = Activations(
      images: x.images, channels: facts.output.channels,
      height: spatial.count == 2 ? spatial[0] : 1, width: spatial.last ?? 1)
    switch layer {
    case .pad(let pad):
      let sides = (try? pad.sides(over: facts.input)) ?? []
      let top = sides.count == 2 ? sides[0].before : 0
      let left = sides.last?.before ?? 0
      fill(&y) { n, c, row, column in
        let places = [(row - top, x.height), (column - left, x.width)].map { place, extent in
          switch pad.mode {
          case .zero: place >= 0 && place < extent ? place : nil
          case .replicate: min(max(place, 0), extent - 1)
          case .reflect:
            (0..<extent).min { Self.steps($0, place, extent) < Self.steps($1, place, extent) }
          }
        }
        guard let row = places[0], let column = places[1] else { return 0 }
        return x[n, c, row, column]
      }
    case .upsample(let upsample):
      let factors = (try? upsample.factors(over: facts.input)) ?? []
      let (rows, columns) = (factors.count == 2 ? factors[0] : 1, factors.last ?? 1)
      fill(&y) { n, c, row, column in
        if upsample.mode == .nearest { return x[n, c, row / rows, column / columns] }
        var sum = 0.0
        for (sy, above) in Self.shares(row, rows, x.height) {
          for (sx, beside) in Self.shares(column, columns, x.width) {
            sum += above * beside * x[n, c, sy, sx]
          }
        }
        return sum
      }
    default: return x
    }
    return y
  }

  private func fill(_ y: inout Activations, _ value: (Int, Int, Int, Int) -> Double) {
    for n in 0..<y.images {
      for c in 0..<y.channels {
        for row in 0..<y.height {
          for column in 0..<y.width { y[n, c, row, column] = value(n, c, row, column) }
        }
      }
    }
  }

  /// How far a place is from a position or from its images in the mirrors at both edges.
  private static func steps(_ position: Int, _ place: Int, _ extent: Int) -> Int {
    [position, -position, 2 * (extent - 1) - position].map { abs($0 - place) }.min() ?? 0
  }

  /// The positions around an output of an upsampling, with their shares.
  private static func shares(_ index: Int, _ factor: Int, _ extent: Int) -> [(Int, Double)] {
    let place = min(max((Double(index) + 0.5) / Double(factor) - 0.5, 0), Double(extent - 1))
    return (0..<extent).compactMap { position in
      let share = 1 - abs(Double(position) - place)
      return share > 0 ? (position, share) : nil
    }
  }
}
