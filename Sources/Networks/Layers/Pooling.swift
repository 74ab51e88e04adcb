/// The largest or the mean value of a sliding window.
package struct Pooling: Hashable, Sendable {
  /// What is taken of each window.
  package enum Reduction: Hashable, Sendable {
    case maximum

    /// Padded zeros count as values, as Gluon's and PyTorch's defaults have it.
    case average
  }

  package var reduction: Reduction
  package var size: Extents

  /// Nothing means as much as `size`.
  package var stride: Extents?
  package var padding = Padding(0)

  /// Whether a last, partial window counts.
  package var roundsUp = false

  /// Windows beside each other, without padding.
  package init(reduction: Reduction, size: Extents) {
    self.reduction = reduction
    self.size = size
  }
}

extension Pooling: LayerDefinition {
  static func row(_ summary: String, _ reduction: Reduction) -> KindRow {
    KindRow(
      summary, .pooling,
      [
        .positional(
          "size", .extents, default: "2", "size of the window",
          also: ["kernel_size", "pool_size"]),
        .keyed(
          "stride", .extents, default: "SIZE", "positions from one window to the next",
          also: ["strides"]),
        .keyed(
          "pad", .padding, default: "0", "positions added around the input",
          also: ["padding"]),
        .keyed("ceil", .flag, default: "no", "whether a last, partial window counts"),
      ]
    ) { arguments in
      var pooling = Pooling(reduction: reduction, size: arguments.extents("size") ?? Extents(2))
      pooling.stride = arguments.extents("stride")
      pooling.padding = arguments.padding("pad")
      pooling.roundsUp = arguments.flag("ceil")
      return .pooling(pooling)
    }
  }

  func write(to arguments: inout Arguments) {
    arguments["size"] = .extents(size)
    if let stride { arguments["stride"] = .extents(stride) }
    arguments["pad"] = .padding(padding)
    arguments["ceil"] = .flag(roundsUp)
  }

  var kind: Kind {
    switch reduction {
    case .maximum: .maximumPooling
    case .average: .averagePooling
    }
  }

  /// The windows over an input of so many spatial dimensions.
  package func windows(over input: Shape) throws(ShapeFault) -> Windows {
    if input.spatialRank == 0 {
      throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input)
    }
    return try Windows(
      kernel: size, called: "size", stride: stride ?? size, padding: padding,
      dilation: Extents(1), input: input)
  }

  func slidingWindows(over input: Shape) throws(ShapeFault) -> Windows? {
    try windows(over: input)
  }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    guard let windows else { return input }
    for (kernel, padding) in zip(windows.kernel, windows.padding)
    where padding.before >= kernel || padding.after >= kernel {
      throw .paddingWidth(kernel: kernel, padding: padding)
    }
    return input.replacingSpatial(try windows.positions(over: input, roundsUp: roundsUp))
  }

  func repairs(of fault: ShapeFault) -> [[Setting.Value]] {
    guard case .causalPadding = fault else { return [] }
    return [[Setting.Value("pad", .padding(Padding(0)))]]
  }

  var window: LayerWindow? {
    LayerWindow(
      kernel: size, stride: stride ?? size, padding: padding, dilation: Extents(1))
  }
}
