import Networks

/// Normalizations of each example by itself, and gated linear units.
extension OnnxGraphBuilder {
  /// Adds a normalization; answers its output.
  mutating func add(
    _ layer: ExampleNormalization, path: String, _ x: String, _ input: Shape
  ) -> String {
    switch layer.sets {
    case .channels:
      let axes = input.extents.indices.map { $0 + 1 }
      let value =
        input.spatialRank == 0 ? x : transposed(x, path + ".last", [0] + axes.dropFirst() + [1])
      let normal = addLayerNormalization(
        layer, path: input.spatialRank == 0 ? path : path + ".norm", value, axis: -1,
        extents: [input.channels])
      if input.spatialRank == 0 { return normal }
      return transposed(normal, path, [0, input.extents.count] + axes.dropLast())
    case .example:
      return addLayerNormalization(layer, path: path, x, axis: 1, extents: input.extents)
    case .rootMeanSquare: return addRootMeanSquare(layer, path: path, x, input)
    case .positions where input.spatialRank > 0:
      return addInstanceNormalization(layer, path: path, x, channels: input.channels)
    case .positions, .groups: return addGroups(layer, path: path, x, input)
    }
  }

  private mutating func transposed(_ x: String, _ path: String, _ axes: [Int]) -> String {
    add("Transpose", path, [x], [.integers("perm", axes)])
  }

  private mutating func addLayerNormalization(
    _ layer: ExampleNormalization, path: String, _ x: String, axis: Int, extents: [Int]
  ) -> String {
    let block = path.hasSuffix(".norm") ? String(path.dropLast(5)) : path
    let parameters =
      layer.isAffine
      ? [block + ".weight", block + ".bias"]
      : [constant(block + ".ones", 1.0, shape: extents)]
    return add(
      "LayerNormalization", path, [x] + parameters,
      [.integer("axis", axis), .float("epsilon", layer.epsilon)])
  }

  private mutating func addRootMeanSquare(
    _ layer: ExampleNormalization, path: String, _ x: String, _ input: Shape
  ) -> String {
    let squares = add("Mul", path + ".square", [x, x])
    let means = add(
      "ReduceMean", path + ".mean", [squares, constant(path + ".axes", [1])],
      [.integer("keepdims", 1)])
    let sum = add("Add", path + ".sum", [means, constant(path + ".epsilon", layer.epsilon)])
    let root = add("Sqrt", path + ".root", [sum])
    guard layer.isAffine else { return add("Div", path, [x, root]) }
    spread(path + ".weight", channels: input.channels, rank: input.spatialRank)
    return add("Mul", path, [add("Div", path + ".quotient", [x, root]), path + ".weight"])
  }

  private mutating func addInstanceNormalization(
    _ layer: ExampleNormalization, path: String, _ x: String, channels: Int
  ) -> String {
    let parameters =
      layer.isAffine
      ? [path + ".weight", path + ".bias"]
      : [
        constant(path + ".ones", 1.0, shape: [channels]),
        constant(path + ".zeros", 0.0, shape: [channels]),
      ]
    return add(
      "InstanceNormalization", path, [x] + parameters, [.float("epsilon", layer.epsilon)])
  }

  /// Adds groups as channels of a series, which are normalized one by one.
  private mutating func addGroups(
    _ layer: ExampleNormalization, path: String, _ x: String, _ input: Shape
  ) -> String {
    guard case .groups(let groups) = layer.sets else { return x }
    let series = add(
      "Reshape", path + ".groups", [x, constant(path + ".grouped", [0, groups, -1])])
    let normal = add(
      "InstanceNormalization", path + ".norm",
      [
        series, constant(path + ".ones", 1.0, shape: [groups]),
        constant(path + ".zeros", 0.0, shape: [groups]),
      ], [.float("epsilon", layer.epsilon)])
    let shape = constant(path + ".shape", [0] + input.extents)
    guard layer.isAffine else { return add("Reshape", path, [normal, shape]) }
    let value = add("Reshape", path + ".channels", [normal, shape])
    for role in [".weight", ".bias"] {
      spread(path + role, channels: input.channels, rank: input.spatialRank)
    }
    return add(
      "Add", path, [add("Mul", path + ".scaled", [value, path + ".weight"]), path + ".bias"])
  }

  /// Adds local response normalization, which runtimes have for images and an odd number of channels.
  mutating func add(_ layer: LocalResponse, path: String, _ x: String, _ input: Shape) -> String {
    if layer.size % 2 == 0 { return addEven(layer, path: path, x, input) }
    var value = x
    let isFlat = input.spatialRank == 1
    if isFlat {
      value = add("Unsqueeze", path + ".image", [value, constant(path + ".axis", [3])])
    }
    value = add(
      "LRN", isFlat ? path + ".norm" : path, [value],
      [
        .float("alpha", layer.alpha), .float("beta", layer.beta), .float("bias", layer.start),
        .integer("size", layer.size),
      ])
    return isFlat ? add("Squeeze", path, [value, path + ".axis"]) : value
  }

  /// Adds local response normalization over an even number of channels, by a mean over them as positions.
  private mutating func addEven(
    _ layer: LocalResponse, path: String, _ x: String, _ input: Shape
  ) -> String {
    let squares = add("Mul", path + ".square", [x, x])
    let plane = add(
      "Reshape", path + ".plane",
      [squares, constant(path + ".positions", [0, 1, input.channels, -1])])
    let means = add(
      "AveragePool", path + ".mean", [plane],
      [
        .integers("kernel_shape", [layer.size, 1]), .integer("count_include_pad", 1),
        .integers("pads", [layer.size / 2, 0, (layer.size - 1) / 2, 0]),
      ])
    let back = add(
      "Reshape", path + ".channels", [means, constant(path + ".shape", [0] + input.extents)])
    let share = add("Mul", path + ".share", [back, constant(path + ".alpha", layer.alpha)])
    let sum = add("Add", path + ".sum", [share, constant(path + ".start", layer.start)])
    let power = add("Pow", path + ".power", [sum, constant(path + ".beta", layer.beta)])
    return add("Div", path, [x, power])
  }

  /// Adds a gated linear unit.
  mutating func addGatedLinear(path: String, _ x: String, _ input: Shape) -> String {
    let half = input.channels / 2
    let axis = constant(path + ".axis", [1])
    let halves = ["first", "second"].enumerated().map { place, word in
      add(
        "Slice", "\(path).\(word)",
        [
          x, constant("\(path).\(word).start", [place * half]),
          constant("\(path).\(word).end", [(place + 1) * half]), axis,
        ])
    }
    return add("Mul", path, [halves[0], add("Sigmoid", path + ".sigmoid", [halves[1]])])
  }
}
