import Networks

/// Layers that give values other places.
extension GluonDialect {
  mutating func pad(_ layer: LayerPattern, _ place: CodePlace, rank: Int) -> CodeModule {
    let code = ShapingCode(layer: layer, place: place)
    let (name, mode): (String, String)
    switch code.padding {
    case .zero: return pad(code.amounts, "0")
    case .reflect: (name, mode) = ("ReflectPad\(rank)D", "reflect")
    case .replicate: (name, mode) = ("ReplicatePad\(rank)D", "edge")
    }
    need(name, Self.edgePad(name, mode, rank))
    let sides = code.amounts.flatMap { [$0.before, $0.after] }
    return CodeModule(text: "\(name)(\(sides.joined(separator: ", ")))")
  }

  private static func edgePad(_ name: String, _ mode: String, _ rank: Int) -> String {
    let fields = rank == 1 ? "before, after" : "top, bottom, left, right"
    let about = mode == "edge" ? "that repeat the edge" : "that mirror those next to the edge"
    return """
      class \(name)(nn.HybridBlock):
          \"""Adds positions around the input \(about).\"""

          def __init__(self, \(fields)):
              super().__init__()
              self.sides = (0, 0, 0, 0, \(rank == 1 ? "0, 0, " : "")\(fields))

          def hybrid_forward(self, F, x):
              x = F.pad(\(rank == 1 ? "x.expand_dims(2)" : "x"), mode="\(mode)", pad_width=self.sides)
              return x\(rank == 1 ? ".squeeze(axis=2)" : "")
      """
  }

  mutating func upsample(_ layer: LayerPattern, _ place: CodePlace, rank: Int) -> CodeModule {
    let code = ShapingCode(layer: layer, place: place)
    let factors = code.factors
    if code.upsampling == .nearest {
      let text = factors.enumerated().reduce("x") { text, factor in
        "F.repeat(\(text), repeats=\(factor.element), axis=\(factor.offset + 2))"
      }
      return CodeModule(text: "nn.HybridLambda(lambda F, x: \(text))")
    }
    need("LinearUpsample\(rank)D", Self.linearUpsample(rank))
    return CodeModule(
      text: "LinearUpsample\(rank)D(\(factors.joined(separator: ", ")))")
  }

  private static func linearUpsample(_ rank: Int) -> String {
    let fields = rank == 1 ? "factor" : "rows, columns"
    let scales = rank == 1 ? "1, factor" : "rows, columns"
    return """
      class LinearUpsample\(rank)D(nn.HybridBlock):
          \"""Puts positions between two others, on a line.\"""

          def __init__(self, \(fields)):
              super().__init__()
              self.rows, self.columns = \(scales)

          def hybrid_forward(self, F, x):
              x = F.contrib.BilinearResize2D(
                  \(rank == 1 ? "x.expand_dims(2)" : "x"), scale_height=self.rows, scale_width=self.columns,
                  mode="size", align_corners=False)
              return x\(rank == 1 ? ".squeeze(axis=2)" : "")
      """
  }
}
