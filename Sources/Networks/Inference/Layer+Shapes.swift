extension Layer {
  /// The shape of the output for an input.
  ///
  /// - Throws: A fault where the layer cannot take the input.
  func output(for input: Shape) throws(ShapeFault) -> Shape {
    let output =
      switch self {
      case .convolution(let convolution): try convolution.output(for: input)
      case .dense(let dense): try dense.output(for: input)
      case .pooling(let pooling): try pooling.output(for: input)
      case .globalPooling, .flatten: try flattenedShape(of: input)
      case .subsample(let subsample): try subsample.output(for: input)
      case .batchNormalization, .activation, .dropout, .identity: input
      }
    try output.checkBounds()
    return output
  }

  private func flattenedShape(of input: Shape) throws(ShapeFault) -> Shape {
    switch self {
    case .flatten: return Shape([input.count])
    default:
      if input.spatialRank == 0 {
        throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input)
      }
      return Shape([input.channels])
    }
  }
}

extension Convolution {
  /// The windows over an input of so many spatial dimensions.
  package func windows(over input: Shape) throws(ShapeFault) -> Windows {
    if let insistedRank, insistedRank != input.spatialRank {
      throw .rank(kind: "conv\(insistedRank)d", wanted: [insistedRank], input: input)
    }
    if input.spatialRank == 0 { throw .rank(kind: "conv", wanted: [1, 2], input: input) }
    return try Windows(
      kernel: kernel, stride: stride, padding: padding, dilation: dilation, input: input)
  }

  /// `[channels]` and the positions of the windows.
  func output(for input: Shape) throws(ShapeFault) -> Shape {
    let windows = try windows(over: input)
    try Limits.check(channels, of: "channels", from: 1, input: input)
    if groups < 1 || input.channels % groups != 0 || channels % groups != 0 {
      throw .groups(groups: groups, inputChannels: input.channels, outputChannels: channels)
    }
    return Shape(channels: channels, spatial: try windows.positions(over: input, roundsUp: false))
  }
}

extension Dense {
  func output(for input: Shape) throws(ShapeFault) -> Shape {
    try Limits.check(units, of: "units", from: 1, input: input)
    return Shape([units])
  }
}

extension Pooling {
  /// The windows over an input of so many spatial dimensions.
  package func windows(over input: Shape) throws(ShapeFault) -> Windows {
    if input.spatialRank == 0 {
      throw .rank(kind: Layer.pooling(self).kind.rawValue, wanted: [1, 2], input: input)
    }
    return try Windows(
      kernel: size, called: "size", stride: stride ?? size, padding: padding,
      dilation: Extents(1), input: input)
  }

  func output(for input: Shape) throws(ShapeFault) -> Shape {
    let windows = try windows(over: input)
    for (kernel, padding) in zip(windows.kernel, windows.padding)
    where padding.before >= kernel || padding.after >= kernel {
      throw .paddingWidth(kernel: kernel, padding: padding)
    }
    return input.replacingSpatial(try windows.positions(over: input, roundsUp: roundsUp))
  }
}

extension Subsample {
  /// The strides for an input.
  package func strides(over input: Shape) throws(ShapeFault) -> [Int] {
    guard let strides = stride.resolved(rank: input.spatialRank) else {
      throw .dimensions(parameter: "stride", given: "\(stride)", input: input)
    }
    for value in strides { try Limits.check(value, of: "stride", from: 1, input: input) }
    return strides
  }

  func output(for input: Shape) throws(ShapeFault) -> Shape {
    if channels < input.channels { throw .subsampleChannels(input: input, channels: channels) }
    let strides = try strides(over: input)
    let spatial = zip(input.spatial, strides).map { extent, stride in (extent - 1) / stride + 1 }
    return Shape(channels: channels, spatial: spatial)
  }
}

extension Shape {
  /// The same channels with other spatial extents.
  func replacingSpatial(_ spatial: [Int]) -> Shape { Shape(channels: channels, spatial: spatial) }

  /// Throws where a network cannot take examples of this shape.
  func checkAsInput() throws(ShapeFault) {
    if extents.count > Self.maximumRank {
      throw .rank(kind: "input", wanted: [0, 1, 2], input: self)
    }
    for extent in extents where extent < 1 {
      throw .dimensions(parameter: "input", given: "\(self)", input: self)
    }
    try checkBounds()
  }

  /// Throws where an extent or the number of values is beyond the limits.
  func checkBounds() throws(ShapeFault) {
    for extent in extents where extent > Limits.extent {
      throw .tooLarge(quantity: .extent, limit: Limits.extent)
    }
    if boundedProduct(extents, limit: Limits.valuesPerExample) == nil {
      throw .tooLarge(quantity: .valuesPerExample, limit: Limits.valuesPerExample)
    }
  }
}
