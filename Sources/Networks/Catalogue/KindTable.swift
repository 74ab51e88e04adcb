extension Kind {
  /// The row of the kind.
  package var row: KindRow { Self.table[self] ?? madeRow }

  private static let table = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, $0.madeRow) })

  /// The family that the kind belongs to.
  package var family: KindFamily { row.family }

  private var madeRow: KindRow {
    switch self {
    case .convolution:
      Convolution.row("convolution over length, or height and width, as the input has it")
    case .convolution1D: Convolution.row("convolution that insists on length", insistedRank: 1)
    case .convolution2D:
      Convolution.row("convolution that insists on height and width", insistedRank: 2)
    case .transposedConvolution: TransposedConvolution.row
    case .dense: Dense.row
    case .batchNormalization: BatchNormalization.row
    case .function(let function): function.row
    case .activation: Activation.row
    case .maximumPooling: Pooling.row("largest value of each window", .maximum)
    case .averagePooling: Pooling.row("mean value of each window", .average)
    case .globalAveragePooling:
      GlobalPooling.row("mean over all positions; only the channels are left", .average)
    case .globalMaximumPooling:
      GlobalPooling.row("largest over all positions; only the channels are left", .maximum)
    case .lastPosition:
      GlobalPooling.row("the last position of a series; only its channels are left", .last)
    case .firstPosition:
      GlobalPooling.row("the first position of a series; only its channels are left", .first)
    case .flatten: Flatten.row
    case .dropout: Dropout.row
    case .scale: Scale.row
    case .parametricRelu: ParametricRelu.row
    case .subsample: Subsample.row
    case .pad: Pad.row
    case .upsample: Upsample.row
    case .pixelShuffle: PixelShuffle.row
    case .channelShuffle: ChannelShuffle.row
    case .permute: Permute.row
    case .slice: Slicing.row
    case .reshape: Reshape.row
    case .identity: Identity.row
    case .tap: Tap.row
    case .layerNormalization: ExampleNormalization.layerRow
    case .rootMeanSquareNormalization: ExampleNormalization.rootMeanSquareRow
    case .groupNormalization: ExampleNormalization.groupRow
    case .instanceNormalization: ExampleNormalization.instanceRow
    case .localResponse: LocalResponse.row
    case .layerScale: Scale.channelRow
    case .spatialDropout: Dropout.channelRow
    case .dropPath: Dropout.exampleRow
    case .noise: Noise.row
    case .gatedLinear: GatedLinear.row
    case .attention: Attention.row
    case .embedding: Embedding.row
    case .positions: Positions.row
    case .classToken: ClassToken.row
    case .longShortTermMemory: Recurrent.longShortTermRow
    case .gatedRecurrentUnit: Recurrent.gatedUnitRow
    case .sequential:
      KindRow("blocks one after another, as a named group", [.checkpoint], blocks: 1...1)
    case .residual:
      KindRow(
        "act(scale · body(x) + shortcut(x))",
        [
          Self.shortcut, .act,
          .keyed("scale", .number(-1000...1000), default: "1", "factor on the body"),
          .checkpoint,
        ], blocks: 1...2)
    case .parallel:
      KindRow(
        "branches that read the same input, joined",
        [
          .keyed(
            "join", .choice(Parallel.Join.allCases.map(\.rawValue)), default: "concat",
            "how the branches become one"), .checkpoint,
        ], blocks: 1...64)
    case .join:
      KindRow(
        "joins a tapped value with what comes in: its sum, or its channels first; { … } are on its way",
        [
          .positional("tap", .name, "the name of the tap"),
          .positional(
            "join", .choice(TapJoin.joins.map(\.rawValue)), default: "add",
            "how the two become one"), .checkpoint,
        ], blocks: 0...1)
    case .repeated:
      KindRow(
        "separate copies one after another, folded in the tree",
        [
          .positional("copies", .count, "how many copies"),
          .keyed(
            "shared", .flag, default: "no",
            "one body for all of them, run through so many times with the same weights"),
          .checkpoint,
        ], blocks: 1...1)
    case .squeezeExcite: SqueezeExcite.row
    case .highway:
      KindRow(
        "T · H + (1 − T) · x: H of the blocks, and a gate T = sigmoid(conv C 1)",
        [
          .keyed("bias", .start, default: "-2", "what the gate's bias starts at"), .checkpoint,
        ], blocks: 1...1)
    case .rezero:
      KindRow(
        "residual whose body ends in scale 0: the shortcut alone at first",
        [Self.shortcut, .checkpoint], blocks: 1...1)
    case .preactivation:
      KindRow(
        "residual whose body begins with normalization and activation, nothing after the sum",
        [Self.shortcut, .checkpoint], blocks: 1...1)
    }
  }

  private static var shortcut: KindParameter {
    .keyed("shortcut", .shortcut, default: "auto", "how the input reaches the sum")
  }
}
