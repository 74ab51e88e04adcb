import Networks

/// Layers that give values other places.
extension JAXDialect {
  mutating func pad(_ layer: LayerPattern, _ place: CodePlace, rank: Int) -> CodeModule {
    let code = ShapingCode(layer: layer, place: place)
    let sides = ["(0, 0)"] + code.amounts.map { "(\($0.before), \($0.after))" } + ["(0, 0)"]
    let mode =
      switch code.padding {
      case .zero: ""
      case .reflect: ", mode=\"reflect\""
      case .replicate: ", mode=\"edge\""
      }
    return CodeModule(text: "partial(jnp.pad, pad_width=\(PythonText.tuple(sides))\(mode))")
  }

  mutating func upsample(_ layer: LayerPattern, _ place: CodePlace, rank: Int) -> CodeModule {
    let code = ShapingCode(layer: layer, place: place)
    let name = "\(code.upsampling.rawValue)_upsample"
    need(name, code.upsampling == .nearest ? Self.nearestUpsample : Self.linearUpsample)
    return CodeModule(text: "partial(\(name), factors=\(PythonText.tuple(code.factors)))")
  }

  private static let nearestUpsample = """
    def nearest_upsample(x, factors):
        \"""Every position so many times.\"""
        for axis, factor in enumerate(factors):
            x = jnp.repeat(x, factor, axis=axis + 1)
        return x
    """

  private static let linearUpsample = """
    def linear_upsample(x, factors):
        \"""Puts positions between two others, on a line.\"""
        extents = [extent * factor for extent, factor in zip(x.shape[1:-1], factors)]
        return jax.image.resize(x, (x.shape[0], *extents, x.shape[-1]), "linear")
    """
}
