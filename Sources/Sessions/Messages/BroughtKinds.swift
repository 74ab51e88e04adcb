import Networks

/// Names that other frameworks and books give to layers, and what they are called here.
enum BroughtKind {
  /// The kind that a name stands for, or nothing where nobody brings it.
  static func kind(of word: String) -> Kind? { byWord[word.lowercased()] }

  private static let byWord: [String: Kind] = [
    "convolution": .convolution, "convolutional": .convolution, "pooling": .maximumPooling,
    "pool": .maximumPooling, "normalization": .batchNormalization, "norm": .batchNormalization,
    "fc": .dense, "fully_connected": .dense,
  ]
}
