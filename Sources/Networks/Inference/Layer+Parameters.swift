/// A parameter a layer needs, without its place in a network.
struct ParameterNeed {
  let role: ParameterRole
  let shape: [Int]
  let purpose: ParameterSpecification.Purpose

  /// The number of values, or nothing beyond the limit.
  var count: Int? { boundedProduct(shape, limit: Limits.parameters) }
}

extension Layer {
  /// The parameters for an input that the layer takes, weight first.
  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    switch self {
    case .convolution(let convolution):
      let kernel = convolution.kernel.resolved(rank: input.spatialRank) ?? []
      let inputs = input.channels / convolution.groups
      return kernelNeeds(
        outputs: convolution.channels, inputs: inputs, kernel: kernel,
        bias: convolution.hasBias ? .some(convolution.biasStart) : nil)
    case .dense(let dense):
      return kernelNeeds(
        outputs: dense.units, inputs: input.count, kernel: [],
        bias: dense.hasBias ? .some(dense.biasStart) : nil)
    case .batchNormalization(let normalization):
      let shape = [input.channels]
      var needs: [ParameterNeed] = []
      if normalization.hasScale {
        let purpose = ParameterSpecification.Purpose.gamma(closesResidual: false)
        needs.append(ParameterNeed(role: .weight, shape: shape, purpose: purpose))
      }
      if normalization.hasCenter {
        needs.append(ParameterNeed(role: .bias, shape: shape, purpose: .beta))
      }
      needs.append(ParameterNeed(role: .runningMean, shape: shape, purpose: .runningMean))
      needs.append(ParameterNeed(role: .runningVariance, shape: shape, purpose: .runningVariance))
      return needs
    case .scale(let scale):
      return [ParameterNeed(role: .weight, shape: [1], purpose: .given(start: scale.start))]
    case .activation, .pooling, .globalPooling, .flatten, .dropout, .subsample, .identity:
      return []
    }
  }

  /// A kernel and its bias, if there is one; that may start at a number of its own.
  private func kernelNeeds(outputs: Int, inputs: Int, kernel: [Int], bias start: Double??)
    -> [ParameterNeed]
  {
    let window = boundedProduct(kernel, limit: Limits.parameters) ?? Limits.parameters
    let fanIn = inputs.multipliedReportingOverflow(by: window).partialValue
    let fanOut = outputs.multipliedReportingOverflow(by: window).partialValue
    let weight = ParameterNeed(
      role: .weight, shape: [outputs, inputs] + kernel,
      purpose: .kernel(fanIn: fanIn, fanOut: fanOut))
    guard let start else { return [weight] }
    let purpose = start.map { ParameterSpecification.Purpose.given(start: $0) }
    return [
      weight,
      ParameterNeed(role: .bias, shape: [outputs], purpose: purpose ?? .bias(fanIn: fanIn)),
    ]
  }

  /// Multiply-adds of one example: those of convolutions and dense layers; the rest counts as none.
  func multiplyAdds(input: Shape, output: Shape) -> Int? {
    switch self {
    case .convolution(let convolution):
      let kernel = convolution.kernel.resolved(rank: input.spatialRank) ?? []
      return boundedProduct(
        output.extents + [input.channels / convolution.groups] + kernel,
        limit: Limits.multiplyAdds)
    case .dense(let dense):
      return boundedProduct([input.count, dense.units], limit: Limits.multiplyAdds)
    case .batchNormalization, .activation, .pooling, .globalPooling, .flatten, .dropout, .scale,
      .subsample, .identity:
      return 0
    }
  }

  /// What is seen of the network's input through the layer and its windows.
  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    switch self {
    case .convolution, .pooling, .subsample: windows.map { field.through($0) } ?? field
    case .globalPooling(.last): field.atLast(of: input.spatial)
    case .dense, .globalPooling(.average), .globalPooling(.maximum), .flatten: .whole
    case .batchNormalization, .activation, .dropout, .scale, .identity: field
    }
  }
}

extension ReceptiveField {
  /// What is seen through resolved windows.
  func through(_ windows: Windows) -> ReceptiveField {
    through(
      kernel: windows.kernel, stride: windows.stride, dilation: windows.dilation,
      padding: windows.padding)
  }
}
