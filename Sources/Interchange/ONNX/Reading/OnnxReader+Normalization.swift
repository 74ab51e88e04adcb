import Networks

/// Normalizations of each example by itself, and what takes several nodes beside them.
extension OnnxReader {
  /// Reads `Transpose`: channels last, or back, around a normalization over them, or another order of dimensions.
  mutating func readTranspose() throws(OnnxProblem) {
    let attributes = try attributes("perm")
    let order = attributes.integers("perm") ?? []
    let name = node.output.first ?? ""
    if let back = node.input.first.flatMap({ channelsLast[$0] }) {
      let rank = rank(back)
      try attributes.check("perm", order == [0, rank - 1] + Array(1..<rank - 1))
      steps[back.step].name = node.name
      return give(back)
    }
    let value = try value(0)
    if case .part(.takenApart) = steps[value.step].form { return give(value) }
    let rank = rank(value)
    if value.ones == 0, rank > 2, order == [0] + Array(2..<rank) + [1],
      isNormalizedByChannels(name, rank: rank)
    {
      channelsLast[name] = value
      return
    }
    try attributes.check("perm", value.ones == 0 && order.sorted() == Array(0..<rank))
    try attributes.check("perm", order.first == 0)
    let axes = order.dropFirst() + (rank..<max(rank, 4))
    try add(.rearrangement(.permute(Permute(order: Array(axes)))), to: value)
  }

  /// Whether what a node gives is normalized along the last axis.
  private func isNormalizedByChannels(_ name: String, rank: Int) -> Bool {
    graph.nodes.contains { node in
      node.opType == "LayerNormalization" && node.input.first == name
        && axis(node.attribute.first { $0.name == "axis" }.map { Int($0.i) } ?? -1, rank: rank)
          == rank - 1
    }
  }

  /// Reads `LayerNormalization` over all values of an example, or over channels that were put last.
  mutating func readLayerNormalization() throws(OnnxProblem) {
    let attributes = try attributes("axis", "epsilon", "stash_type")
    let last = node.input.first.flatMap { channelsLast[$0] }
    let value = if let last { last } else { try value(0) }
    let axis = axis(attributes.integer("axis", -1), rank: rank(value))
    try attributes.check("axis", last == nil ? axis == 1 : axis == rank(value) - 1)
    let isOverAll = last == nil && shape(value).spatialRank > 0
    var layer = ExampleNormalization(over: isOverAll ? .example : .channels)
    layer.epsilon = try epsilon(attributes)
    let extents = isOverAll ? shape(value).extents : [shape(value).channels]
    var tensors: [ParameterRole: Tensor] = [:]
    for (number, role) in [ParameterRole.weight, .bias].enumerated() where hasInput(number + 1) {
      let given = try tensor(number + 1)
      guard given.shape == extents else { throw uncovered(.constant(input: number + 2)) }
      tensors[role] = Tensor(shape: extents, values: try values(of: given))
    }
    if tensors[.bias] == nil {
      tensors[.bias] = Tensor(shape: extents)
      layer.isAffine = tensors[.weight]?.values.contains { $0 != 1 } ?? false
    }
    try add(.exampleNormalization(layer), layer.isAffine ? tensors : [:], to: value)
    guard last != nil, let name = node.output.first else { return }
    channelsLast[name] = values.removeValue(forKey: name)
  }

  private func epsilon(_ attributes: OnnxAttributes) throws(OnnxProblem) -> Double {
    let epsilon = attributes.number("epsilon", 1e-5)
    try attributes.check("epsilon", (0...1).contains(epsilon))
    return epsilon
  }

  /// Reads `InstanceNormalization`, also of groups that were made channels.
  mutating func readInstanceNormalization() throws(OnnxProblem) {
    let attributes = try attributes("epsilon")
    let value = try value(0)
    let epsilon = try epsilon(attributes)
    var tensors: [ParameterRole: Tensor] = [:]
    for (number, role) in [ParameterRole.weight, .bias].enumerated() {
      let given = try tensor(number + 1)
      guard given.shape == [shape(value).channels] else {
        throw uncovered(.constant(input: number + 2))
      }
      tensors[role] = Tensor(shape: given.shape, values: try values(of: given))
    }
    let isPlain =
      tensors[.weight]?.values.allSatisfy { $0 == 1 } == true
      && tensors[.bias]?.values.allSatisfy { $0 == 0 } == true
    let step = steps[value.step]
    if case .part(.grouped(let groups)) = step.form {
      guard isPlain else { throw uncovered(.constant(input: 2)) }
      add(.part(.groupNormal(groups, epsilon)), of: step.inputs, shape: step.shape)
      return
    }
    var layer = ExampleNormalization(over: .positions)
    layer.epsilon = epsilon
    layer.isAffine = !isPlain || node.input[1] != node.name + ".ones"
    try add(.exampleNormalization(layer), layer.isAffine ? tensors : [:], to: value)
  }

  /// Makes channels of groups of channels, or puts normalized groups back; answers whether a `Reshape` did either.
  mutating func regroup(_ value: OnnxValue, to sizes: [Int]) throws(OnnxProblem) -> Bool {
    let step = steps[value.step]
    if case .part(.groupNormal(let groups, let epsilon)) = step.form {
      let source = OnnxValue(step: step.inputs[0])
      let extents = shape(source).extents
      let isBack =
        sizes.count == extents.count + 1
        && zip(sizes.dropFirst(), extents).allSatisfy { $0 == $1 || $0 == -1 }
      guard isBack else { throw uncovered(.constant(input: 2)) }
      var layer = ExampleNormalization(over: .groups(groups))
      (layer.epsilon, layer.isAffine) = (epsilon, false)
      try add(.exampleNormalization(layer), to: source)
      return true
    }
    guard sizes.count == 3, sizes[0] == 0, sizes[2] == -1, value.ones == 0, sizes[1] > 0,
      shape(value).channels % sizes[1] == 0, isNormalizedNext
    else { return false }
    let grouped = Shape([sizes[1], shape(value).count / sizes[1]])
    add(.part(.grouped(sizes[1])), of: [value.step], shape: grouped)
    return true
  }

  /// Whether what the node gives is normalized channel by channel.
  private var isNormalizedNext: Bool {
    guard let name = node.output.first else { return false }
    return graph.nodes.contains {
      $0.opType == "InstanceNormalization" && $0.input.first == name
    }
  }

  /// Reads `LRN` over an odd number of channels; of an even one there is one more on the other side than here.
  mutating func readLocalResponse() throws(OnnxProblem) {
    let attributes = try attributes("alpha", "beta", "bias", "size")
    var layer = LocalResponse(size: attributes.integer("size", 1))
    layer.alpha = attributes.number("alpha", 1e-4)
    layer.beta = attributes.number("beta", 0.75)
    layer.start = attributes.number("bias", 1)
    try attributes.check(
      "size", (1...NetworkLimits.extent).contains(layer.size) && layer.size % 2 == 1)
    try attributes.check("alpha", (0...1000).contains(layer.alpha))
    try attributes.check("beta", (0...100).contains(layer.beta))
    try attributes.check("bias", (0...1000).contains(layer.start))
    try add(.localResponse(layer), to: try value(0))
  }

  /// Reads `Clip` between 0 and 6.
  mutating func readClip() throws(OnnxProblem) {
    let attributes = try attributes("min", "max")
    let least = hasInput(1) ? try tensor(1).floats() : [Float(attributes.number("min", -1))]
    let most = hasInput(2) ? try tensor(2).floats() : [Float(attributes.number("max", -1))]
    guard least == [0] else { throw uncovered(.constant(input: 2)) }
    guard most == [6] else { throw uncovered(.constant(input: 3)) }
    try add(.activation(Activation(.relu6)), to: try value(0))
  }

  /// Reads `Split` of the channels in halves.
  mutating func readSplit() throws(OnnxProblem) {
    let attributes = try attributes("axis", "num_outputs", "split")
    let value = try value(0)
    let half = shape(value).channels / 2
    let sizes = try integers(attributes, "split", or: 1) ?? [half, half]
    try attributes.check("axis", axis(attributes.integer("axis", 0), rank: rank(value)) == 1)
    guard node.output.count == 2, half > 0, sizes == [half, half],
      shape(value).channels == 2 * half
    else { throw uncovered(.operation) }
    for (name, isSecond) in zip(node.output, [false, true]) {
      add(.half(isSecond: isSecond), of: value)
      values[name] = OnnxValue(step: steps.count - 1, ones: value.ones)
    }
    values[node.output[0]] = OnnxValue(step: steps.count - 2, ones: value.ones)
  }

  private mutating func add(_ part: OnnxStep.Part, of value: OnnxValue) {
    let half = shape(value).with(channels: shape(value).channels / 2)
    add(.part(part), of: [value.step], shape: half, ones: value.ones)
  }

  /// Takes one half of the channels, as a `Slice` does; answers whether it is one.
  mutating func readHalf(_ value: OnnxValue, from start: Int, to end: Int) -> Bool {
    let half = shape(value).channels / 2
    guard half > 0, shape(value).channels == 2 * half,
      start == 0 && end == half || start == half && end >= 2 * half
    else { return false }
    add(.half(isSecond: start > 0), of: value)
    return true
  }

  /// The value whose halves are multiplied, one of them behind a sigmoid; nothing for another product.
  func gated(_ first: OnnxValue, by gate: OnnxValue) -> OnnxValue? {
    guard steps[first.step].form.isPart(.half(isSecond: false)), first.ones == gate.ones,
      case .layer(.activation(let activation), _) = steps[gate.step].form,
      activation.function == .sigmoid,
      case let second = steps[steps[gate.step].inputs[0]],
      second.form.isPart(.half(isSecond: true)), second.inputs == steps[first.step].inputs
    else { return nil }
    return OnnxValue(step: second.inputs[0], ones: first.ones)
  }

  // MARK: - Root mean squares

  /// Reads the mean over the channels of what was multiplied by itself; answers whether it is one.
  mutating func readMeanSquare(_ value: OnnxValue) -> Bool {
    let step = steps[value.step]
    guard step.form.isJoin(.multiply), step.inputs.count == 2, step.inputs[0] == step.inputs[1]
    else { return false }
    add(
      .part(.meanSquare), of: [step.inputs[0]], shape: step.shape.with(channels: 1),
      ones: value.ones)
    return true
  }

  /// Reads the root of a mean square and a small number.
  mutating func readRoot() throws(OnnxProblem) {
    _ = try attributes()
    let value = try value(0)
    guard case .part(.meanSquareAnd(let epsilon)) = steps[value.step].form else {
      throw uncovered(.operation)
    }
    add(
      .part(.root(epsilon)), of: steps[value.step].inputs, shape: shape(value), ones: value.ones)
  }

  /// Reads a value over the root of its mean square; answers whether it is one.
  mutating func readQuotientByRoot() throws(OnnxProblem) -> Bool {
    guard constant(1) == nil, case (let value, let root) = (try value(0), try value(1)),
      case .part(.root(let epsilon)) = steps[root.step].form,
      steps[root.step].inputs == [value.step], value.ones == root.ones
    else { return false }
    var layer = ExampleNormalization(over: .rootMeanSquare)
    (layer.epsilon, layer.isAffine) = (epsilon, false)
    try add(.exampleNormalization(layer), to: value)
    return true
  }

  // MARK: - Numbers for each channel

  /// Whether a constant has a number for each channel of a value.
  func isForChannels(_ tensor: OnnxTensor, of value: OnnxValue) -> Bool {
    let extents = [shape(value).channels] + Array(repeating: 1, count: rank(value) - 2)
    return tensor.shape == extents || tensor.shape == [1] + extents
  }

  /// Multiplies by a number for each channel: the weight of a root mean square, or a layer.
  mutating func scaleChannels(_ value: OnnxValue, by tensor: OnnxTensor) throws(OnnxProblem) {
    let weight = Tensor(shape: [tensor.count], values: try values(of: tensor))
    if case .layer(.exampleNormalization(var layer), _) = steps[value.step].form,
      layer.sets == .rootMeanSquare, !layer.isAffine
    {
      layer.isAffine = true
      let source = OnnxValue(step: steps[value.step].inputs[0], ones: value.ones)
      return try add(.exampleNormalization(layer), [.weight: weight], to: source)
    }
    try add(.scale(Scale(isShared: false)), [.weight: weight], to: value)
  }

  /// Joins a bias with a scale behind a normalization without either; answers whether it did.
  mutating func addToNormalization(_ bias: Tensor, _ value: OnnxValue) throws(OnnxProblem) -> Bool {
    let step = steps[value.step]
    guard case .layer(.scale(let scale), var tensors) = step.form, !scale.isShared,
      case let normal = steps[step.inputs[0]],
      case .layer(.exampleNormalization(var layer), _) = normal.form, !layer.isAffine,
      layer.isCentred, layer.sets != .example
    else { return false }
    layer.isAffine = true
    tensors[.bias] = bias
    try add(
      .exampleNormalization(layer), tensors,
      to: OnnxValue(step: normal.inputs[0], ones: value.ones))
    return true
  }
}
