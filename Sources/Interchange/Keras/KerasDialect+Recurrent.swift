import Networks

/// Recurrent layers.
extension KerasDialect {
  mutating func recurrent(_ layer: LayerPattern) -> CodeModule {
    let isLong = layer.kind == .longShortTermMemory
    let name = isLong ? "LSTM" : "GRU"
    need("CellLayer", Self.cellLayer)
    need(name, isLong ? Self.longShortTerm : Self.gatedUnit)
    return learned(name, layer.recurrentWords(bias: "use_bias", channels: nil), layer)
  }

  private static let cellLayer = """
    class CellLayer(keras.layers.Layer):
        \"""A state at each position, made of that before it; parameters are named as PyTorch's.\"""

        def __init__(self, units, directions=1, last=False, use_bias=True, **kwargs):
            super().__init__(**kwargs)
            self.units, self.last, self.use_bias = units, last, use_bias
            self.ends = ("_l0", "_l0_reverse")[:directions]

        def build(self, input_shape):
            rows, bound = self.gates * self.units, self.units**-0.5
            start = keras.initializers.RandomUniform(-bound, bound)
            for end in self.ends:
                shapes = {"weight_ih": (rows, input_shape[-1]), "weight_hh": (rows, self.units)}
                if self.use_bias:
                    shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
                for name, shape in shapes.items():
                    weight = self.add_weight(shape=shape, initializer=start, name=name + end)
                    setattr(self, name + end, weight)

        def parameter(self, name, end):
            return getattr(self, name + end) if "bias" not in name or self.use_bias else 0.0

        def run(self, x, end):
            ops = keras.ops
            weight = ops.transpose(self.parameter("weight_hh", end))
            bias = self.parameter("bias_hh", end)
            given = ops.matmul(x, ops.transpose(self.parameter("weight_ih", end)))
            given = given + self.parameter("bias_ih", end)
            memory = state = ops.zeros_like(given[:, 0, : self.units])
            states = {}
            order = range(x.shape[1])
            for place in order if end == "_l0" else reversed(order):
                own = ops.matmul(state, weight) + bias
                state, memory = self.step(given[:, place], own, state, memory)
                states[place] = state
            return state if self.last else ops.stack([states[place] for place in order], axis=1)

        def call(self, x):
            return keras.ops.concatenate([self.run(x, end) for end in self.ends], axis=-1)
    """

  private static let longShortTerm = """
    class LSTM(CellLayer):
        \"""Long short-term memory.\"""

        gates = 4

        def step(self, given, own, state, memory):
            write, keep, new, read = keras.ops.split(given + own, 4, axis=-1)
            sigmoid, tanh = keras.ops.sigmoid, keras.ops.tanh
            memory = sigmoid(keep) * memory + sigmoid(write) * tanh(new)
            return sigmoid(read) * tanh(memory), memory
    """

  private static let gatedUnit = """
    class GRU(CellLayer):
        \"""Gated recurrent unit.\"""

        gates = 3

        def step(self, given, own, state, memory):
            given, own = keras.ops.split(given, 3, axis=-1), keras.ops.split(own, 3, axis=-1)
            sigmoid = keras.ops.sigmoid
            reset, keep = sigmoid(given[0] + own[0]), sigmoid(given[1] + own[1])
            new = keras.ops.tanh(given[2] + reset * own[2])
            return (1 - keep) * new + keep * state, memory
    """
}
