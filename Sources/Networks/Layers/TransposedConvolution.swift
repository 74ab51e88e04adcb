/// A convolution run backwards over one or two spatial dimensions: each position is spread over a window.
///
/// The weight is `[inputChannels, channels / groups, kernel…]`, the bias `[channels]`, as in PyTorch's
/// `ConvTranspose1d` and `ConvTranspose2d`. After Zeiler et al. 2010.
package struct TransposedConvolution: Hashable, Sendable {
  package var channels: Int
  package var kernel: Extents
  package var stride = Extents(1)
  package var padding = Padding.same

  /// Positions added at the end.
  package var outputPadding = Extents(0)
  package var dilation = Extents(1)
  package var groups = 1
  package var hasBias = true

  /// What the bias starts at, whatever the scheme; nothing leaves it to the scheme.
  package var biasStart: Double?

  /// Applied to the sum and bias.
  package var activation: Activation?

  /// A transposed convolution with the usual defaults.
  package init(channels: Int, kernel: Extents) {
    self.channels = channels
    self.kernel = kernel
  }
}

extension TransposedConvolution: LayerDefinition {
  static let row = KindRow(
    "transposed convolution: spreads each position over a window, strides apart", .convolution,
    [
      .positional("channels", .count, "channels of the output", also: ["filters", "out_channels"]),
      .positional("kernel", .extents, "size of the window", also: ["kernel_size"]),
      .keyed(
        "stride", .extents, default: "1", "positions of the output from one window to the next",
        also: ["strides"]),
      .keyed(
        "pad", .padding, default: "same", "positions of the output left out on both sides",
        also: ["padding"]),
      .keyed(
        "outpad", .offsets, default: "0", "positions added at the end", also: ["output_padding"]),
      .keyed(
        "dilation", .extents, default: "1", "distance between the window's positions",
        also: ["dilation_rate"]),
      .keyed("groups", .count, default: "1", "channels split into groups of their own"),
      .bias, .act,
    ]
  ) { .transposedConvolution(TransposedConvolution($0)) }

  private init(_ arguments: Arguments) {
    self.init(
      channels: arguments.count("channels"), kernel: arguments.extents("kernel") ?? Extents(1))
    stride = arguments.extents("stride") ?? Extents(1)
    padding = arguments.padding("pad")
    outputPadding = arguments.extents("outpad") ?? Extents(0)
    dilation = arguments.extents("dilation") ?? Extents(1)
    groups = arguments.count("groups")
    (hasBias, biasStart) = arguments.bias("bias")
    activation = arguments.activation("act")
  }

  func write(to arguments: inout Arguments) {
    arguments["channels"] = .count(channels)
    arguments["kernel"] = .extents(kernel)
    arguments["stride"] = .extents(stride)
    arguments["pad"] = .padding(padding)
    arguments["outpad"] = .extents(outputPadding)
    arguments["dilation"] = .extents(dilation)
    arguments["groups"] = .count(groups)
    arguments["bias"] = .bias(hasBias, start: biasStart)
    arguments["act"] = .activation(activation)
  }

  var kind: Kind { .transposedConvolution }

  /// The windows on the output, for an input.
  ///
  /// - Throws: A fault where sizes do not suit the input.
  package func windows(over input: Shape) throws(ShapeFault) -> TransposedWindows {
    if input.spatialRank == 0 { throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input) }
    return try TransposedWindows(self, input: input)
  }

  /// `[channels]` and the positions that the windows leave.
  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    let windows = try self.windows(over: input)
    try NetworkLimits.check(channels, of: "channels", from: 1, input: input)
    if groups < 1 || input.channels % groups != 0 || channels % groups != 0 {
      throw .groups(groups: groups, inputChannels: input.channels, outputChannels: channels)
    }
    return Shape(channels: channels, spatial: try windows.positions(over: input))
  }

  /// None where a stride makes positions more: an output lies between positions of the input.
  func strides(over input: Shape, windows: Windows?) -> [Int]? {
    stride.values.allSatisfy { $0 == 1 } ? Array(repeating: 1, count: input.spatialRank) : nil
  }

  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    guard let windows = try? self.windows(over: input) else { return field }
    return field.through(windows)
  }

  var learns: Bool { true }

  /// With the fans that PyTorch counts, which takes the first dimension of any weight for the outputs.
  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    let kernel = kernel.resolved(rank: input.spatialRank) ?? []
    let outputs = channels / groups
    let weight = ParameterNeed.kernel(outputs: input.channels, inputs: outputs, kernel: kernel)
    if !hasBias { return [weight] }
    return [
      weight, .bias(outputs: channels, inputs: outputs, kernel: kernel, start: biasStart),
    ]
  }

  func multiplyAdds(input: Shape, output: Shape) -> Int? {
    let kernel = kernel.resolved(rank: input.spatialRank) ?? []
    return boundedProduct(
      input.extents + [channels / groups] + kernel, limit: NetworkLimits.multiplyAdds)
  }

  var ownActivation: Activation? { activation }
  var widthParameter: String? { "channels" }

  func repairs(of fault: ShapeFault) -> [[Setting.Value]] {
    switch fault {
    case .causalPadding, .nothingLeft: [[Setting.Value("pad", .padding(.same))]]
    case .outputPadding(_, let stride, let dilation):
      [max(stride, dilation) - 1, 0].map { [Setting.Value("outpad", .extents(Extents($0)))] }
    default: []
    }
  }

  func channelFlow(path: String) -> ChannelFlow {
    groups > 1 ? .refuses(.groups(path: path, groups: groups)) : .endsTransposed
  }

  /// A convolution with the same window.
  func identity(rank: Int) -> Layer? {
    var convolution = Convolution(channels: channels, kernel: kernel)
    convolution.dilation = dilation
    convolution.groups = groups
    convolution.hasBias = hasBias
    convolution.activation = activation
    return convolution.identity(rank: rank)
  }
}
