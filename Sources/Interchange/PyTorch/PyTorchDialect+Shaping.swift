import Networks

/// Layers that give values other places.
extension PyTorchDialect {
  mutating func pad(_ layer: LayerPattern, _ place: CodePlace, rank: Int) -> CodeModule {
    let code = ShapingCode(layer: layer, place: place)
    let name =
      switch code.padding {
      case .zero: "Zero"
      case .reflect: "Reflection"
      case .replicate: "Replication"
      }
    let sides = code.evenAmount ?? Self.sides(code.amounts)
    return CodeModule(text: "nn.\(name)Pad\(rank)d(\(sides))")
  }

  mutating func upsample(_ layer: LayerPattern, _ place: CodePlace, rank: Int) -> CodeModule {
    let code = ShapingCode(layer: layer, place: place)
    var words = ["scale_factor=\(code.factor)"]
    if code.upsampling == .linear {
      words.append("mode=\"\(rank == 1 ? "linear" : "bilinear")\"")
    }
    return CodeModule(text: "nn.Upsample(\(words.joined(separator: ", ")))")
  }
}
