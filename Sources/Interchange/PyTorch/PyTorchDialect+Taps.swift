import Networks

/// Values that are kept under a name until they are joined.
extension PyTorchDialect {
  /// The module of a tap, or the one that begins the branch of a join.
  mutating func tap(_ layer: LayerPattern) -> CodeModule {
    need("Tap", Self.tap)
    guard case .fixed(.word(let name)) = layer.slots["tap"] else {
      return CodeModule(text: "nn.Identity()")
    }
    if layer.kind == .tap { return CodeModule(text: "Tap(\"\(name)\")") }
    need("Tapped", Self.tapped)
    return CodeModule(text: "Tapped(\"\(name)\")")
  }

  private static let tap = """
    class Tap(nn.Module):
        \"""Keeps what passes under a name, for Tapped to give it back.\"""

        values = {}

        def __init__(self, name):
            super().__init__()
            self.name = name

        def forward(self, x):
            Tap.values[self.name] = x
            return x
    """

  private static let tapped = """
    class Tapped(nn.Module):
        \"""What the last Tap of a name has kept, whatever the input.\"""

        def __init__(self, name):
            super().__init__()
            self.name = name

        def forward(self, x):
            return Tap.values[self.name]
    """
}
