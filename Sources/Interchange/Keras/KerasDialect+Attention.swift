import Networks

/// Attention, and what goes with it.
extension KerasDialect {
  mutating func attention(_ layer: LayerPattern) -> CodeModule {
    need("SelfAttention", Self.selfAttention)
    return learned("SelfAttention", layer.attentionWords(bias: "use_bias", channels: nil), layer)
  }

  mutating func embedding(_ layer: LayerPattern) -> CodeModule {
    need("Embedding", Self.embedding)
    return learned("Embedding", ["vocabulary", "units"].map { layer.formula($0).python }, layer)
  }

  mutating func positions(_ layer: LayerPattern) -> CodeModule {
    if layer.extents == nil {
      need("SinePositions", Self.sinePositions)
      return CodeModule(text: "SinePositions()")
    }
    need("Positions", Self.positions)
    return learned("Positions", [], layer)
  }

  mutating func classToken(_ layer: LayerPattern) -> CodeModule {
    need("ClassToken", Self.classToken)
    return learned("ClassToken", [], layer)
  }

  static let first = """
    class First(keras.layers.Layer):
        \"""The first position of a series.\"""

        def call(self, x):
            return x[:, 0]
    """

  private static let selfAttention = """
    class SelfAttention(keras.layers.Layer):
        \"""Attention of all positions to each other.\"""

        def __init__(self, heads, causal=False, dropout=0.0, use_bias=True, **kwargs):
            super().__init__(**kwargs)
            self.heads, self.causal, self.use_bias = heads, causal, use_bias
            self.dropout = keras.layers.Dropout(dropout)

        def build(self, input_shape):
            channels = input_shape[-1]
            self.in_proj_weight = self.add_weight(
                shape=(3 * channels, channels), initializer="glorot_uniform", name="in_proj_weight"
            )
            self.out_proj_weight = self.add_weight(
                shape=(channels, channels), initializer="glorot_uniform", name="out_proj_weight"
            )
            if self.use_bias:
                self.in_proj_bias = self.add_weight(
                    shape=(3 * channels,), initializer="zeros", name="in_proj_bias"
                )
                self.out_proj_bias = self.add_weight(
                    shape=(channels,), initializer="zeros", name="out_proj_bias"
                )

        def call(self, x, training=None):
            ops, channels = keras.ops, x.shape[-1]
            positions = math.prod(x.shape[1:-1])
            y = ops.matmul(
                ops.reshape(x, (-1, positions, channels)), ops.transpose(self.in_proj_weight)
            )
            if self.use_bias:
                y = y + self.in_proj_bias
            y = ops.reshape(y, (-1, positions, 3, self.heads, channels // self.heads))
            y = ops.transpose(y, (2, 0, 3, 1, 4))
            query, key, value = y[0], y[1], y[2]
            scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
            if self.causal:
                seen = ops.tril(ops.ones((positions, positions), dtype="bool"))
                scores = ops.where(seen, scores, -float("inf"))
            shares = self.dropout(ops.softmax(scores), training=training)
            y = ops.swapaxes(ops.matmul(shares, value), 1, 2)
            y = ops.matmul(
                ops.reshape(y, (-1, *x.shape[1:])), ops.transpose(self.out_proj_weight)
            )
            return y + self.out_proj_bias if self.use_bias else y
    """

  private static let embedding = """
    class Embedding(keras.layers.Layer):
        \"""A row of a table for each whole number.\"""

        def __init__(self, vocabulary, units, **kwargs):
            super().__init__(**kwargs)
            self.vocabulary, self.units = vocabulary, units

        def build(self, input_shape):
            start = keras.initializers.RandomNormal(stddev=1.0)
            shape = (self.vocabulary, self.units)
            self.weight = self.add_weight(shape=shape, initializer=start, name="weight")

        def call(self, x):
            return keras.ops.take(self.weight, keras.ops.cast(x[..., 0], "int32"), axis=0)
    """

  private static let positions = """
    class Positions(keras.layers.Layer):
        \"""Adds numbers that are learned, one for each value of an example.\"""

        def build(self, input_shape):
            start = keras.initializers.RandomNormal(stddev=0.02)
            self.weight = self.add_weight(shape=input_shape[1:], initializer=start, name="weight")

        def call(self, x):
            return x + self.weight
    """

  private static let sinePositions = """
    class SinePositions(keras.layers.Layer):
        \"""Adds sines and cosines of the positions.\"""

        def call(self, x):
            positions, channels = math.prod(x.shape[1:-1]), x.shape[-1]
            table = [
                (math.cos if channel % 2 else math.sin)(
                    position / 10000 ** (channel // 2 * 2 / channels)
                )
                for position in range(positions)
                for channel in range(channels)
            ]
            table = keras.ops.convert_to_tensor(table, dtype=x.dtype)
            return x + keras.ops.reshape(table, x.shape[1:])
    """

  private static let classToken = """
    class ClassToken(keras.layers.Layer):
        \"""A position before all others, which is learned.\"""

        def build(self, input_shape):
            start = keras.initializers.RandomNormal(stddev=0.02)
            self.weight = self.add_weight(shape=input_shape[-1:], initializer=start, name="weight")

        def call(self, x):
            x = keras.ops.reshape(x, (-1, math.prod(x.shape[1:-1]), x.shape[-1]))
            token = keras.ops.zeros_like(x[:, :1]) + self.weight
            return keras.ops.concatenate([token, x], axis=1)
    """
}
