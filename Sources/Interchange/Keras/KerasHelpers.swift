/// What Keras does not have.
extension KerasDialect {
  static let last = """
    class Last(keras.layers.Layer):
        \"""The last position of a series.\"""

        def call(self, x):
            return x[:, -1]
    """

  static let scale = """
    class Scale(keras.layers.Layer):
        \"""Multiplies by one number, which is learned.\"""

        def __init__(self, start=1.0, **kwargs):
            super().__init__(**kwargs)
            self.start = start

        def build(self, input_shape):
            start = keras.initializers.Constant(self.start)
            self.weight = self.add_weight(shape=(1,), initializer=start, name="weight")

        def call(self, x):
            return self.weight * x
    """

  static func subsample(_ rank: Int) -> String {
    let strides = ["rows", "columns"].suffix(rank).map { rank == 1 ? "stride" : $0 }
    let fields = ["channels"] + strides
    let steps = strides.map { ", ::self.\($0)" }.joined()
    let sides = String(repeating: "(0, 0), ", count: rank + 1)
    return """
      class Subsample\(rank)D(keras.layers.Layer):
          \"""Keeps some positions and appends channels of zeros.\"""

          def __init__(self, \(fields.joined(separator: ", "))):
              super().__init__()
              \(fields.map { "self.\($0)" }.joined(separator: ", ")) = \(fields.joined(separator: ", "))

          def call(self, x):
              more = self.channels - x.shape[-1]
              return keras.ops.pad(x\(rank == 0 ? "" : "[:\(steps)]"), (\(sides)(0, more)))
      """
  }

  private static func poolingStart(_ name: String, _ about: String) -> String {
    """
    class \(name)(keras.layers.Layer):
        \"""\(about)\"""

        def __init__(self, size, strides, padding):
            super().__init__()
            self.size, self.strides, self.padding = size, strides, padding


    """
  }

  static let paddedPooling =
    poolingStart("PaddedMaxPooling", "The largest of each window; what is padded is never it.")
      + """
          def call(self, x):
              x = keras.ops.pad(x, ((0, 0), *self.padding, (0, 0)), constant_values=float("-inf"))
              return keras.ops.max_pool(x, self.size, self.strides)
      """

  static func ceilPooling(_ isMaximum: Bool) -> String {
    let about = "of each window, of which the last may be partial."
    let more = """
          def call(self, x):
              more = missing(x.shape[1:-1], self.size, self.strides, self.padding)

      """
    if isMaximum {
      return poolingStart("CeilMaxPooling", "The largest \(about)") + more + """
                sides = [(before, after + count) for (before, after), count in zip(self.padding, more)]
                x = keras.ops.pad(x, ((0, 0), *sides, (0, 0)), constant_values=float("-inf"))
                return keras.ops.max_pool(x, self.size, self.strides)
        """
    }
    return poolingStart("CeilAveragePooling", "The mean \(about)") + more + """
              sides = ((0, 0), *((0, count) for count in more), (0, 0))
              x = keras.ops.pad(x, ((0, 0), *self.padding, (0, 0)))
              share = keras.ops.pad(keras.ops.ones_like(x[:1, ..., :1]), sides)
              means, shares = (
                  keras.ops.average_pool(values, self.size, self.strides)
                  for values in (keras.ops.pad(x, sides), share)
              )
              return means / shares
      """
  }

  static let running = """
    class RunningBatchNormalization(keras.layers.BatchNormalization):
        \"""Normalizes by its running statistics, in training too.\"""

        def call(self, x, training=None, mask=None):
            return super().call(x, training=False, mask=mask)
    """

  static let frozen = """
    class FrozenBatchNormalization(keras.layers.BatchNormalization):
        \"""Normalizes as others do, but its scale and shift stay as they are.\"""

        def build(self, input_shape):
            super().build(input_shape)
            for variable in self.trainable_variables:
                variable.trainable = False
    """

  static func squeezeExcite(_ name: String, rank: Int) -> String {
    let means =
      ["x", "keras.ops.mean(x, axis=1, keepdims=True)"].dropFirst(min(rank, 1)).first ?? "x"
    let call = rank == 2 ? "keras.ops.mean(x, axis=(1, 2), keepdims=True)" : means
    return """
      class \(name)(keras.layers.Layer):
          \"""Weighs each channel by the means of all.\"""

          def __init__(self, reduction=16):
              super().__init__()
              self.reduction = reduction

          def build(self, input_shape):
              channels = input_shape[-1]
              self.gate = keras.Sequential([
                  keras.layers.Dense(max(1, channels // self.reduction), activation="relu"),
                  keras.layers.Dense(channels, activation="sigmoid"),
              ])

          def call(self, x):
              return x * self.gate(\(call))
      """
  }
}
