extension PythonLayer {
  /// The layers and activations, those of PyTorch before those of Keras and Gluon that have the same name.
  static let table: [PythonLayer] =
    layers
    + (activations.map { ($0.key, $0.value) } + named.map { ($0.key, $0.value) })
    .map { PythonLayer(names: [$0.0], word: $0.1) }

  private static let layers: [PythonLayer] = [
    PythonLayer(names: ["Conv1d", "Conv2d"], word: "conv", arguments: torchConvolution),
    PythonLayer(
      names: ["Conv1D", "Conv2D", "Convolution1D", "Convolution2D"], word: "conv",
      arguments: kerasConvolution),
    PythonLayer(
      names: ["ConvTranspose1d", "ConvTranspose2d"], word: "deconv",
      arguments: [
        at(1, ["out_channels"]), at(2, ["kernel_size"]), key("stride", 3, ["stride"]),
        key("pad", 4, ["padding"], missing: "0"), key("outpad", 5, ["output_padding"]),
        key("groups", 6, ["groups"]), key("bias", 7, ["bias"]), key("dilation", 8, ["dilation"]),
      ]),
    PythonLayer(
      names: ["Conv1DTranspose", "Conv2DTranspose"], word: "deconv",
      arguments: [
        at(0, ["filters", "channels"]), at(1, ["kernel_size"]), key("stride", 2, ["strides"]),
        key("pad", 3, ["padding"], missing: "0"), key("bias", nil, ["use_bias"]),
      ]),
    PythonLayer(
      names: ["Linear", "LazyLinear"], word: "dense",
      arguments: [at(1, ["out_features"]), key("bias", 2, ["bias"])], readsFeatures: true),
    PythonLayer(
      names: ["LazyLinear"], word: "dense", arguments: [at(0, ["out_features"])],
      readsFeatures: true),
    PythonLayer(
      names: ["Dense"], word: "dense",
      arguments: [
        at(0, ["units"]), key("act", 1, ["activation"], change: activation),
        key("bias", 2, ["use_bias"]),
      ], readsFeatures: true),
    PythonLayer(
      names: ["BatchNorm1d", "BatchNorm2d", "SyncBatchNorm"], word: "bn",
      arguments: [
        key("eps", 1, ["eps"]), key("momentum", 2, ["momentum"], change: complement),
        key("scale", 3, ["affine"]), key("center", 3, ["affine"]),
      ]),
    PythonLayer(
      names: ["BatchNormalization"], word: "bn",
      arguments: [
        key("momentum", 1, ["momentum"], missing: "0.99"),
        key("eps", 2, ["epsilon"], missing: "0.001"), key("center", 3, ["center"]),
        key("scale", 4, ["scale"]),
      ]),
    PythonLayer(
      names: ["BatchNorm"], word: "bn",
      arguments: [
        key("momentum", 1, ["momentum"]), key("eps", 2, ["epsilon"]), key("center", 3, ["center"]),
        key("scale", 4, ["scale"]),
      ]),
    PythonLayer(
      names: ["LayerNorm"], word: "ln", arguments: [key("eps", 1, ["eps", "epsilon"])],
      readsFeatures: true),
    PythonLayer(
      names: ["LayerNormalization"], word: "ln",
      arguments: [key("eps", 1, ["epsilon"], missing: "0.001")]),
    PythonLayer(
      names: ["RMSNorm"], word: "rmsnorm", arguments: [key("eps", 1, ["eps"])],
      readsFeatures: true),
    PythonLayer(
      names: ["GroupNorm"], word: "gn",
      arguments: [at(0, ["num_groups"]), key("eps", 2, ["eps", "epsilon"])]),
    PythonLayer(
      names: ["GroupNormalization"], word: "gn",
      arguments: [
        at(0, ["groups"], missing: "32"), key("eps", 2, ["epsilon"], missing: "0.001"),
      ]),
    PythonLayer(
      names: ["InstanceNorm1d", "InstanceNorm2d"], word: "instnorm",
      arguments: [key("eps", 1, ["eps"]), key("affine", 3, ["affine"])]),
    PythonLayer(
      names: ["MaxPool1d", "MaxPool2d"], word: "maxpool", arguments: torchPooling(ceiling: 5)),
    PythonLayer(
      names: ["AvgPool1d", "AvgPool2d"], word: "avgpool", arguments: torchPooling(ceiling: 3)),
    PythonLayer(
      names: ["MaxPool1D", "MaxPool2D", "MaxPooling1D", "MaxPooling2D"], word: "maxpool",
      arguments: kerasPooling),
    PythonLayer(
      names: ["AvgPool1D", "AvgPool2D", "AveragePooling1D", "AveragePooling2D"], word: "avgpool",
      arguments: kerasPooling),
    PythonLayer(
      names: [
        "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAvgPool1D", "GlobalAvgPool2D",
      ], word: "gap"),
    PythonLayer(
      names: ["GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPool1D", "GlobalMaxPool2D"],
      word: "gmp"),
    PythonLayer(names: ["Flatten", "flatten"], word: "flatten"),
    PythonLayer(names: ["Identity"], word: "identity"),
    PythonLayer(
      names: ["Dropout", "dropout"], word: "dropout",
      arguments: [at(0, ["p", "rate"], missing: "0.5")]),
    PythonLayer(
      names: ["Dropout1d", "Dropout2d", "SpatialDropout1D", "SpatialDropout2D"],
      word: "spatialdropout", arguments: [at(0, ["p", "rate"], missing: "0.5")]),
    PythonLayer(
      names: ["Embedding"], word: "embedding",
      arguments: [
        at(0, ["num_embeddings", "input_dim"]), at(1, ["embedding_dim", "output_dim"]),
      ]),
    PythonLayer(
      names: ["MultiheadAttention"], word: "attention",
      arguments: [
        at(1, ["num_heads"]), key("dropout", 2, ["dropout"]), key("bias", 3, ["bias"]),
      ]),
    PythonLayer(
      names: ["Upsample"], word: "upsample", arguments: [at(1, ["scale_factor"])]),
    PythonLayer(
      names: ["UpSampling1D", "UpSampling2D"], word: "upsample",
      arguments: [at(0, ["size"], missing: "2")]),
    PythonLayer(
      names: ["PixelShuffle"], word: "pixelshuffle", arguments: [at(0, ["upscale_factor"])]),
    PythonLayer(names: ["GLU"], word: "glu"),
    PythonLayer(
      names: ["LeakyReLU", "leaky_relu"], word: "leaky",
      arguments: [
        at(0, ["negative_slope", "alpha"], missing: "0.01")
      ]),
    PythonLayer(names: ["ELU"], word: "elu", arguments: [at(0, ["alpha"], missing: "1")]),
  ]

  /// Activations by the names that functions and arguments have there.
  static let activations = [
    "relu": "relu", "sigmoid": "sigmoid", "tanh": "tanh", "elu": "elu", "selu": "selu",
    "gelu": "gelu", "silu": "silu", "swish": "silu", "mish": "mish", "hardswish": "hardswish",
    "hard_swish": "hardswish", "hardsigmoid": "hardsigmoid", "hard_sigmoid": "hardsigmoid",
    "relu6": "relu6", "softplus": "softplus", "softsign": "softsign", "softmax": "softmax",
    "softrelu": "softplus", "leaky_relu": "leaky",
  ]

  /// Activations by the names of their layers.
  private static let named = [
    "ReLU": "relu", "Sigmoid": "sigmoid", "Tanh": "tanh", "SELU": "selu", "GELU": "gelu",
    "SiLU": "silu", "Swish": "silu", "Mish": "mish", "Hardswish": "hardswish",
    "Hardsigmoid": "hardsigmoid", "ReLU6": "relu6", "Softplus": "softplus",
    "Softsign": "softsign", "Softmax": "softmax",
  ]

  private static let torchConvolution = [
    at(1, ["out_channels"]), at(2, ["kernel_size"]), key("stride", 3, ["stride"]),
    key("pad", 4, ["padding"], missing: "0"), key("dilation", 5, ["dilation"]),
    key("groups", 6, ["groups"]), key("bias", 7, ["bias"]),
  ]

  private static let kerasConvolution = [
    at(0, ["filters", "channels"]), at(1, ["kernel_size"]), key("stride", 2, ["strides"]),
    key("pad", 3, ["padding"], missing: "0", change: { $0 == "valid" ? "0" : $0 }),
    key("dilation", nil, ["dilation_rate", "dilation"]), key("groups", nil, ["groups"]),
    key("act", nil, ["activation"], change: activation), key("bias", nil, ["use_bias"]),
  ]

  private static func torchPooling(ceiling: Int) -> [Argument] {
    [
      at(0, ["kernel_size"]), key("stride", 1, ["stride"]), key("pad", 2, ["padding"]),
      key("ceil", ceiling, ["ceil_mode"]),
    ]
  }

  private static let kerasPooling = [
    at(0, ["pool_size"], missing: "2"), key("stride", 1, ["strides"]),
    key("pad", 2, ["padding"], change: { $0 == "valid" ? "0" : $0 }),
  ]

  /// An argument that goes by its place here.
  private static func at(_ position: Int, _ names: [String], missing: String? = nil) -> Argument {
    Argument(names: names, position: position, key: nil, missing: missing, change: { $0 })
  }

  private static func key(
    _ key: String, _ position: Int?, _ names: [String], missing: String? = nil,
    change: @escaping @Sendable (String) -> String? = { $0 }
  ) -> Argument {
    Argument(names: names, position: position, key: key, missing: missing, change: change)
  }

  @Sendable private static func activation(_ word: String) -> String? {
    activations[word.lowercased()]
  }

  /// PyTorch's momentum is the share of the new statistics, that of the others and ours the share of the old ones.
  @Sendable private static func complement(_ word: String) -> String? {
    Double(word).map { "\(((1 - $0) * 1e9).rounded() / 1e9)" }
  }
}
