import Networks

/// Recurrent layers.
extension JAXDialect {
  mutating func recurrent(_ layer: LayerPattern, _ place: CodePlace) -> CodeModule {
    let isLong = layer.kind == .longShortTermMemory
    let name = isLong ? "LSTM" : "GRU"
    need("CellLayer", Self.cellLayer)
    need(name, isLong ? Self.longShortTerm : Self.gatedUnit)
    let words = layer.recurrentWords(bias: "use_bias", channels: place.channels.python)
    let all = (words + ["rngs=rngs"]).joined(separator: ", ")
    return CodeModule(text: "\(name)(\(all))", isLearned: true)
  }

  private static let cellLayer = """
    class CellLayer(nnx.Module):
        \"""A state at each position, made of that before it; parameters are named as PyTorch's.\"""

        def __init__(
            self, channels, units, *, directions=1, last=False, use_bias=True, rngs: nnx.Rngs
        ):
            self.units, self.last, self.use_bias = units, last, use_bias
            self.ends = ("_l0", "_l0_reverse")[:directions]
            for end in self.ends:
                rows, bound = self.gates * units, units**-0.5
                shapes = {"weight_ih": (rows, channels), "weight_hh": (rows, units)}
                if use_bias:
                    shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
                for name, shape in shapes.items():
                    start = jax.random.uniform(rngs.params(), shape, minval=-bound, maxval=bound)
                    setattr(self, name + end, nnx.Param(start))

        def parameter(self, name, end):
            return getattr(self, name + end)[...] if "bias" not in name or self.use_bias else 0.0

        def run(self, x, end):
            weight, bias = self.parameter("weight_hh", end), self.parameter("bias_hh", end)
            given = x @ self.parameter("weight_ih", end).T + self.parameter("bias_ih", end)

            def step(state, given):
                state = self.step(given, state[0] @ weight.T + bias, *state)
                return state, state[0]

            zeros = jnp.zeros((x.shape[0], self.units))
            reverse = end != "_l0"
            given = jnp.swapaxes(given, 0, 1)
            state, states = jax.lax.scan(step, (zeros, zeros), given, reverse=reverse)
            return state[0] if self.last else jnp.swapaxes(states, 0, 1)

        def __call__(self, x):
            return jnp.concatenate([self.run(x, end) for end in self.ends], axis=-1)
    """

  private static let longShortTerm = """
    class LSTM(CellLayer):
        \"""Long short-term memory.\"""

        gates = 4

        def step(self, given, own, state, memory):
            write, keep, new, read = jnp.split(given + own, 4, axis=-1)
            memory = nnx.sigmoid(keep) * memory + nnx.sigmoid(write) * jnp.tanh(new)
            return nnx.sigmoid(read) * jnp.tanh(memory), memory
    """

  private static let gatedUnit = """
    class GRU(CellLayer):
        \"""Gated recurrent unit.\"""

        gates = 3

        def step(self, given, own, state, memory):
            given, own = jnp.split(given, 3, axis=-1), jnp.split(own, 3, axis=-1)
            reset, keep = nnx.sigmoid(given[0] + own[0]), nnx.sigmoid(given[1] + own[1])
            new = jnp.tanh(given[2] + reset * own[2])
            return (1 - keep) * new + keep * state, memory
    """
}
