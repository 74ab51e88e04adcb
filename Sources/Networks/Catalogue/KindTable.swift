extension Kind {
  /// The row of the kind.
  package var row: KindRow { Self.table[self] ?? madeRow }

  private static let table = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, $0.madeRow) })

  private var madeRow: KindRow {
    switch self {
    case .convolution:
      KindRow("convolution over length, or height and width, as the input has it", Self.window)
    case .convolution1D: KindRow("convolution that insists on length", Self.window)
    case .convolution2D: KindRow("convolution that insists on height and width", Self.window)
    case .dense:
      KindRow(
        "fully connected layer; flattens its input first", aliases: ["linear"],
        [
          .positional("units", .count, "outputs", also: ["out_features"]), Self.bias,
          Self.actArgument,
        ])
    case .batchNormalization:
      KindRow(
        "batch normalization over all axes but the channels", aliases: ["batchnorm"],
        [
          .keyed(
            "momentum", .number(0...1), default: "0.9", "share of the running statistics kept"),
          .keyed(
            "eps", .number(0...1), default: "1e-05", "added to the variance", also: ["epsilon"]),
          .keyed("scale", .flag, default: "yes", "learnable gamma"),
          .keyed("center", .flag, default: "yes", "learnable beta"),
          .keyed(
            "statistics", .choice(["batch", "running"]), default: "batch",
            "what training normalizes by; running ones then stay as they are"),
        ])
    case .function(let function): function.row
    case .activation:
      KindRow(
        "an activation by name: act relu", aliases: ["activation"],
        [.positional("function", .activation, "the activation")])
    case .maximumPooling: KindRow("largest value of each window", Self.pooling)
    case .averagePooling: KindRow("mean value of each window", Self.pooling)
    case .globalAveragePooling: KindRow("mean over all positions; only the channels are left")
    case .globalMaximumPooling: KindRow("largest over all positions; only the channels are left")
    case .lastPosition: KindRow("the last position of a series; only its channels are left")
    case .flatten: KindRow("all values as features")
    case .dropout:
      KindRow(
        "zeroes values at random while training",
        [.positional("rate", .share, default: "0.5", "share that is zeroed")])
    case .scale:
      KindRow(
        "its input times one learnable number; scale 0 at the end of a residual body is ReZero",
        [.positional("start", .start, default: "1", "what the number starts at")])
    case .subsample:
      KindRow(
        "keeps every stride-th position and appends channels of zeros",
        [
          .positional("channels", .count, "channels of the output"),
          .keyed("stride", .extents, default: "1", "positions from one kept to the next"),
        ])
    case .identity: KindRow("the input as it is")
    case .sequential: KindRow("blocks one after another, as a named group", blocks: 1...1)
    case .residual:
      KindRow(
        "act(scale · body(x) + shortcut(x))",
        [
          Self.shortcut, Self.actArgument,
          .keyed("scale", .number(-1000...1000), default: "1", "factor on the body"),
        ], blocks: 1...2)
    case .parallel:
      KindRow(
        "branches that read the same input, joined",
        [
          .keyed(
            "join", .choice(Parallel.Join.allCases.map(\.rawValue)), default: "concat",
            "how the branches become one")
        ], blocks: 1...64)
    case .repeated:
      KindRow(
        "separate copies one after another, folded in the tree",
        [.positional("copies", .count, "how many copies")], blocks: 1...1)
    case .squeezeExcite:
      KindRow(
        "weighs each channel by the means of all (squeeze-excite); with { … }, those blocks, then this",
        [
          .keyed(
            "reduction", .count, default: "16", "how many times fewer units than channels")
        ], blocks: 0...1)
    case .highway:
      KindRow(
        "T · H + (1 − T) · x: H of the blocks, and a gate T = sigmoid(conv C 1)",
        [
          .keyed("bias", .start, default: "-2", "what the gate's bias starts at")
        ], blocks: 1...1)
    case .rezero:
      KindRow(
        "residual whose body ends in scale 0: the shortcut alone at first", [Self.shortcut],
        blocks: 1...1)
    case .preactivation:
      KindRow(
        "residual whose body begins with normalization and activation, nothing after the sum",
        [Self.shortcut], blocks: 1...1)
    }
  }

  private static var shortcut: KindParameter {
    .keyed("shortcut", .shortcut, default: "auto", "how the input reaches the sum")
  }

  private static var actArgument: KindParameter {
    .keyed(
      "act", .activation, default: "none", "activation of the result", also: ["activation"])
  }

  private static var bias: KindParameter {
    .keyed(
      "bias", .bias, default: "yes", "learnable bias, or what it starts at", also: ["use_bias"])
  }

  private static var window: [KindParameter] {
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
      bias, actArgument,
    ]
  }

  private static var pooling: [KindParameter] {
    [
      .positional(
        "size", .extents, default: "2", "size of the window", also: ["kernel_size", "pool_size"]),
      .keyed(
        "stride", .extents, default: "SIZE", "positions from one window to the next",
        also: ["strides"]),
      .keyed(
        "pad", .poolingPadding, default: "0", "positions added around the input",
        also: ["padding"]),
      .keyed("ceil", .flag, default: "no", "whether a last, partial window counts"),
    ]
  }
}
