/// A convolution over one or two spatial dimensions.
///
/// The weight is `[channels, inputChannels / groups, kernel…]`, the bias `[channels]`.
package struct Convolution: Hashable, Sendable {
  package var channels: Int
  package var kernel: Extents
  package var stride = Extents(1)
  package var padding = Padding.same
  package var dilation = Extents(1)
  package var groups = 1
  package var hasBias = true

  /// What the bias starts at, whatever the scheme; nothing leaves it to the scheme.
  package var biasStart: Double?

  /// Applied to the sum and bias, as Gluon's `activation` argument.
  package var activation: Activation?

  /// The number of spatial dimensions insisted on by `conv1d` and `conv2d`, or any.
  package var insistedRank: Int?

  /// A convolution with the usual defaults.
  package init(channels: Int, kernel: Extents) {
    self.channels = channels
    self.kernel = kernel
  }
}

extension Convolution: LayerDefinition {
  /// The row of `conv`, or of `conv1d` and `conv2d`, which insist on a number of spatial dimensions.
  static func row(_ summary: String, insistedRank: Int? = nil) -> KindRow {
    KindRow(
      summary, .convolution,
      [
        .positional(
          "channels", .count, "channels of the output", also: ["filters", "out_channels"]),
        .positional("kernel", .extents, "size of the window", also: ["kernel_size"]),
        .keyed(
          "stride", .extents, default: "1", "positions from one window to the next",
          also: ["strides"]),
        .keyed(
          "pad", .padding, default: "same", "positions added around the input", also: ["padding"]),
        .keyed(
          "dilation", .extents, default: "1", "distance between the window's positions",
          also: ["dilation_rate"]),
        .keyed("groups", .count, default: "1", "channels split into groups of their own"),
        .bias, .act,
      ]
    ) { .convolution(Convolution($0, insistedRank: insistedRank)) }
  }

  private init(_ arguments: Arguments, insistedRank: Int?) {
    self.init(
      channels: arguments.count("channels"), kernel: arguments.extents("kernel") ?? Extents(1))
    stride = arguments.extents("stride") ?? Extents(1)
    padding = arguments.padding("pad")
    dilation = arguments.extents("dilation") ?? Extents(1)
    groups = arguments.count("groups")
    (hasBias, biasStart) = arguments.bias("bias")
    activation = arguments.activation("act")
    self.insistedRank = insistedRank
  }

  func write(to arguments: inout Arguments) {
    arguments["channels"] = .count(channels)
    arguments["kernel"] = .extents(kernel)
    arguments["stride"] = .extents(stride)
    arguments["pad"] = .padding(padding)
    arguments["dilation"] = .extents(dilation)
    arguments["groups"] = .count(groups)
    arguments["bias"] = .bias(hasBias, start: biasStart)
    arguments["act"] = .activation(activation)
  }

  var kind: Kind {
    switch insistedRank {
    case 1: .convolution1D
    case 2: .convolution2D
    default: .convolution
    }
  }

  /// The windows over an input of so many spatial dimensions.
  package func windows(over input: Shape) throws(ShapeFault) -> Windows {
    if let insistedRank, insistedRank != input.spatialRank {
      throw .rank(kind: "conv\(insistedRank)d", wanted: [insistedRank], input: input)
    }
    if input.spatialRank == 0 { throw .rank(kind: "conv", wanted: [1, 2], input: input) }
    return try Windows(
      kernel: kernel, stride: stride, padding: padding, dilation: dilation, input: input)
  }

  func slidingWindows(over input: Shape) throws(ShapeFault) -> Windows? {
    try windows(over: input)
  }

  /// `[channels]` and the positions of the windows.
  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    guard let windows else { return input }
    try NetworkLimits.check(channels, of: "channels", from: 1, input: input)
    if groups < 1 || input.channels % groups != 0 || channels % groups != 0 {
      throw .groups(groups: groups, inputChannels: input.channels, outputChannels: channels)
    }
    return Shape(channels: channels, spatial: try windows.positions(over: input, roundsUp: false))
  }

  var learns: Bool { true }

  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    let kernel = kernel.resolved(rank: input.spatialRank) ?? []
    let inputs = input.channels / groups
    let weight = ParameterNeed.kernel(outputs: channels, inputs: inputs, kernel: kernel)
    if !hasBias { return [weight] }
    return [
      weight, .bias(outputs: channels, inputs: inputs, kernel: kernel, start: biasStart),
    ]
  }

  func multiplyAdds(input: Shape, output: Shape) -> Int? {
    let kernel = kernel.resolved(rank: input.spatialRank) ?? []
    return boundedProduct(
      output.extents + [input.channels / groups] + kernel, limit: NetworkLimits.multiplyAdds)
  }

  var ownActivation: Activation? { activation }
  var widthParameter: String? { "channels" }

  var window: LayerWindow? {
    LayerWindow(kernel: kernel, stride: stride, padding: padding, dilation: dilation)
  }

  func repairs(of fault: ShapeFault) -> [[Setting.Value]] {
    guard case .causalPadding = fault else { return [] }
    return [[Setting.Value("pad", .padding(.same))]]
  }

  func channelFlow(path: String) -> ChannelFlow {
    groups > 1 ? .refuses(.groups(path: path, groups: groups)) : .ends(flattened: false)
  }

  func identity(rank: Int) -> Layer? {
    var result = self
    result.biasStart = nil
    result.stride = Extents(1)
    let kernel = kernel.resolved(rank: rank) ?? []
    let dilation = dilation.resolved(rank: rank) ?? []
    let sides = zip(kernel, dilation).map { kernel, dilation in
      let before = (kernel - 1) / 2
      return Padding.Sides(before: before * dilation, after: (kernel - 1 - before) * dilation)
    }
    let isSame = Padding.same.resolved(kernel: kernel, dilation: dilation) == sides
    if padding != .causal { result.padding = isSame ? .same : .explicit(sides) }
    return .convolution(result)
  }
}
