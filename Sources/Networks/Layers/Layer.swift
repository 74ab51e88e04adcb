/// What a leaf of the tree computes.
///
/// Closed on purpose: a new layer is a new case, and every `switch` without `default` then lists what it lacks.
/// What a layer is to shapes, parameters and edits stands in its definition.
package enum Layer: Hashable, Sendable {
  case convolution(Convolution)
  case transposedConvolution(TransposedConvolution)
  case dense(Dense)
  case batchNormalization(BatchNormalization)
  case activation(Activation)
  case pooling(Pooling)
  case globalPooling(GlobalPooling)
  case flatten
  case dropout(Dropout)
  case scale(Scale)
  case parametricRelu(ParametricRelu)
  case subsample(Subsample)
  case pad(Pad)
  case upsample(Upsample)
  case rearrangement(Rearrangement)
  case identity
  case tap(Tap)
  case exampleNormalization(ExampleNormalization)
  case localResponse(LocalResponse)
  case noise(Noise)
  case gatedLinear
  case attention(Attention)
  case embedding(Embedding)
  case positions(Positions)
  case classToken
  case recurrent(Recurrent)
}

extension Layer {
  /// What the layer tells about itself.
  var definition: any LayerDefinition {
    switch self {
    case .convolution(let convolution): convolution
    case .transposedConvolution(let convolution): convolution
    case .dense(let dense): dense
    case .batchNormalization(let normalization): normalization
    case .activation(let activation): activation
    case .pooling(let pooling): pooling
    case .globalPooling(let pooling): pooling
    case .flatten: Flatten()
    case .dropout(let dropout): dropout
    case .scale(let scale): scale
    case .parametricRelu(let relu): relu
    case .subsample(let subsample): subsample
    case .pad(let pad): pad
    case .upsample(let upsample): upsample
    case .rearrangement(let rearrangement): rearrangement.definition
    case .identity: Identity()
    case .tap(let tap): tap
    case .exampleNormalization(let normalization): normalization
    case .localResponse(let response): response
    case .noise(let noise): noise
    case .gatedLinear: GatedLinear()
    case .attention(let attention): attention
    case .embedding(let embedding): embedding
    case .positions(let positions): positions
    case .classToken: ClassToken()
    case .recurrent(let recurrent): recurrent
    }
  }

  /// The kind under which the layer is listed.
  package var kind: Kind { definition.kind }

  /// Whether the layer brings values to a mean and a variance, or to a mean square.
  package var isNormalization: Bool { definition.isNormalization }

  /// The activation argument of a convolution or dense layer.
  package var ownActivation: Activation? { definition.ownActivation }

  /// The layer of a kind with its arguments, or nothing where the kind is a container.
  package init?(_ arguments: Arguments) {
    guard let layer = arguments.kind.row.layer?(arguments) else { return nil }
    self = layer
  }

  /// The arguments that make the layer again.
  package var arguments: Arguments {
    let definition = definition
    var arguments = Arguments(definition.kind)
    definition.write(to: &arguments)
    return arguments
  }
}
