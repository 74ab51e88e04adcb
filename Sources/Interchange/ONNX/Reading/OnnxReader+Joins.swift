import Networks

extension OnnxReader {
  /// Reads `Add`: a sum, a bias, or a part of something.
  mutating func readAdd() throws(OnnxProblem) {
    _ = try attributes()
    for (number, other) in [(0, 1), (1, 0)] {
      if let tensor = constant(other) { return try addConstant(tensor, to: try value(number)) }
    }
    let (left, right) = (try value(0), try value(1))
    for (carried, passed) in [(right, left), (left, right)]
    where steps[carried.step].form.isPart(.carried) && steps[passed.step].form.isJoin(.multiply) {
      let (gate, input) = (steps[carried.step].inputs[0], steps[carried.step].inputs[1])
      let factors = steps[passed.step].inputs
      guard factors.count == 2, let place = factors.firstIndex(of: gate),
        shape(passed) == shape(carried), passed.ones == carried.ones
      else { continue }
      add(
        .join(.highway), of: [factors[1 - place], gate, input], shape: shape(passed),
        ones: passed.ones)
      return
    }
    guard shape(left) == shape(right), left.ones == right.ones else {
      throw uncovered(.shapes([shape(left), shape(right)]))
    }
    add(.sum, of: [left.step, right.step], shape: shape(left), ones: left.ones)
  }

  /// Adds a bias to the layer before, or 1 to an error function.
  private mutating func addConstant(_ tensor: OnnxTensor, to value: OnnxValue) throws(OnnxProblem) {
    var step = steps[value.step]
    if tensor.shape.count > rank(value) { throw uncovered(.constant(input: 2)) }
    if step.form.isPart(.errorFunction), tensor.count == 1, try tensor.floats() == [1] {
      add(
        .part(.errorFunctionAndOne), of: step.inputs, shape: step.shape, ones: value.ones)
      return
    }
    if step.form.isPart(.meanSquare), tensor.count == 1 {
      let epsilon = Double(shortest: try tensor.floats()[0])
      guard (0...1).contains(epsilon) else { throw uncovered(.constant(input: 2)) }
      add(
        .part(.meanSquareAnd(epsilon)), of: step.inputs, shape: step.shape, ones: value.ones)
      return
    }
    let bias = try vector(tensor, at: 1)
    if isForChannels(tensor, of: value), try addToNormalization(bias, value) { return }
    let rest = Array(repeating: 1, count: rank(value) - 2)
    let extents = Array(tensor.shape.drop { $0 == 1 })
    guard case .layer(var layer, var tensors) = step.form, tensors[.bias] == nil,
      bias.count == step.shape.channels,
      extents == [bias.count] + rest || tensor.shape == [bias.count] + rest,
      let source = node.input.first(where: { graph.constants[$0] == nil }),
      graph.uses[source] == 1
    else { throw uncovered(.constant(input: 2)) }
    switch layer {
    case .dense(var dense):
      dense.hasBias = true
      layer = .dense(dense)
    case .convolution(var convolution):
      convolution.hasBias = true
      layer = .convolution(convolution)
    case .transposedConvolution(var convolution):
      convolution.hasBias = true
      layer = .transposedConvolution(convolution)
    default: throw uncovered(.constant(input: 2))
    }
    tensors[.bias] = bias
    step.form = .layer(layer, tensors)
    steps[value.step] = step
    give(value)
  }

  /// Reads `Sum` and `Concat`.
  mutating func readJoin() throws(OnnxProblem) {
    let isSum = node.opType == "Sum"
    let attributes = try isSum ? attributes() : attributes("axis")
    var inputs: [OnnxValue] = []
    for number in node.input.indices { inputs.append(try value(number)) }
    guard let first = inputs.first else { throw uncovered(.operation) }
    let shapes = inputs.map(shape)
    let agree = inputs.allSatisfy { $0.ones == first.ones }
    if isSum {
      guard agree, shapes.allSatisfy({ $0 == shapes[0] }) else { throw uncovered(.shapes(shapes)) }
      add(.join(.add), of: inputs.map(\.step), shape: shapes[0], ones: first.ones)
      return
    }
    try attributes.check("axis", axis(attributes.integer("axis", 0), rank: rank(first)) == 1)
    guard agree, shapes.allSatisfy({ $0.spatial == shapes[0].spatial }) else {
      throw uncovered(.shapes(shapes))
    }
    let channels = shapes.reduce(0) { min($0 + $1.channels, NetworkLimits.extent + 1) }
    guard (try? Network(input: shapes[0].with(channels: channels))) != nil else {
      throw uncovered(.shapes(shapes))
    }
    let all = inputs.map(\.step)
    let steps = joined(all)
    let step = add(
      .join(.concatenate), of: steps, shape: shapes[0].with(channels: channels), ones: first.ones)
    concatenations[all] = step
  }

  /// What is joined, with an earlier join in the place of its members where they come first: so each layer of a
  /// dense block adds to what the layer before has joined.
  private func joined(_ inputs: [Int]) -> [Int] {
    for count in stride(from: min(inputs.count, 256) - 1, to: 1, by: -1) {
      if let step = concatenations[Array(inputs.prefix(count))] {
        return [step] + inputs.dropFirst(count)
      }
    }
    return inputs
  }

  /// Reads `Mul`: a factor, a product, or a part of something.
  mutating func readMul() throws(OnnxProblem) {
    _ = try attributes()
    for (number, other) in [(0, 1), (1, 0)] {
      if let tensor = constant(other) { return try scale(try value(number), by: tensor) }
    }
    let (left, right) = (try value(0), try value(1))
    if let value = gated(left, by: right) ?? gated(right, by: left) {
      return try add(.gatedLinear, to: value)
    }
    if let activation = activation(of: left, right) ?? activation(of: right, left) {
      return try add(.activation(activation.function), to: activation.of)
    }
    for (part, value) in [(left, right), (right, left)] {
      let step = steps[part.step]
      if step.form.isPart(.rest) {
        try checkFactors(part, value)
        add(.part(.carried), of: [step.inputs[0], value.step], shape: shape(value))
        return
      }
      if step.form.isPart(.errorFunctionAndOne), part.ones == value.ones {
        if step.inputs[0] == value.step {
          add(.part(.twiceGelu), of: step.inputs, shape: step.shape, ones: value.ones)
          return
        }
        if fixedFactor(value.step) == 0.5, steps[value.step].inputs == step.inputs {
          let source = OnnxValue(step: step.inputs[0], ones: value.ones)
          return try add(.activation(Activation(.gelu)), to: source)
        }
      }
    }
    try multiply(left, right)
  }

  private mutating func multiply(_ left: OnnxValue, _ right: OnnxValue) throws(OnnxProblem) {
    let widest = try checkFactors(left, right)
    add(
      .join(.multiply), of: [left.step, right.step], shape: shape(widest), ones: widest.ones)
  }

  /// Throws where values cannot be multiplied; answers the one with positions, if there is one.
  @discardableResult
  private func checkFactors(_ left: OnnxValue, _ right: OnnxValue) throws(OnnxProblem)
    -> OnnxValue
  {
    let widest = shape(left).spatialRank > 0 ? left : right
    for value in [left, right] {
      let isSame = shape(value) == shape(widest) && value.ones == widest.ones
      let holdsForAll =
        shape(value).spatialRank == 0 && shape(value).channels == shape(widest).channels
        && value.ones == shape(widest).spatialRank && widest.ones == 0
      guard isSame || holdsForAll else {
        throw uncovered(.shapes([shape(left), shape(right)]))
      }
    }
    return widest
  }

  /// The activation that is x times a function of x.
  private func activation(of x: OnnxValue, _ factor: OnnxValue) -> (
    function: Activation, of: OnnxValue
  )? {
    guard case .layer(.activation(let outer), _) = steps[factor.step].form, x.ones == factor.ones
    else { return nil }
    let inner = steps[factor.step].inputs[0]
    if outer.function == .sigmoid, inner == x.step { return (Activation(.silu), x) }
    if outer.function == .tanh, steps[inner].inputs == [x.step],
      case .layer(.activation(let first), _) = steps[inner].form, first.function == .softplus
    {
      return (Activation(.mish), x)
    }
    return nil
  }

  private mutating func scale(_ value: OnnxValue, by tensor: OnnxTensor) throws(OnnxProblem) {
    if isForChannels(tensor, of: value), tensor.count > 1 || tensor.shape.count > 1 {
      return try scaleChannels(value, by: tensor)
    }
    guard tensor.count == 1, tensor.shape.count <= rank(value) else {
      throw uncovered(.constant(input: 2))
    }
    try scale(value, by: try tensor.floats()[0], isFixed: tensor.shape.isEmpty)
  }

  private mutating func scale(_ value: OnnxValue, by factor: Float, isFixed: Bool)
    throws(OnnxProblem)
  {
    let step = steps[value.step]
    if step.form.isPart(.twiceGelu), factor == 0.5 {
      let source = OnnxValue(step: step.inputs[0], ones: value.ones)
      return try add(.activation(Activation(.gelu)), to: source)
    }
    let weight = Tensor(shape: [1], values: [factor])
    try add(.scale(Scale()), [.weight: weight], to: value)
    steps[steps.count - 1].isFixed = isFixed
  }

  /// The factor of a step that multiplies by a number without extents.
  private func fixedFactor(_ step: Int) -> Float? {
    guard case .layer(.scale, let tensors) = steps[step].form else { return nil }
    return tensors[.weight]?.values.first
  }

  /// Reads 1 − x.
  mutating func readSub() throws(OnnxProblem) {
    _ = try attributes()
    let value = try value(1)
    guard let one = constant(0), one.count == 1, one.shape.count <= rank(value),
      try one.floats() == [1]
    else { throw uncovered(.operation) }
    add(.part(.rest), of: [value.step], shape: shape(value), ones: value.ones)
  }

  /// Reads the quotient of a value and a number.
  mutating func readDiv() throws(OnnxProblem) {
    _ = try attributes()
    if try readQuotientByRoot() { return }
    let value = try value(0)
    let divisor = try tensor(1)
    guard divisor.count == 1, divisor.shape.count <= rank(value),
      case let number = try divisor.floats()[0], number != 0
    else {
      throw uncovered(.constant(input: 2))
    }
    try scale(value, by: 1 / number, isFixed: true)
  }

  /// Reads erf(x / √2), a part of the exact form of gelu.
  mutating func readErf() throws(OnnxProblem) {
    _ = try attributes()
    let value = try value(0)
    guard let factor = fixedFactor(value.step), abs(factor - 0.70710678) < 1e-6 else {
      throw uncovered(.operation)
    }
    add(
      .part(.errorFunction), of: steps[value.step].inputs, shape: shape(value), ones: value.ones)
  }
}

extension OnnxStep.Form {
  /// Whether this is a part of a kind.
  func isPart(_ part: OnnxStep.Part) -> Bool {
    if case .part(part) = self { true } else { false }
  }

  /// Whether this is a join of a kind.
  func isJoin(_ join: Parallel.Join) -> Bool {
    if case .join(join) = self { true } else { false }
  }
}
