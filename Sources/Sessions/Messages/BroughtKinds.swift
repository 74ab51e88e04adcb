import Networks

/// Names that other frameworks and books give to layers, and what they are called here.
enum BroughtKind {
  /// The kind that a name stands for, or nothing where nobody brings it.
  static func kind(of word: String) -> Kind? { byWord[word.lowercased()] }

  private static let byWord: [String: Kind] = [
    "convolution": .convolution, "convolutional": .convolution, "pooling": .maximumPooling,
    "pool": .maximumPooling, "normalization": .batchNormalization, "norm": .batchNormalization,
    "syncbatchnorm": .batchNormalization, "sync_batch_norm": .batchNormalization,
    "fc": .dense, "fully_connected": .dense, "convtranspose": .transposedConvolution,
    "conv_transpose": .transposedConvolution, "convtranspose1d": .transposedConvolution,
    "convtranspose2d": .transposedConvolution, "conv1dtranspose": .transposedConvolution,
    "conv2dtranspose": .transposedConvolution, "deconvolution": .transposedConvolution,
    "tconv": .transposedConvolution, "pixel_shuffle": .pixelShuffle,
    "depth_to_space": .pixelShuffle, "depthtospace": .pixelShuffle,
    "channel_shuffle": .channelShuffle, "shuffle": .channelShuffle, "transpose": .permute,
    "view": .reshape, "unflatten": .reshape, "narrow": .slice, "crop": .slice,
    "cropping1d": .slice, "cropping2d": .slice,
  ]
}
