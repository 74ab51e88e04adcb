/// What Flax does not have.
extension JAXDialect {
  static let flatten = """
    def flatten(x):
        \"""Features of all positions, channels first, as layers after it have learned them.\"""
        return jnp.moveaxis(x, -1, 1).reshape(x.shape[0], -1)
    """

  static let last = """
    def last(x):
        \"""The last position of a series.\"""
        return x[:, -1]
    """

  static let scale = """
    class Scale(nnx.Module):
        \"""Multiplies by one number, which is learned.\"""

        def __init__(self, start=1.0):
            self.weight = nnx.Param(jnp.full((1,), float(start)))

        def __call__(self, x):
            return self.weight[...] * x
    """

  static let parametricRelu = """
    class PReLU(nnx.Module):
        \"""Multiplies what is below 0 by a slope for each channel, which is learned.\"""

        def __init__(self, channels, start=0.25):
            self.negative_slope = nnx.Param(jnp.full((channels,), float(start)))

        def __call__(self, x):
            return jnp.where(x >= 0, x, self.negative_slope[...] * x)
    """

  /// What the strides of a subsampling are called.
  static func steps(_ rank: Int) -> [String] {
    ["rows", "columns"].suffix(rank).map { rank == 1 ? "stride" : $0 }
  }

  static func subsample(_ rank: Int) -> String {
    let fields = (["channels"] + steps(rank)).joined(separator: ", ")
    let kept = rank == 0 ? "x" : "x[:\(steps(rank).map { ", ::\($0)" }.joined())]"
    let sides = String(repeating: "(0, 0), ", count: rank + 1)
    return """
      def subsample\(rank)d(x, \(fields)):
          \"""Keeps some positions and appends channels of zeros.\"""
          return jnp.pad(\(kept), (\(sides)(0, channels - x.shape[-1])))
      """
  }

  static let ceilMaxPool = """
    def ceil_max_pool(x, window_shape, strides, padding):
        \"""The largest of each window, of which the last may be partial.\"""
        more = missing(x.shape[1:-1], window_shape, strides, padding)
        sides = [(before, after + count) for (before, after), count in zip(padding, more)]
        return nnx.max_pool(x, window_shape, strides, sides)
    """

  static let ceilAveragePool = """
    def ceil_avg_pool(x, window_shape, strides, padding):
        \"""The mean of each window, of which the last may be partial.\"""
        more = missing(x.shape[1:-1], window_shape, strides, padding)
        x = jnp.pad(x, ((0, 0), *padding, (0, 0)))
        sides = [(0, count) for count in more]
        return nnx.avg_pool(x, window_shape, strides, sides, count_include_pad=False)
    """

  static let running = """
    class RunningBatchNorm(nnx.BatchNorm):
        \"""Normalizes by its running statistics, in training too.\"""

        def __call__(self, x, **kwargs):
            return super().__call__(x, use_running_average=True)
    """

  static let frozen = """
    class Frozen(nnx.Variable):
        \"""A parameter that training leaves as it is.\"""


    def frozen(module):
        \"""The module, whose parameters training leaves as they are.\"""
        for name, value in list(vars(module).items()):
            if isinstance(value, nnx.Param):
                setattr(module, name, Frozen(value[...]))
        return module
    """

  static let squeezeExcite = """
    class SqueezeExcite(nnx.Module):
        \"""Weighs each channel by the means of all.\"""

        def __init__(self, channels, reduction=16, *, rngs: nnx.Rngs):
            squeezed = max(1, channels // reduction)
            self.gate = nnx.Sequential(
                nnx.Linear(channels, squeezed, rngs=rngs),
                nnx.relu,
                nnx.Linear(squeezed, channels, rngs=rngs),
                nnx.sigmoid,
            )

        def __call__(self, x):
            return x * self.gate(x.mean(axis=tuple(range(1, x.ndim - 1)), keepdims=True))
    """
}
