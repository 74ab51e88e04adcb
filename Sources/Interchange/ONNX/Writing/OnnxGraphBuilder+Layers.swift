import Networks

extension OnnxGraphBuilder {
  /// Adds what a layer computes of a value; answers its output.
  mutating func add(_ layer: Layer, path: String, _ x: String, _ input: Shape) -> String {
    switch layer {
    case .convolution(let convolution): return add(convolution, path: path, x, input)
    case .transposedConvolution(let convolution):
      return add(convolution, path: path, x, input)
    case .dense(let dense): return add(dense, path: path, x, input)
    case .batchNormalization(let normalization):
      return add(normalization, path: path, x, input)
    case .activation(let activation): return add(activation, path: path, x)
    case .pooling(let pooling): return add(pooling, path: path, x, input, input)
    case .globalPooling(let pooling): return add(pooling, path: path, x, input)
    case .flatten: return add("Flatten", path, [x], [.integer("axis", 1)])
    case .dropout(let dropout) where dropout.unit == .value:
      return add("Dropout", path, [x, constant(path + ".ratio", dropout.rate)])
    // Where a network is used they do nothing, and the operator has no word for what is zeroed together.
    case .dropout, .noise: return add("Identity", path, [x])
    case .scale(let scale):
      if !scale.isShared {
        spread(path + ".weight", channels: input.channels, rank: input.spatialRank)
      }
      return add("Mul", path, [x, path + ".weight"])
    case .parametricRelu(let relu):
      if !relu.isShared {
        spread(path + ".weight", channels: input.channels, rank: input.spatialRank)
      }
      return add("PRelu", path, [x, path + ".weight"])
    case .subsample(let subsample): return add(subsample, path: path, x, input)
    case .pad(let pad): return add(pad, path: path, x, input)
    case .upsample(let upsample): return add(upsample, path: path, x, input)
    case .rearrangement(let rearrangement):
      return add(rearrangement, path: path, x, input)
    case .identity: return add("Identity", path, [x])
    case .tap: return x
    case .exampleNormalization(let normalization):
      return add(normalization, path: path, x, input)
    case .localResponse(let layer): return add(layer, path: path, x, input)
    case .gatedLinear: return addGatedLinear(path: path, x, input)
    case .attention(let attention): return add(attention, path: path, x, input)
    case .embedding: return addEmbedding(path: path, x, input)
    case .positions(let positions): return add(positions, path: path, x, input)
    case .classToken: return addClassToken(path: path, x, input)
    case .recurrent(let recurrent): return add(recurrent, path: path, x, input)
    }
  }

  private mutating func add(
    _ convolution: Convolution, path: String, _ x: String, _ input: Shape
  ) -> String {
    guard let windows = try? convolution.windows(over: input) else { return x }
    let value = add(
      "Conv", path,
      [x, path + ".weight"] + (convolution.hasBias ? [path + ".bias"] : []),
      [
        .integers("kernel_shape", windows.kernel), .integers("strides", windows.stride),
        .integers("dilations", windows.dilation), .integers("pads", windows.onnxPads),
        .integer("group", convolution.groups),
      ])
    return add(convolution.activation, path: path, value)
  }

  private mutating func add(_ dense: Dense, path: String, _ x: String, _ input: Shape) -> String {
    var value = x
    if input.spatialRank > 0 {
      value = add("Flatten", path + ".flatten", [x], [.integer("axis", 1)])
    }
    value = add(
      "Gemm", path, [value, path + ".weight"] + (dense.hasBias ? [path + ".bias"] : []),
      [.integer("transB", 1)])
    return add(dense.activation, path: path, value)
  }

  private mutating func add(
    _ normalization: BatchNormalization, path: String, _ x: String, _ input: Shape
  ) -> String {
    let channels = [input.channels]
    let gamma =
      normalization.hasScale
      ? path + ".weight" : constant(path + ".ones", 1.0, shape: channels)
    let beta =
      normalization.hasCenter
      ? path + ".bias" : constant(path + ".zeros", 0.0, shape: channels)
    return add(
      "BatchNormalization", path, [x, gamma, beta, path + ".running_mean", path + ".running_var"],
      [.float("epsilon", normalization.epsilon), .float("momentum", normalization.momentum)])
  }

  /// Adds pooling that rounds up where that makes a difference: ONNX infers positions too many where the last
  /// window would lie in the padding.
  mutating func add(
    _ pooling: Pooling, path: String, _ x: String, _ input: Shape, _ output: Shape
  ) -> String {
    guard let windows = try? pooling.windows(over: input) else { return x }
    let roundsUp = zip(input.spatial, output.spatial).enumerated().contains { axis, extents in
      let slack = extents.0 + windows.padding[axis].total - windows.kernel[axis]
      return slack < 0 || extents.1 > slack / windows.stride[axis] + 1
    }
    var attributes: [Onnx_AttributeProto] = [
      .integers("kernel_shape", windows.kernel), .integers("strides", windows.stride),
      .integers("pads", windows.onnxPads), .integer("ceil_mode", roundsUp ? 1 : 0),
    ]
    switch pooling.reduction {
    case .maximum: return add("MaxPool", path, [x], attributes)
    case .average:
      attributes.append(.integer("count_include_pad", 1))
      return add("AveragePool", path, [x], attributes)
    }
  }

  private mutating func add(_ pooling: GlobalPooling, path: String, _ x: String, _ input: Shape)
    -> String
  {
    let operation: String
    switch pooling {
    case .average: operation = "ReduceMean"
    case .maximum: operation = "ReduceMax"
    case .last, .first:
      let place = constant(path + ".place", pooling == .last ? -1 : 0)
      return add("Gather", path, [x, place], [.integer("axis", 2)])
    }
    let axes = constant(path + ".axes", Array(2..<2 + input.spatialRank))
    return add(operation, path, [x, axes], [.integer("keepdims", 0)])
  }

  private mutating func add(_ subsample: Subsample, path: String, _ x: String, _ input: Shape)
    -> String
  {
    let strides = (try? subsample.strides(over: input)) ?? []
    let isSliced = strides.contains { $0 > 1 }
    let more = subsample.channels - input.channels
    var value = x
    if isSliced {
      let inputs = [
        constant(path + ".starts", strides.map { _ in 0 }),
        constant(path + ".ends", input.spatial),
        constant(path + ".axes", strides.indices.map { $0 + 2 }),
        constant(path + ".steps", strides),
      ]
      value = add("Slice", more > 0 ? path + ".slice" : path, [x] + inputs)
    }
    if more > 0 {
      let rest = strides.map { _ in 0 }
      value = add(
        "Pad", path, [value, constant(path + ".pads", [0, 0] + rest + [0, more] + rest)])
    }
    return isSliced || more > 0 ? value : add("Identity", path, [x])
  }
}

extension Windows {
  /// All positions before, then all after, as ONNX has them.
  var onnxPads: [Int] { padding.map(\.before) + padding.map(\.after) }
}
