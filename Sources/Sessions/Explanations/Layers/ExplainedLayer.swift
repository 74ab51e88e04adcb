import Networks

/// What there is to explain about a layer with the numbers of a network.
///
/// Where nothing is said, it is that of a layer that leaves the shape as it is and multiplies nothing.
protocol ExplainedLayer {
  /// What the layer does to its input, in sentences.
  func sentences(_ facts: BlockFacts) -> [String]

  /// The windows that the layer slides over its input, or nothing for one without.
  func windows(_ facts: BlockFacts) -> Windows?

  /// How the extents of the output come about, where windows do not tell.
  func sizes(_ facts: BlockFacts) -> [BlockFormula]

  /// The products that its multiply-adds are the sum of, or nothing for a layer that counts none.
  func products(_ facts: BlockFacts) -> String?
}

extension ExplainedLayer {
  func windows(_ facts: BlockFacts) -> Windows? { nil }
  func sizes(_ facts: BlockFacts) -> [BlockFormula] { [] }
  func products(_ facts: BlockFacts) -> String? { nil }
}

extension Layer {
  /// What there is to explain about the layer.
  var explained: any ExplainedLayer {
    switch self {
    case .convolution(let convolution): convolution
    case .transposedConvolution(let convolution): convolution
    case .dense(let dense): dense
    case .batchNormalization(let normalization): normalization
    case .activation(let activation): activation
    case .pooling(let pooling): pooling
    case .globalPooling(let pooling): pooling
    case .flatten: ExplainedFlatten()
    case .dropout(let dropout): dropout
    case .scale(let scale): scale
    case .parametricRelu(let relu): relu
    case .subsample(let subsample): subsample
    case .pad(let pad): pad
    case .upsample(let upsample): upsample
    case .rearrangement(let rearrangement): rearrangement
    case .identity: ExplainedIdentity()
    case .tap(let tap): tap
    case .exampleNormalization(let normalization): normalization
    case .localResponse(let response): response
    case .noise(let noise): noise
    case .gatedLinear: GatedLinear()
    case .attention(let attention): attention
    case .embedding(let embedding): embedding
    case .positions(let positions): positions
    case .classToken: ExplainedClassToken()
    case .recurrent(let recurrent): recurrent
    }
  }
}

extension [Int] {
  /// The numbers with points between them: `2·3·4`.
  var asProduct: String { map(String.init).joined(separator: "·") }

  /// The numbers with signs of multiplication between them, one where all are equal: `3`, `3×5`.
  var asExtents: String {
    Set(self).count == 1 ? "\(self[0])" : map(String.init).joined(separator: "×")
  }
}
