import Networks

/// Layers that give values other places.
extension KerasDialect {
  mutating func pad(_ layer: LayerPattern, _ place: CodePlace, rank: Int) -> CodeModule {
    let code = ShapingCode(layer: layer, place: place)
    let (name, mode): (String, String)
    switch code.padding {
    case .zero:
      return zeros(code.evenAmount.map { .argument($0) } ?? .before(code.amounts), rank: rank)
    case .reflect: (name, mode) = ("ReflectPadding", "reflect")
    case .replicate: (name, mode) = ("ReplicatePadding", "edge")
    }
    need(name, Self.edgePad(name, mode))
    let sides = PythonText.tuple(code.amounts.map { "(\($0.before), \($0.after))" })
    return CodeModule(text: "\(name)(\(sides))")
  }

  private static func edgePad(_ name: String, _ mode: String) -> String {
    let about = mode == "edge" ? "that repeat the edge" : "that mirror those next to the edge"
    return """
      class \(name)(keras.layers.Layer):
          \"""Adds positions around the input \(about).\"""

          def __init__(self, sides):
              super().__init__()
              self.sides = sides

          def call(self, x):
              return keras.ops.pad(x, ((0, 0), *self.sides, (0, 0)), mode="\(mode)")
      """
  }

  mutating func upsample(_ layer: LayerPattern, _ place: CodePlace, rank: Int) -> CodeModule {
    let code = ShapingCode(layer: layer, place: place)
    if code.upsampling == .nearest {
      return CodeModule(text: "keras.layers.UpSampling\(rank)D(\(code.factor))")
    }
    if rank == 2 {
      return CodeModule(
        text: "keras.layers.UpSampling2D(\(code.factor), interpolation=\"bilinear\")")
    }
    need("LinearUpSampling1D", Self.linearUpsampling)
    return CodeModule(text: "LinearUpSampling1D(\(code.factor))")
  }

  private static let linearUpsampling = """
    class LinearUpSampling1D(keras.layers.Layer):
        \"""Puts positions between two others, on a line.\"""

        def __init__(self, size):
            super().__init__()
            self.upsampling = keras.layers.UpSampling2D((1, size), interpolation="bilinear")

        def call(self, x):
            return keras.ops.squeeze(self.upsampling(keras.ops.expand_dims(x, 1)), 1)
    """
}
