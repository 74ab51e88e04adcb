/// Every kind of block that can be typed.
package enum Kind: Hashable, Sendable {
  case convolution
  case convolution1D
  case convolution2D
  case transposedConvolution
  case dense
  case batchNormalization

  /// An activation by its own name.
  case function(Activation.Function)

  /// `act NAME`.
  case activation
  case maximumPooling
  case averagePooling
  case globalAveragePooling
  case globalMaximumPooling
  case lastPosition
  case firstPosition
  case flatten
  case dropout
  case scale
  case parametricRelu
  case subsample
  case pad
  case upsample
  case pixelShuffle
  case channelShuffle
  case permute
  case slice
  case reshape
  case identity
  case tap
  case layerNormalization
  case rootMeanSquareNormalization
  case groupNormalization
  case instanceNormalization
  case localResponse
  case layerScale
  case spatialDropout
  case dropPath
  case noise
  case gatedLinear
  case attention
  case embedding
  case positions
  case classToken
  case longShortTermMemory
  case gatedRecurrentUnit
  case sequential
  case residual
  case parallel
  case join
  case repeated
  case squeezeExcite
  case highway
  case rezero
  case preactivation
}

extension Kind: RawRepresentable, CaseIterable {
  package static let allCases: [Kind] =
    [
      .convolution, .convolution1D, .convolution2D, .transposedConvolution, .dense,
      .batchNormalization,
    ]
    + Activation.Function.allCases.map { .function($0) }
    + [
      .activation, .maximumPooling, .averagePooling, .globalAveragePooling, .globalMaximumPooling,
      .lastPosition, .firstPosition, .flatten, .dropout, .scale, .parametricRelu, .subsample, .pad,
      .upsample,
      .pixelShuffle, .channelShuffle, .permute, .slice, .reshape,
      .identity, .tap, .layerNormalization, .rootMeanSquareNormalization, .groupNormalization,
      .instanceNormalization, .localResponse, .layerScale, .spatialDropout, .dropPath,
      .noise, .gatedLinear, .attention, .embedding, .positions, .classToken, .longShortTermMemory,
      .gatedRecurrentUnit,
      .sequential, .residual,
      .parallel, .join, .repeated, .squeezeExcite, .highway, .rezero, .preactivation,
    ]

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  package init?(rawValue: String) {
    guard let kind = Self.byName[rawValue] else { return nil }
    self = kind
  }

  /// The name in the language.
  package var rawValue: String {
    switch self {
    case .convolution: "conv"
    case .convolution1D: "conv1d"
    case .convolution2D: "conv2d"
    case .transposedConvolution: "deconv"
    case .dense: "dense"
    case .batchNormalization: "bn"
    case .function(let function): function.rawValue
    case .activation: "act"
    case .maximumPooling: "maxpool"
    case .averagePooling: "avgpool"
    case .globalAveragePooling: "gap"
    case .globalMaximumPooling: "gmp"
    case .lastPosition: "last"
    case .firstPosition: "first"
    case .flatten: "flatten"
    case .dropout: "dropout"
    case .scale: "scale"
    case .parametricRelu: "prelu"
    case .subsample: "subsample"
    case .pad: "pad"
    case .upsample: "upsample"
    case .pixelShuffle: "pixelshuffle"
    case .channelShuffle: "channelshuffle"
    case .permute: "permute"
    case .slice: "slice"
    case .reshape: "reshape"
    case .identity: "identity"
    case .tap: "tap"
    case .layerNormalization: "ln"
    case .rootMeanSquareNormalization: "rmsnorm"
    case .groupNormalization: "gn"
    case .instanceNormalization: "instnorm"
    case .localResponse: "lrn"
    case .layerScale: "layerscale"
    case .spatialDropout: "spatialdropout"
    case .dropPath: "droppath"
    case .noise: "noise"
    case .gatedLinear: "glu"
    case .attention: "attention"
    case .embedding: "embedding"
    case .positions: "positions"
    case .classToken: "cls"
    case .longShortTermMemory: "lstm"
    case .gatedRecurrentUnit: "gru"
    case .sequential: "seq"
    case .residual: "residual"
    case .parallel: "parallel"
    case .join: "join"
    case .repeated: "repeat"
    case .squeezeExcite: "se"
    case .highway: "highway"
    case .rezero: "rezero"
    case .preactivation: "preact"
    }
  }
}

extension Kind {
  /// The kind of a name or alias, or nothing.
  package init?(word: String) {
    guard let kind = Kind(rawValue: word) ?? Self.aliases[word] else { return nil }
    self = kind
  }

  private static let aliases = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { kind in kind.row.aliases.map { ($0, kind) } })

  /// All names and aliases, those of a kind together.
  package static let words = allCases.flatMap { [$0.rawValue] + $0.row.aliases }

  /// The stem of automatic names.
  package var nameStem: String {
    switch self {
    case .convolution1D, .convolution2D: Kind.convolution.rawValue
    case .residual, .rezero, .preactivation: "res"
    case .function(.relu6): Activation.Function.relu.rawValue
    case .repeated: "rep"
    case .parallel: "par"
    default: rawValue
    }
  }

  /// The stem of automatic names of what the kind makes with `{ … }`.
  package var nameStemWithBraces: String {
    self == .squeezeExcite ? Kind.sequential.nameStem : nameStem
  }
}

extension Block {
  /// The kind of the block.
  package var kind: Kind {
    switch form {
    case .layer(let layer): layer.kind
    case .sequential: .sequential
    case .repeated, .shared: .repeated
    case .residual: .residual
    case .parallel(let parallel):
      switch parallel.gate {
      case nil: .parallel
      case .squeezeExcite: .squeezeExcite
      case .highway: .highway
      }
    case .join: .join
    }
  }
}
