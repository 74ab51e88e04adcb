import Networks

/// A batch of activations in plain order and double precision: `[images, channels, height, width]`.
struct Activations {
  var images: Int
  var channels: Int
  var height: Int
  var width: Int
  var values: [Double]

  init(images: Int, channels: Int, height: Int, width: Int) {
    self.images = images
    self.channels = channels
    self.height = height
    self.width = width
    values = Array(repeating: 0, count: images * channels * height * width)
  }

  init(_ tensor: Tensor) {
    let shape = tensor.shape
    self.init(
      images: shape[0], channels: shape[1], height: shape.count == 4 ? shape[2] : 1,
      width: shape.count > 2 ? shape[shape.count - 1] : 1)
    values = tensor.values.map(Double.init)
  }

  func index(_ n: Int, _ c: Int, _ y: Int, _ x: Int) -> Int {
    ((n * channels + c) * height + y) * width + x
  }

  subscript(n: Int, c: Int, y: Int, x: Int) -> Double {
    get { values[index(n, c, y, x)] }
    set { values[index(n, c, y, x)] = newValue }
  }

  func map(_ transform: (Double) -> Double) -> Activations {
    var result = self
    result.values = values.map(transform)
    return result
  }
}

/// A network computed from its definition: loops over plain arrays, in double precision, without any of the
/// engine's code.
struct Reference {
  let network: Network
  let isTraining: Bool

  /// The values that were tapped so far.
  private var taps: [String: Activations] = [:]

  /// Parameters by key, so that single values can be nudged.
  var parameters: [ParameterKey: [Double]] = [:]

  init(_ network: Network, _ store: ParameterStore, isTraining: Bool) {
    self.network = network
    self.isTraining = isTraining
    for key in store.keys { parameters[key] = store[key]?.values.map(Double.init) }
  }

  func output(_ inputs: Tensor) -> Activations {
    var walk = self
    return walk.run(network.root, Activations(inputs))
  }

  private mutating func run(_ block: Block, _ x: Activations) -> Activations {
    switch block.form {
    case .layer(.tap(let tap)):
      taps[tap.name] = x
      return x
    case .layer(let layer): return run(layer, block, x)
    case .sequential(let children), .repeated(let children):
      return children.reduce(x) { run($1, $0) }
    case .shared(let children, let passes):
      return (0..<passes).reduce(x) { value, _ in children.reduce(value) { run($1, $0) } }
    case .residual(let residual):
      let body = run(residual.body, x)
      let shortcut = run(residual.shortcut, x)
      var sum = body
      for i in sum.values.indices {
        sum.values[i] = residual.scale * body.values[i] + shortcut.values[i]
      }
      return residual.activation.map { apply($0, sum) } ?? sum
    case .parallel(let parallel):
      let ends = parallel.branches.map { run($0, x) }
      return join(ends, parallel.join, x)
    case .join(let join): return self.join([run(join.path, taps[join.tap] ?? x), x], join.join, x)
    }
  }

  private func join(_ ends: [Activations], _ join: Parallel.Join, _ x: Activations) -> Activations {
    if join == .highway {
      var result = x
      let gate = spread(ends[1], over: x)
      for i in x.values.indices {
        result.values[i] = gate.values[i] * ends[0].values[i] + (1 - gate.values[i]) * x.values[i]
      }
      return result
    }
    let widest = ends.max { $0.values.count < $1.values.count } ?? x
    var result = join == .multiply ? spread(ends[0], over: widest) : ends[0]
    for other in ends.dropFirst() {
      switch join {
      case .add: for i in result.values.indices { result.values[i] += other.values[i] }
      case .multiply:
        let factors = spread(other, over: widest)
        for i in result.values.indices { result.values[i] *= factors.values[i] }
      case .highway: break
      case .concatenate: result = concatenated(result, other)
      }
    }
    return result
  }

  /// One value per channel at every position, where there are no more.
  private func spread(_ x: Activations, over other: Activations) -> Activations {
    if x.values.count == other.values.count { return x }
    var result = other
    for n in 0..<other.images {
      for c in 0..<other.channels {
        for row in 0..<other.height {
          for column in 0..<other.width { result[n, c, row, column] = x[n, c, 0, 0] }
        }
      }
    }
    return result
  }

  private func concatenated(_ a: Activations, _ b: Activations) -> Activations {
    var result = Activations(
      images: a.images, channels: a.channels + b.channels, height: a.height, width: a.width)
    for n in 0..<a.images {
      for c in 0..<result.channels {
        for y in 0..<a.height {
          for x in 0..<a.width {
            result[n, c, y, x] = c < a.channels ? a[n, c, y, x] : b[n, c - a.channels, y, x]
          }
        }
      }
    }
    return result
  }

  private func run(_ layer: Layer, _ block: Block, _ x: Activations) -> Activations {
    let facts = network.facts[block.id]
    let spatial = facts?.output.spatial ?? []
    let height = spatial.count == 2 ? spatial[0] : 1
    let width = spatial.last ?? 1
    switch layer {
    case .convolution(let convolution):
      guard let shape = facts?.input, let windows = try? convolution.windows(over: shape) else {
        return x
      }
      let y = convolve(convolution, windows, block.id, x, height: height, width: width)
      return convolution.activation.map { apply($0, y) } ?? y
    case .transposedConvolution(let convolution):
      guard let facts else { return x }
      let y = spread(convolution, block.id, x, facts)
      return convolution.activation.map { apply($0, y) } ?? y
    case .rearrangement(let rearrangement):
      return facts.map { moved(by: rearrangement, x, $0) } ?? x
    case .dense(let dense):
      let y = multiply(dense, block.id, x)
      return dense.activation.map { apply($0, y) } ?? y
    case .batchNormalization(let normalization): return normalize(normalization, block.id, x)
    case .activation(let activation): return apply(activation, x)
    case .pooling(let pooling):
      guard let shape = facts?.input, let windows = try? pooling.windows(over: shape) else {
        return x
      }
      return pool(pooling.reduction, Frame(windows), x, height: height, width: width)
    case .globalPooling(let kind):
      var y = Activations(images: x.images, channels: x.channels, height: 1, width: 1)
      let size = x.height * x.width
      for i in y.values.indices {
        let all = x.values[i * size..<(i + 1) * size]
        y.values[i] =
          switch kind {
          case .average: all.reduce(0, +) / Double(size)
          case .maximum: all.max() ?? 0
          case .last: all.last ?? 0
          case .first: all.first ?? 0
          }
      }
      return y
    case .flatten:
      var y = Activations(
        images: x.images, channels: x.channels * x.height * x.width, height: 1, width: 1)
      y.values = x.values
      return y
    case .dropout, .identity, .tap, .noise: return x
    case .exampleNormalization(let layer): return normalize(layer, block.id, x)
    case .localResponse(let layer): return respond(layer, x)
    case .gatedLinear: return gate(x)
    case .attention(let attention): return attend(attention, block.id, x)
    case .embedding(let embedding): return lookUp(embedding, block.id, x)
    case .positions(let positions): return place(positions, block.id, x)
    case .classToken: return begin(block.id, x)
    case .recurrent(let layer): return recur(layer, block.id, x)
    case .scale: return scale(block.id, x)
    case .parametricRelu:
      let slopes = parameters[ParameterKey(block: block.id, role: .weight)] ?? []
      var y = x
      for i in x.values.indices where x.values[i] < 0 {
        let channel = i / (x.height * x.width) % x.channels
        y.values[i] *= slopes.count == 1 ? slopes[0] : slopes[channel]
      }
      return y
    case .pad, .upsample:
      return facts.map { rearranged(by: layer, x, $0) } ?? x
    case .subsample(let subsample):
      guard let shape = facts?.input, let strides = try? subsample.strides(over: shape) else {
        return x
      }
      var result = Activations(
        images: x.images, channels: subsample.channels, height: height, width: width)
      for n in 0..<x.images {
        for c in 0..<x.channels {
          for row in 0..<height {
            for column in 0..<width {
              result[n, c, row, column] =
                x[n, c, row * (strides.count == 2 ? strides[0] : 1), column * (strides.last ?? 1)]
            }
          }
        }
      }
      return result
    }
  }

  /// Windows with both axes spelled out.
  private struct Frame {
    var kernel: [Int]
    var stride: [Int]
    var dilation: [Int]
    var before: [Int]
    var after: [Int]

    init(_ windows: Windows) {
      let isFlat = windows.kernel.count == 1
      func both(_ values: [Int], _ filler: Int) -> [Int] { isFlat ? [filler] + values : values }
      kernel = both(windows.kernel, 1)
      stride = both(windows.stride, 1)
      dilation = both(windows.dilation, 1)
      before = both(windows.padding.map(\.before), 0)
      after = both(windows.padding.map(\.after), 0)
    }
  }

  private func convolve(
    _ convolution: Convolution, _ windows: Windows, _ block: BlockID, _ x: Activations,
    height: Int, width: Int
  ) -> Activations {
    let frame = Frame(windows)
    let weight = parameters[ParameterKey(block: block, role: .weight)] ?? []
    let bias = parameters[ParameterKey(block: block, role: .bias)]
    let groupInputs = x.channels / convolution.groups
    let groupOutputs = convolution.channels / convolution.groups
    var y = Activations(
      images: x.images, channels: convolution.channels, height: height, width: width)
    for n in 0..<x.images {
      for o in 0..<convolution.channels {
        for row in 0..<height {
          for column in 0..<width {
            var sum = bias?[o] ?? 0
            for i in 0..<groupInputs {
              for ky in 0..<frame.kernel[0] {
                for kx in 0..<frame.kernel[1] {
                  let sy = row * frame.stride[0] - frame.before[0] + ky * frame.dilation[0]
                  let sx = column * frame.stride[1] - frame.before[1] + kx * frame.dilation[1]
                  if sy < 0 || sy >= x.height || sx < 0 || sx >= x.width { continue }
                  let w = weight[
                    ((o * groupInputs + i) * frame.kernel[0] + ky) * frame.kernel[1] + kx]
                  sum += w * x[n, o / groupOutputs * groupInputs + i, sy, sx]
                }
              }
            }
            y[n, o, row, column] = sum
          }
        }
      }
    }
    return y
  }

  private func multiply(_ dense: Dense, _ block: BlockID, _ x: Activations) -> Activations {
    let weight = parameters[ParameterKey(block: block, role: .weight)] ?? []
    let bias = parameters[ParameterKey(block: block, role: .bias)]
    let features = x.values.count / x.images
    var y = Activations(images: x.images, channels: dense.units, height: 1, width: 1)
    for n in 0..<x.images {
      for u in 0..<dense.units {
        var sum = bias?[u] ?? 0
        for f in 0..<features { sum += weight[u * features + f] * x.values[n * features + f] }
        y[n, u, 0, 0] = sum
      }
    }
    return y
  }

  private func normalize(_ layer: BatchNormalization, _ block: BlockID, _ x: Activations)
    -> Activations
  {
    func parameter(_ role: ParameterRole) -> [Double]? {
      parameters[ParameterKey(block: block, role: role)]
    }
    var y = x
    for c in 0..<x.channels {
      var mean = parameter(.runningMean)?[c] ?? 0
      var variance = parameter(.runningVariance)?[c] ?? 1
      let places = (0..<x.images).flatMap { n in
        (0..<x.height * x.width).map { x.index(n, c, 0, 0) + $0 }
      }
      if isTraining, !layer.usesRunningStatistics {
        mean = places.map { x.values[$0] }.reduce(0, +) / Double(places.count)
        variance =
          places.map { (x.values[$0] - mean) * (x.values[$0] - mean) }.reduce(0, +)
          / Double(places.count)
      }
      let gamma = parameter(.weight)?[c] ?? 1
      let beta = parameter(.bias)?[c] ?? 0
      for place in places {
        y.values[place] =
          (x.values[place] - mean) / (variance + layer.epsilon).squareRoot() * gamma + beta
      }
    }
    return y
  }

  private func pool(
    _ kind: Pooling.Reduction, _ frame: Frame, _ x: Activations, height: Int, width: Int
  ) -> Activations {
    var y = Activations(images: x.images, channels: x.channels, height: height, width: width)
    for n in 0..<x.images {
      for c in 0..<x.channels {
        for row in 0..<height {
          for column in 0..<width {
            let top = row * frame.stride[0] - frame.before[0]
            let left = column * frame.stride[1] - frame.before[1]
            let bottom = min(top + frame.kernel[0], x.height + frame.after[0])
            let right = min(left + frame.kernel[1], x.width + frame.after[1])
            var best = -Double.infinity
            var sum = 0.0
            for sy in max(top, 0)..<max(min(bottom, x.height), max(top, 0)) {
              for sx in max(left, 0)..<max(min(right, x.width), max(left, 0)) {
                best = max(best, x[n, c, sy, sx])
                sum += x[n, c, sy, sx]
              }
            }
            y[n, c, row, column] =
              kind == .maximum ? best : sum / Double((bottom - top) * (right - left))
          }
        }
      }
    }
    return y
  }
}
