import Networks

/// Attention, and what goes with it.
extension JAXDialect {
  mutating func attention(_ layer: LayerPattern, _ place: CodePlace) -> CodeModule {
    need("SelfAttention", Self.selfAttention)
    let words = layer.attentionWords(bias: "use_bias", channels: place.channels.python)
    let all = (words + ["rngs=rngs"]).joined(separator: ", ")
    return CodeModule(text: "SelfAttention(\(all))", isLearned: true)
  }

  mutating func embedding(_ layer: LayerPattern) -> CodeModule {
    need("Embedding", Self.embedding)
    let words = ["vocabulary", "units"].map { layer.formula($0).python } + ["rngs=rngs"]
    return CodeModule(text: "Embedding(\(words.joined(separator: ", ")))", isLearned: true)
  }

  mutating func positions(_ layer: LayerPattern) -> CodeModule {
    guard let extents = layer.extents else {
      need("sine_positions", Self.sinePositions)
      return CodeModule(text: "sine_positions")
    }
    need("Positions", Self.positions)
    let words = (Array(extents.dropFirst()) + extents.prefix(1)).map(String.init) + ["rngs=rngs"]
    return CodeModule(text: "Positions(\(words.joined(separator: ", ")))", isLearned: true)
  }

  mutating func classToken(_ place: CodePlace) -> CodeModule {
    need("ClassToken", Self.classToken)
    return CodeModule(text: "ClassToken(\(place.channels.python), rngs=rngs)", isLearned: true)
  }

  static let first = """
    def first(x):
        \"""The first position of a series.\"""
        return x[:, 0]
    """

  private static let selfAttention = """
    class SelfAttention(nnx.Module):
        \"""Attention of all positions to each other.\"""

        def __init__(
            self, channels, heads, *, causal=False, dropout=0.0, use_bias=True, rngs: nnx.Rngs
        ):
            self.heads, self.causal, self.use_bias = heads, causal, use_bias
            draw = nnx.initializers.xavier_uniform()
            self.in_proj_weight = nnx.Param(draw(rngs.params(), (3 * channels, channels)))
            self.out_proj_weight = nnx.Param(draw(rngs.params(), (channels, channels)))
            if use_bias:
                self.in_proj_bias = nnx.Param(jnp.zeros((3 * channels,)))
                self.out_proj_bias = nnx.Param(jnp.zeros((channels,)))
            self.dropout = nnx.Dropout(dropout, rngs=rngs)

        def __call__(self, x):
            y = x.reshape(x.shape[0], -1, x.shape[-1]) @ self.in_proj_weight[...].T
            if self.use_bias:
                y = y + self.in_proj_bias[...]
            parts = y.reshape(*y.shape[:2], 3, self.heads, -1).transpose(2, 0, 3, 1, 4)
            query, key, value = parts
            scores = query @ key.swapaxes(-1, -2) / query.shape[-1] ** 0.5
            if self.causal:
                scores = jnp.where(jnp.tri(y.shape[1], dtype=bool), scores, -jnp.inf)
            y = self.dropout(nnx.softmax(scores)) @ value
            y = y.swapaxes(1, 2).reshape(x.shape) @ self.out_proj_weight[...].T
            return y + self.out_proj_bias[...] if self.use_bias else y
    """

  private static let embedding = """
    class Embedding(nnx.Embed):
        \"""A row of a table for each whole number.\"""

        def __call__(self, x):
            return super().__call__(x[..., 0].astype(jnp.int32))
    """

  private static let positions = """
    class Positions(nnx.Module):
        \"""Adds numbers that are learned, one for each value of an example.\"""

        def __init__(self, *shape, rngs: nnx.Rngs):
            self.weight = nnx.Param(0.02 * jax.random.normal(rngs.params(), shape))

        def __call__(self, x):
            return x + self.weight[...]
    """

  private static let sinePositions = """
    def sine_positions(x):
        \"""Adds sines and cosines of the positions.\"""
        channels, spatial = x.shape[-1], x.shape[1:-1]
        pace = jnp.array([10000 ** -(channel // 2 * 2 / channels) for channel in range(channels)])
        angle = jnp.arange(x[0, ..., 0].size)[:, None] * pace
        table = jnp.where(jnp.arange(channels) % 2 == 0, jnp.sin(angle), jnp.cos(angle))
        return x + table.reshape(*spatial, channels)
    """

  private static let classToken = """
    class ClassToken(nnx.Module):
        \"""A position before all others, which is learned.\"""

        def __init__(self, channels, *, rngs: nnx.Rngs):
            self.weight = nnx.Param(0.02 * jax.random.normal(rngs.params(), (channels,)))

        def __call__(self, x):
            token = jnp.broadcast_to(self.weight[...], (x.shape[0], 1, x.shape[-1]))
            return jnp.concatenate([token, x.reshape(x.shape[0], -1, x.shape[-1])], axis=1)
    """
}
