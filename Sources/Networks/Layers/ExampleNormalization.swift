/// Normalization of each example by itself: training and evaluation compute the same.
///
/// y = (x − mean) / √(variance + eps) · weight + bias, where mean and variance are those of a set of values.
/// Weight (gamma) and bias (beta) are `[channels]`, or of the shape of an example where that is the set.
package struct ExampleNormalization: Hashable, Sendable {
  /// The values that are normalized together.
  package enum Sets: Hashable, Sendable {
    /// The channels of each position: layer normalization as in transformers and ConvNeXt.
    case channels

    /// All values of an example (Ba, Kiros and Hinton 2016).
    case example

    /// The channels of each position, by their root mean square and without a mean (Zhang and Sennrich 2019).
    case rootMeanSquare

    /// All positions of so many groups of channels (Wu and He 2018).
    case groups(Int)

    /// All positions of each channel (Ulyanov, Vedaldi and Lempitsky 2016).
    case positions
  }

  package let sets: Sets

  /// Added to the variance under the root.
  package var epsilon: Double

  /// Whether there are a learnable weight and, but for root mean squares, a bias.
  package var isAffine: Bool

  /// PyTorch's defaults.
  package init(over sets: Sets) {
    self.sets = sets
    epsilon = sets == .rootMeanSquare ? 1.1920929e-07 : 1e-5
    isAffine = sets != .positions
  }

  /// Whether a mean is taken away, so that there is a bias to put another one in its place.
  package var isCentred: Bool { sets != .rootMeanSquare }
}

extension ExampleNormalization: LayerDefinition {
  var isNormalization: Bool { true }

  /// The row of a kind, whose other parameters say over what it normalizes.
  private static func row(
    _ summary: String, _ alias: String, _ parameters: [KindParameter], epsilon: String = "1e-05",
    affine: String = "yes", _ sets: @escaping @Sendable (Arguments) -> Sets
  ) -> KindRow {
    KindRow(
      summary, .normalization, aliases: [alias],
      parameters + [
        .keyed(
          "eps", .number(0...1), default: epsilon, "added to the variance", also: ["epsilon"]),
        .keyed(
          "affine", .flag, default: affine, "learnable weight and bias",
          also: ["elementwise_affine"]),
      ]
    ) { arguments in
      var normalization = ExampleNormalization(over: sets(arguments))
      normalization.epsilon = arguments.number("eps")
      normalization.isAffine = arguments.flag("affine")
      return .exampleNormalization(normalization)
    }
  }

  static let layerRow = row(
    "layer normalization: over the channels of each position, or over all of an example",
    "layernorm",
    [.keyed("over", .choice(["channels", "all"]), default: "channels", "values of one mean")]
  ) { $0.word("over") == "all" ? .example : .channels }

  static let rootMeanSquareRow = row(
    "divides the channels of each position by their root mean square", "rms", [],
    epsilon: "1.1920929e-07"
  ) { _ in .rootMeanSquare }

  static let groupRow = row(
    "group normalization: over all positions of each group of channels", "groupnorm",
    [.positional("groups", .count, "groups of channels", also: ["num_groups"])]
  ) { .groups($0.count("groups")) }

  static let instanceRow = row(
    "instance normalization: each channel of an example over its positions", "instancenorm", [],
    affine: "no"
  ) { _ in .positions }

  func write(to arguments: inout Arguments) {
    arguments["eps"] = .number(epsilon)
    arguments["affine"] = .flag(isAffine)
    switch sets {
    case .channels: arguments["over"] = .word("channels")
    case .example: arguments["over"] = .word("all")
    case .groups(let groups): arguments["groups"] = .count(groups)
    case .rootMeanSquare, .positions: break
    }
  }

  /// The kind under which it is listed.
  package var kind: Kind {
    switch sets {
    case .channels, .example: .layerNormalization
    case .rootMeanSquare: .rootMeanSquareNormalization
    case .groups: .groupNormalization
    case .positions: .instanceNormalization
    }
  }

  var learns: Bool { isAffine }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    switch sets {
    case .groups(let groups) where input.channels % max(groups, 1) != 0 || groups < 1:
      throw .normalizationGroups(groups: groups, channels: input.channels)
    case .positions where input.spatialRank == 0:
      throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input)
    case .channels, .example, .rootMeanSquare, .groups, .positions: return input
    }
  }

  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    switch sets {
    case .channels, .rootMeanSquare: field
    case .example, .groups, .positions: input.spatialRank == 0 ? field : .whole
    }
  }

  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    guard isAffine else { return [] }
    let shape = sets == .example ? input.extents : [input.channels]
    let weight = ParameterNeed(
      role: .weight, shape: shape, purpose: .gamma(closesResidual: false))
    let bias = ParameterNeed(role: .bias, shape: shape, purpose: .beta)
    return isCentred ? [weight, bias] : [weight]
  }

  func channelFlow(path: String) -> ChannelFlow {
    switch sets {
    case .positions: isAffine ? .passesWithParameters : .passes
    case .channels, .example, .rootMeanSquare, .groups: .refuses(.mixing(path: path, kind: kind))
    }
  }
}
