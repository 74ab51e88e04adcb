import Networks

/// Normalizations of each example by itself, and what is learned or drawn beside them.
extension KerasDialect {
  mutating func exampleNormalization(_ layer: LayerPattern, rank: Int) -> CodeModule {
    let isAffine = layer.isSet("affine")
    let plain = isAffine ? [] : ["center=False", "scale=False"]
    let epsilon = "epsilon=\(layer.number("eps") ?? 1e-5)"
    let name: String
    var words: [String]
    switch layer.kind {
    case .groupNormalization:
      name = "keras.layers.GroupNormalization"
      words = ["groups=\(layer.formula("groups").python)", epsilon] + plain
    case .instanceNormalization:
      name = "keras.layers.GroupNormalization"
      words = ["groups=-1", epsilon] + plain
    case .rootMeanSquareNormalization:
      if !isAffine { need("RootMeanSquare", Self.rootMeanSquare) }
      name = isAffine ? "keras.layers.RMSNormalization" : "RootMeanSquare"
      words = [epsilon]
    default:
      name = "keras.layers.LayerNormalization"
      words = [epsilon] + plain
      if layer.extents != nil {
        let axes = (1...rank + 1).map(String.init).joined(separator: ", ")
        words.insert("axis=[\(axes)]", at: 0)
      }
    }
    if isAffine { return learned(name, words, layer) }
    return CodeModule(text: "\(name)(\(words.joined(separator: ", ")))")
  }

  mutating func localResponse(_ layer: LayerPattern) -> CodeModule {
    need("LocalResponse", Self.localResponse)
    let words = ["size", "alpha", "beta", "k"].map { layer.formula($0).python }
    return CodeModule(text: "LocalResponse(\(words.joined(separator: ", ")))")
  }

  static func dropPath(_ layer: LayerPattern, rank: Int) -> String {
    let shape = PythonText.tuple(["None"] + Array(repeating: "1", count: rank + 1))
    return "keras.layers.Dropout(\(layer.formula("rate").python), noise_shape=\(shape))"
  }

  static let layerScale = """
    class LayerScale(keras.layers.Layer):
        \"""Multiplies each channel by a number, which is learned.\"""

        def __init__(self, start=1e-6, **kwargs):
            super().__init__(**kwargs)
            self.start = start

        def build(self, input_shape):
            start = keras.initializers.Constant(self.start)
            self.weight = self.add_weight(shape=input_shape[-1:], initializer=start, name="weight")

        def call(self, x):
            return self.weight * x
    """

  static let gatedLinear = """
    class GatedLinear(keras.layers.Layer):
        \"""The first half of the channels times the sigmoid of the second.\"""

        def call(self, x):
            return keras.activations.glu(x)
    """

  private static let rootMeanSquare = """
    class RootMeanSquare(keras.layers.Layer):
        \"""Divides the channels of each position by their root mean square.\"""

        def __init__(self, epsilon):
            super().__init__()
            self.epsilon = epsilon

        def call(self, x):
            means = keras.ops.mean(keras.ops.square(x), axis=-1, keepdims=True)
            return x * keras.ops.rsqrt(means + self.epsilon)
    """

  private static let localResponse = """
    class LocalResponse(keras.layers.Layer):
        \"""Divides each value by the squares of the channels around it.\"""

        def __init__(self, size, alpha=1e-4, beta=0.75, k=1.0):
            super().__init__()
            self.size, self.alpha, self.beta, self.k = size, alpha, beta, k

        def call(self, x):
            channels = x.shape[-1]
            sides = ((0, 0),) * (len(x.shape) - 1) + ((self.size // 2, (self.size - 1) // 2),)
            squares = keras.ops.pad(keras.ops.square(x), sides)
            total = sum(squares[..., first : first + channels] for first in range(self.size))
            return x / (self.k + self.alpha / self.size * total) ** self.beta
    """
}
