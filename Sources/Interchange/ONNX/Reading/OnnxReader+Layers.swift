import Networks

extension OnnxReader {
  /// The input of a layer with windows, and zeros around it that an earlier node has put there.
  private func padded(_ value: OnnxValue) -> (OnnxValue, [Padding.Sides]) {
    if case .layer(.pad(let pad), _) = steps[value.step].form, pad.mode == .zero {
      let input = OnnxValue(step: steps[value.step].inputs[0])
      if let sides = try? pad.sides(over: shape(input)) { return (input, sides) }
    }
    return (value, shape(value).spatial.map { _ in Padding.Sides(before: 0, after: 0) })
  }

  /// Positions around the input as a node's `pads` or `auto_pad` have them.
  func sides(
    _ attributes: OnnxAttributes, kernel: [Int], stride: [Int], dilation: [Int], input: Shape
  ) throws(OnnxProblem) -> [Padding.Sides] {
    let spatial = input.spatial
    switch attributes.text("auto_pad", "NOTSET") {
    case "NOTSET", "":
      let pads = attributes.integers("pads") ?? Array(repeating: 0, count: 2 * kernel.count)
      try attributes.check(
        "pads",
        pads.count == 2 * kernel.count
          && pads.allSatisfy { (0...NetworkLimits.extent).contains($0) })
      return kernel.indices.map {
        Padding.Sides(before: pads[$0], after: pads[$0 + kernel.count])
      }
    case "VALID": return kernel.map { _ in Padding.Sides(before: 0, after: 0) }
    case let name where name == "SAME_UPPER" || name == "SAME_LOWER":
      return kernel.indices.map { axis in
        let reach = (kernel[axis] - 1) * dilation[axis] + 1
        let places = (spatial[axis] + stride[axis] - 1) / stride[axis]
        let total = max(0, (places - 1) * stride[axis] + reach - spatial[axis])
        let (less, more) = (total / 2, total - total / 2)
        return name == "SAME_UPPER"
          ? Padding.Sides(before: less, after: more) : Padding.Sides(before: more, after: less)
      }
    default: throw attributes.uncovered("auto_pad")
    }
  }

  /// Sizes of a window, one for each dimension, which are at least 1 and no larger than a network may have.
  func sizes(_ attributes: OnnxAttributes, _ name: String, rank: Int)
    throws(OnnxProblem) -> [Int]
  {
    let sizes = attributes.integers(name) ?? Array(repeating: 1, count: rank)
    try attributes.check(
      name,
      sizes.count == rank && sizes.allSatisfy { (1...NetworkLimits.extent).contains($0) })
    return sizes
  }

  private func sum(_ left: [Padding.Sides], _ right: [Padding.Sides]) -> [Padding.Sides] {
    zip(left, right).map {
      Padding.Sides(before: $0.before + $1.before, after: $0.after + $1.after)
    }
  }

  private func explicit(_ sides: [Padding.Sides]) -> Padding {
    .explicit(sides.allSatisfy { $0 == sides[0] } ? Array(sides.prefix(1)) : sides)
  }

  /// Reads `Conv`: over features that have lost their positions, a dense layer.
  mutating func readConvolution() throws(OnnxProblem) {
    let attributes = try attributes(
      "auto_pad", "dilations", "group", "kernel_shape", "pads", "strides")
    let (value, around) = padded(try value(0))
    let weight = try tensor(1)
    let rank = weight.shape.count - 2
    let bias = hasInput(2) ? try tensor(2) : nil
    let input = shape(value)
    guard rank == input.spatialRank + value.ones, (1...2).contains(rank),
      weight.shape.allSatisfy({ (1...NetworkLimits.extent).contains($0) }),
      attributes.integers("kernel_shape") ?? Array(weight.shape.dropFirst(2))
        == Array(weight.shape.dropFirst(2))
    else { throw uncovered(.constant(input: 2)) }
    let kernel = Array(weight.shape.dropFirst(2))
    let stride = try sizes(attributes, "strides", rank: rank)
    let dilation = try sizes(attributes, "dilations", rank: rank)
    let groups = attributes.integer("group", 1)
    try attributes.check("group", (1...NetworkLimits.extent).contains(groups))
    var tensors: [ParameterRole: Tensor] = [:]
    if let bias {
      if bias.shape.count != 1 { throw uncovered(.constant(input: 3)) }
      tensors[.bias] = try vector(bias, at: 2)
    }
    if value.ones > 0 {
      let pads = attributes.integers("pads") ?? []
      guard kernel.allSatisfy({ $0 == 1 }), groups == 1, pads.allSatisfy({ $0 == 0 }) else {
        throw uncovered(.constant(input: 2))
      }
      var dense = Dense(units: weight.shape[0])
      dense.hasBias = bias != nil
      tensors[.weight] = Tensor(
        shape: Array(weight.shape.prefix(2)), values: try values(of: weight))
      return try add(.dense(dense), tensors, to: value)
    }
    let own = try sides(
      attributes, kernel: kernel, stride: stride, dilation: dilation, input: input)
    let sides = sum(own, around)
    var convolution = Convolution(channels: weight.shape[0], kernel: Extents(kernel))
    convolution.stride = Extents(stride)
    convolution.dilation = Extents(dilation)
    convolution.groups = groups
    convolution.hasBias = bias != nil
    convolution.padding =
      [.same, .causal].first { $0.resolved(kernel: kernel, dilation: dilation) == sides }
      ?? explicit(sides)
    tensors[.weight] = Tensor(shape: weight.shape, values: try values(of: weight))
    try add(.convolution(convolution), tensors, to: value)
  }

  /// A constant as a list of values, whatever extents of 1 it has.
  mutating func vector(_ tensor: OnnxTensor, at input: Int) throws(OnnxProblem) -> Tensor {
    guard tensor.shape.filter({ $0 != 1 }).count <= 1 else {
      throw uncovered(.constant(input: input + 1))
    }
    return Tensor(shape: [tensor.count], values: try values(of: tensor))
  }

  /// Reads `Gemm` with a matrix of its own.
  mutating func readGemm() throws(OnnxProblem) {
    let attributes = try attributes("alpha", "beta", "transA", "transB", "broadcast")
    try attributes.check("transA", attributes.integer("transA", 0) == 0)
    let factors = (attributes.number("alpha", 1), attributes.number("beta", 1))
    try addDense(
      isTransposed: attributes.integer("transB", 0) != 0, hasBias: hasInput(2), factors)
  }

  /// Reads `MatMul` with a matrix of its own.
  mutating func readMatrix() throws(OnnxProblem) {
    _ = try attributes()
    try addDense(isTransposed: false, hasBias: false, (1, 1))
  }

  /// - Parameters:
  ///   - isTransposed: whether a row of the matrix has the weights of an output.
  ///   - factors: what the matrix and the bias are multiplied by.
  private mutating func addDense(
    isTransposed: Bool, hasBias: Bool, _ factors: (matrix: Double, bias: Double)
  ) throws(OnnxProblem) {
    let value = try value(0)
    let matrix = try tensor(1)
    guard rank(value) == 2, matrix.shape.count == 2, matrix.count > 0 else {
      throw uncovered(.constant(input: 2))
    }
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    let units = isTransposed ? rows : columns
    guard shape(value).channels == (isTransposed ? columns : rows) else {
      throw uncovered(.constant(input: 2))
    }
    var dense = Dense(units: units)
    dense.hasBias = hasBias
    let stored = isTransposed ? try values(of: matrix) : try transposedValues(of: matrix)
    let values = scaled(stored, by: factors.matrix)
    var tensors = [
      ParameterRole.weight: Tensor(shape: [units, shape(value).channels], values: values)
    ]
    if hasBias {
      let given = try tensor(2)
      let bias = try vector(given, at: 2)
      guard given.shape.count <= 2, bias.count == 1 || given.shape.last == units else {
        throw uncovered(.constant(input: 3))
      }
      let values = scaled(bias.values, by: factors.bias)
      tensors[.bias] =
        bias.count == units
        ? Tensor(shape: [units], values: values)
        : Tensor(shape: [units], filledWith: values[0])
    }
    try add(.dense(dense), tensors, to: value)
  }

  private func scaled(_ values: [Float], by factor: Double) -> [Float] {
    factor == 1 ? values : values.map { $0 * Float(factor) }
  }

  /// Reads `BatchNormalization` by running statistics.
  mutating func readNormalization() throws(OnnxProblem) {
    let attributes = try attributes("epsilon", "momentum", "training_mode", "spatial", "is_test")
    try attributes.check("is_test", attributes.integer("is_test", 1) == 1)
    try attributes.check("training_mode", attributes.integer("training_mode", 0) == 0)
    try attributes.check("spatial", attributes.integer("spatial", 1) == 1)
    var normalization = BatchNormalization()
    normalization.epsilon = attributes.number("epsilon", 1e-5)
    normalization.momentum = attributes.number("momentum", 0.9)
    try attributes.check("epsilon", (0...1).contains(normalization.epsilon))
    try attributes.check("momentum", (0...1).contains(normalization.momentum))
    let roles: [ParameterRole] = [.weight, .bias, .runningMean, .runningVariance]
    var tensors: [ParameterRole: Tensor] = [:]
    for (number, role) in roles.enumerated() {
      let constant = try tensor(number + 1)
      guard constant.shape == [shape(try value(0)).channels] else {
        throw uncovered(.constant(input: number + 2))
      }
      tensors[role] = Tensor(shape: constant.shape, values: try values(of: constant))
    }
    if node.input[1] == node.name + ".ones",
      tensors[.weight]?.values.allSatisfy({ $0 == 1 }) == true
    {
      normalization.hasScale = false
      tensors[.weight] = nil
    }
    if node.input[2] == node.name + ".zeros", tensors[.bias]?.values.allSatisfy({ $0 == 0 }) == true
    {
      normalization.hasCenter = false
      tensors[.bias] = nil
    }
    try add(.batchNormalization(normalization), tensors, to: try value(0))
  }

  /// Reads `MaxPool` and `AveragePool`.
  mutating func readPooling(_ reduction: Pooling.Reduction) throws(OnnxProblem) {
    let attributes = try attributes(
      "auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads",
      "storage_order", "strides")
    let given = try value(0)
    let (value, around) =
      reduction == .average
      ? padded(given)
      : (given, shape(given).spatial.map { _ in Padding.Sides(before: 0, after: 0) })
    let input = shape(value)
    let rank = input.spatialRank
    guard value.ones == 0, rank > 0 else { throw uncovered(.shapes([input])) }
    let kernel = try sizes(attributes, "kernel_shape", rank: rank)
    let stride = try sizes(attributes, "strides", rank: rank)
    let dilation = try sizes(attributes, "dilations", rank: rank)
    try attributes.check("dilations", dilation.allSatisfy { $0 == 1 })
    try attributes.check("storage_order", attributes.integer("storage_order", 0) == 0)
    let own = try sides(
      attributes, kernel: kernel, stride: stride, dilation: dilation, input: input)
    let hasPads = own.contains { $0.total > 0 }
    switch reduction {
    case .maximum: break
    case .average:
      try attributes.check(
        "count_include_pad", !hasPads || attributes.integer("count_include_pad", 0) == 1)
    }
    var pooling = Pooling(reduction: reduction, size: Extents(kernel))
    pooling.stride = stride == kernel ? nil : Extents(stride)
    pooling.padding = explicit(sum(own, around))
    pooling.roundsUp = attributes.integer("ceil_mode", 0) != 0
    try add(.pooling(pooling), to: value)
  }
}
