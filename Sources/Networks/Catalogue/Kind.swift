/// Every kind of block that can be typed, by its name in the language.
package enum Kind: String, CaseIterable, Hashable, Sendable {
  case convolution = "conv"
  case convolution1D = "conv1d"
  case convolution2D = "conv2d"
  case dense
  case batchNormalization = "bn"
  case relu
  case leaky
  case sigmoid
  case tanh
  case elu
  case selu
  case gelu
  case silu
  case mish
  case softplus
  case softsign
  case softmax
  case activation = "act"
  case maximumPooling = "maxpool"
  case averagePooling = "avgpool"
  case globalAveragePooling = "gap"
  case globalMaximumPooling = "gmp"
  case lastPosition = "last"
  case flatten
  case dropout
  case scale
  case subsample
  case identity
  case sequential = "seq"
  case residual
  case parallel
  case repeated = "repeat"
  case squeezeExcite = "se"
  case highway
  case rezero
  case preactivation = "preact"

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

extension Layer {
  /// The kind under which the layer is listed.
  package var kind: Kind {
    switch self {
    case .convolution(let convolution):
      switch convolution.insistedRank {
      case 1: .convolution1D
      case 2: .convolution2D
      default: .convolution
      }
    case .dense: .dense
    case .batchNormalization: .batchNormalization
    case .activation(let activation): activation.kind
    case .pooling(let pooling):
      switch pooling.kind {
      case .maximum: .maximumPooling
      case .average: .averagePooling
      }
    case .globalPooling(.average): .globalAveragePooling
    case .globalPooling(.maximum): .globalMaximumPooling
    case .globalPooling(.last): .lastPosition
    case .flatten: .flatten
    case .dropout: .dropout
    case .scale: .scale
    case .subsample: .subsample
    case .identity: .identity
    }
  }
}

extension Activation {
  /// The kind under which the activation is listed.
  package var kind: Kind {
    switch self {
    case .relu: .relu
    case .leaky: .leaky
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .elu: .elu
    case .selu: .selu
    case .gelu: .gelu
    case .silu: .silu
    case .mish: .mish
    case .softplus: .softplus
    case .softsign: .softsign
    case .softmax: .softmax
    }
  }

  /// The activation of a name or alias with its default parameters, or nothing.
  package init?(word: String) {
    switch Kind(word: word) {
    case .relu: self = .relu
    case .leaky: self = .leaky(slope: 0.01)
    case .sigmoid: self = .sigmoid
    case .tanh: self = .tanh
    case .elu: self = .elu(alpha: 1)
    case .selu: self = .selu
    case .gelu: self = .gelu
    case .silu: self = .silu
    case .mish: self = .mish
    case .softplus: self = .softplus
    case .softsign: self = .softsign
    case .softmax: self = .softmax
    default: return nil
    }
  }
}

extension Block {
  /// The kind of the block.
  package var kind: Kind {
    switch form {
    case .layer(let layer): layer.kind
    case .sequential: .sequential
    case .repeated: .repeated
    case .residual: .residual
    case .parallel(let parallel):
      switch parallel.gate {
      case nil: .parallel
      case .squeezeExcite: .squeezeExcite
      case .highway: .highway
      }
    }
  }
}
