extension Layer {
  /// The windows that slide over an input, or nothing for a layer without.
  ///
  /// - Throws: A fault where their sizes do not suit the input.
  func windows(over input: Shape) throws(ShapeFault) -> Windows? {
    switch self {
    case .convolution(let convolution): try convolution.windows(over: input)
    case .pooling(let pooling): try pooling.windows(over: input)
    case .subsample(let subsample): try subsample.windows(over: input)
    case .dense, .batchNormalization, .activation, .globalPooling, .flatten, .dropout,
      .scale, .identity:
      nil
    }
  }

  /// The strides of the layer's windows, 1 where each position goes through, nothing where positions are
  /// gone.
  func strides(over input: Shape, windows: Windows?) -> [Int]? {
    switch self {
    case .convolution, .pooling, .subsample: windows?.stride
    case .batchNormalization, .activation, .dropout, .scale, .identity:
      Array(repeating: 1, count: input.spatialRank)
    case .dense, .globalPooling, .flatten: input.spatialRank == 0 ? [] : nil
    }
  }

  /// The shape of the output for an input, over which the layer's windows slide.
  ///
  /// - Throws: A fault where the layer cannot take the input.
  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    let output =
      switch (self, windows) {
      case (.convolution(let convolution), let windows?):
        try convolution.output(for: input, windows: windows)
      case (.pooling(let pooling), let windows?): try pooling.output(for: input, windows: windows)
      case (.subsample(let subsample), let windows?):
        try subsample.output(for: input, windows: windows)
      case (.dense(let dense), _): try dense.output(for: input)
      case (.globalPooling(let pooling), _): try pooling.output(for: input)
      case (.flatten, _): Shape([input.count])
      case (.convolution, nil), (.pooling, nil), (.subsample, nil), (.batchNormalization, _),
        (.activation, _), (.dropout, _), (.scale, _), (.identity, _):
        input
      }
    try output.checkBounds()
    return output
  }

}

extension GlobalPooling {
  func output(for input: Shape) throws(ShapeFault) -> Shape {
    let wanted =
      switch self {
      case .average, .maximum: [1, 2]
      case .last: [1]
      }
    if !wanted.contains(input.spatialRank) {
      throw .rank(kind: Layer.globalPooling(self).kind.rawValue, wanted: wanted, input: input)
    }
    return Shape([input.channels])
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
  func output(for input: Shape, windows: Windows) throws(ShapeFault) -> Shape {
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

  func output(for input: Shape, windows: Windows) throws(ShapeFault) -> Shape {
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
    try windows(over: input).stride
  }

  /// Windows of one position, over an input of any spatial dimensions.
  func windows(over input: Shape) throws(ShapeFault) -> Windows {
    try Windows(
      kernel: Extents(1), stride: stride, padding: Padding(0), dilation: Extents(1), input: input)
  }

  func output(for input: Shape, windows: Windows) throws(ShapeFault) -> Shape {
    if channels < input.channels { throw .subsampleChannels(input: input, channels: channels) }
    return Shape(channels: channels, spatial: try windows.positions(over: input, roundsUp: false))
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
