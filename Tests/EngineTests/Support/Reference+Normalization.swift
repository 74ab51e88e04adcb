import Networks

extension Reference {
  /// A normalization of each example by itself, by its definition.
  func normalize(_ layer: ExampleNormalization, _ block: BlockID, _ x: Activations) -> Activations {
    let weight = parameters[ParameterKey(block: block, role: .weight)]
    let bias = parameters[ParameterKey(block: block, role: .bias)]
    let size = x.height * x.width
    var y = x
    for n in 0..<x.images {
      for places in sets(of: layer, x) {
        let values = places.map { x.values[n * x.channels * size + $0] }
        let mean = layer.isCentred ? values.reduce(0, +) / Double(values.count) : 0
        let variance =
          values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
        for (place, value) in zip(places, values) {
          let index = layer.sets == .example ? place : place / size
          y.values[n * x.channels * size + place] =
            (value - mean) / (variance + layer.epsilon).squareRoot() * (weight?[index] ?? 1)
            + (bias?[index] ?? 0)
        }
      }
    }
    return y
  }

  /// The places of an example's values that are normalized together.
  private func sets(of layer: ExampleNormalization, _ x: Activations) -> [[Int]] {
    let size = x.height * x.width
    let all = Array(0..<x.channels * size)
    func grouped(by key: (Int) -> Int) -> [[Int]] {
      Dictionary(grouping: all, by: key).values.map { $0.sorted() }
    }
    return switch layer.sets {
    case .channels, .rootMeanSquare: grouped { $0 % size }
    case .example: [all]
    case .groups(let groups): grouped { $0 / size / (x.channels / groups) }
    case .positions: grouped { $0 / size }
    }
  }

  /// Local response normalization by its definition.
  func respond(_ layer: LocalResponse, _ x: Activations) -> Activations {
    var y = x
    for n in 0..<x.images {
      for c in 0..<x.channels {
        for row in 0..<x.height {
          for column in 0..<x.width {
            let around = max(c - layer.size / 2, 0)...min(c + (layer.size - 1) / 2, x.channels - 1)
            let sum = around.map { x[n, $0, row, column] * x[n, $0, row, column] }.reduce(0, +)
            let divisor = layer.start + layer.alpha * sum / Double(layer.size)
            y[n, c, row, column] = x[n, c, row, column] / power(divisor, layer.beta)
          }
        }
      }
    }
    return y
  }

  /// The first half of the channels times the sigmoid of the second.
  func gate(_ x: Activations) -> Activations {
    let gates = apply(.sigmoid, x)
    var y = Activations(
      images: x.images, channels: x.channels / 2, height: x.height, width: x.width)
    for n in 0..<x.images {
      for c in 0..<y.channels {
        for row in 0..<x.height {
          for column in 0..<x.width {
            y[n, c, row, column] =
              x[n, c, row, column] * gates[n, c + y.channels, row, column]
          }
        }
      }
    }
    return y
  }

  /// The input times one number, or one for each channel.
  func scale(_ block: BlockID, _ x: Activations) -> Activations {
    let factors = parameters[ParameterKey(block: block, role: .weight)] ?? [1]
    var y = x
    for i in x.values.indices {
      let channel = i / (x.height * x.width) % x.channels
      y.values[i] *= factors.count == 1 ? factors[0] : factors[channel]
    }
    return y
  }
}
