import Networks

/// What goes with attention, which MXNet has no operator for.
extension GluonDialect {
  static func embedding(_ layer: LayerPattern, rank: Int) -> [CodeModule] {
    let words = ["vocabulary", "units"].map { layer.formula($0).python }.joined(separator: ", ")
    let axes = PythonText.tuple(([0, rank + 1] + Array(1..<rank + 1)).map(String.init))
    return [
      CodeModule(text: "nn.HybridLambda(lambda F, x: F.squeeze(x, axis=1))"),
      CodeModule(text: "nn.Embedding(\(words))", isLearned: true),
      CodeModule(text: "nn.HybridLambda(lambda F, x: F.transpose(x, axes=\(axes)))"),
    ]
  }

  mutating func positions(_ layer: LayerPattern) throws(CodeProblem) -> CodeModule {
    guard let extents = layer.extents else {
      throw .unsupported(
        what: "positions sinusoidal", framework: name, instead: "set PATH source=learned")
    }
    need("Positions", Self.positions)
    let words = extents.map(String.init).joined(separator: ", ")
    return CodeModule(text: "Positions(\(words))", isLearned: true)
  }

  mutating func classToken(_ place: CodePlace) -> CodeModule {
    need("ClassToken", Self.classToken)
    return CodeModule(text: "ClassToken(\(place.channels.python))", isLearned: true)
  }

  private static let positions = """
    class Positions(nn.HybridBlock):
        \"""Adds numbers that are learned, one for each value of an example.\"""

        def __init__(self, *shape):
            super().__init__()
            self.weight = self.params.get("weight", shape=shape, init=mx.init.Normal(0.02))

        def hybrid_forward(self, F, x, weight):
            return F.broadcast_add(x, weight.expand_dims(0))
    """

  private static let classToken = """
    class ClassToken(nn.HybridBlock):
        \"""A position before all others, which is learned.\"""

        def __init__(self, channels):
            super().__init__()
            self.weight = self.params.get("weight", shape=(channels,), init=mx.init.Normal(0.02))

        def hybrid_forward(self, F, x, weight):
            x = x.reshape((0, 0, -1))
            zeros = F.zeros_like(F.slice_axis(x, axis=2, begin=0, end=1))
            token = F.broadcast_add(zeros, weight.reshape((1, -1, 1)))
            return F.concat(token, x, dim=2)
    """
}
