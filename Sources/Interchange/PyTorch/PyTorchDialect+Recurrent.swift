import Networks

/// Recurrent layers.
extension PyTorchDialect {
  mutating func recurrent(_ layer: LayerPattern, _ place: CodePlace) -> CodeModule {
    let name = layer.kind == .longShortTermMemory ? "LSTM" : "GRU"
    need(name, Self.recurrent(name))
    let words = layer.recurrentWords(bias: "bias", channels: place.channels.python)
    return CodeModule(text: "\(name)(\(words.joined(separator: ", ")))", isLearned: true)
  }

  private static func recurrent(_ name: String) -> String {
    """
    class \(name)(nn.\(name)):
        \"""PyTorch's, channels first; the states at all positions or behind the last step.\"""

        def __init__(self, channels, units, directions=1, last=False, bias=True):
            both = directions == 2
            super().__init__(channels, units, bias=bias, batch_first=True, bidirectional=both)
            self.last = last

        def forward(self, x):
            y, \(name == "LSTM" ? "(state, _)" : "state") = super().forward(x.transpose(1, 2))
            return state.transpose(0, 1).flatten(1) if self.last else y.transpose(1, 2)
    """
  }
}

extension LayerPattern {
  /// The arguments of a recurrent layer but those that have their defaults; `bias` is what the flag is called.
  func recurrentWords(bias: String, channels: String?) -> [String] {
    var words = [channels, formula("units").python].compactMap { $0 }
    if slots["directions"] == .fixed(.word("2")) { words.append("directions=2") }
    if slots["return"] == .fixed(.word("last")) { words.append("last=True") }
    if !isSet("bias") { words.append("\(bias)=False") }
    return words
  }
}
