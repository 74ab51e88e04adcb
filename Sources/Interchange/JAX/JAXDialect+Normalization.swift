import Networks

/// Normalizations of each example by itself, and what is learned or drawn beside them.
extension JAXDialect {
  func exampleNormalization(_ layer: LayerPattern, _ place: CodePlace) throws(CodeProblem)
    -> CodeModule
  {
    if layer.extents != nil {
      throw .unsupported(
        what: "ln over=all of an input with positions", framework: name,
        instead: "set PATH over=channels")
    }
    let isAffine = layer.isSet("affine")
    var words = [place.channels.python]
    let word: String
    switch layer.kind {
    case .groupNormalization:
      word = "GroupNorm"
      words.append("num_groups=\(layer.formula("groups").python)")
    case .instanceNormalization: word = "InstanceNorm"
    case .rootMeanSquareNormalization: word = "RMSNorm"
    default: word = "LayerNorm"
    }
    words.append("epsilon=\(layer.number("eps") ?? 1e-5)")
    if !isAffine {
      words += (word == "RMSNorm" ? [] : ["use_bias=False"]) + ["use_scale=False"]
    }
    let all = (words + ["rngs=rngs"]).joined(separator: ", ")
    return CodeModule(text: "nnx.\(word)(\(all))", isLearned: isAffine)
  }

  mutating func localResponse(_ layer: LayerPattern) -> CodeModule {
    need("local_response", Self.localResponse)
    let words = ["size", "alpha", "beta", "k"].map { "\($0)=\(layer.formula($0).python)" }
    return CodeModule(text: "partial(local_response, \(words.joined(separator: ", ")))")
  }

  /// Dropout that zeroes along so many axes together, counted from one on.
  static func dropout(_ layer: LayerPattern, rank: Int, from first: Int) -> String {
    let axes = PythonText.tuple((0..<rank).map { "\($0 + first)" })
    let rate = layer.formula("rate").python
    return "nnx.Dropout(\(rate), broadcast_dims=\(axes), rngs=rngs)"
  }

  private static let localResponse = """
    def local_response(x, size, alpha, beta, k):
        \"""Divides each value by the squares of the channels around it.\"""
        channels = x.shape[-1]
        sides = ((0, 0),) * (x.ndim - 1) + ((size // 2, (size - 1) // 2),)
        squares = jnp.pad(x * x, sides)
        total = sum(squares[..., first : first + channels] for first in range(size))
        return x / (k + alpha / size * total) ** beta
    """

  static let layerScale = """
    class LayerScale(nnx.Module):
        \"""Multiplies each channel by a number, which is learned.\"""

        def __init__(self, channels, start=1e-6):
            self.weight = nnx.Param(jnp.full((channels,), float(start)))

        def __call__(self, x):
            return self.weight[...] * x
    """

  static let noise = """
    class GaussianNoise(nnx.Module):
        \"""Adds normal noise while training.\"""

        def __init__(self, deviation, *, rngs: nnx.Rngs):
            self.deviation, self.deterministic = deviation, False
            self.rngs = rngs.dropout.fork()

        def __call__(self, x):
            if self.deterministic:
                return x
            return x + self.deviation * jax.random.normal(self.rngs(), x.shape, x.dtype)
    """
}
