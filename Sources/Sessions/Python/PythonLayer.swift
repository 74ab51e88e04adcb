/// A layer of PyTorch, Keras or Gluon, and how it is written here.
struct PythonLayer: Sendable {
  /// An argument there, and where it goes here.
  struct Argument: Sendable {
    /// Its names there.
    let names: [String]

    /// Its place among the arguments there, counted from 0.
    let position: Int?

    /// Its key here; nothing for one that goes by its place.
    let key: String?

    /// What it is there where it is not given, if that is not what it is here.
    let missing: String?

    /// What becomes of its value.
    let change: @Sendable (String) -> String?
  }

  let names: [String]

  /// The layer's name here.
  let word: String
  var arguments: [Argument] = []

  /// The layer as it is written here, or nothing where a value has no counterpart.
  func text(of call: PythonCall) -> String? {
    var words = [word]
    for argument in arguments {
      let value = call.argument(argument.names, at: argument.position)
      guard let value, value != .name("None") else {
        if let missing = argument.missing {
          words.append((argument.key.map { "\($0)=" } ?? "") + missing)
        } else if argument.key == nil {
          return nil
        }
        continue
      }
      guard let word = value.word.flatMap(argument.change) else { return nil }
      words.append((argument.key.map { "\($0)=" } ?? "") + word)
    }
    return words.joined(separator: " ")
  }

  /// The layers that a call makes, as they are written here, one after another; nothing where it makes none.
  static func blocks(of value: PythonValue) -> [String]? {
    guard case .call(let call) = value else { return nil }
    if ["Sequential", "HybridSequential", "ModuleList"].contains(call.name) {
      var layers = call.arguments
      if case .list(let values)? = layers.first { layers = values }
      let blocks = layers.map(blocks(of:))
      return blocks.contains(nil) ? nil : blocks.flatMap { $0 ?? [] }
    }
    if ["Activation", "get"].contains(call.name), let word = call.arguments.first?.word {
      return activations[word.lowercased()].map { [$0] }
    }
    if ["LSTM", "GRU"].contains(call.name) { return recurrent(call).map { [$0] } }
    if call.name.hasPrefix("Adaptive") { return adaptive(call).map { [$0] } }
    for layer in table where layer.names.contains(call.name) {
      if let text = layer.text(of: call) { return [text] }
    }
    return nil
  }

  /// Layers in torch's order of arguments have the size of the state second; there are several layers in one.
  private static func recurrent(_ call: PythonCall) -> String? {
    let isTorch = call.arguments.count > 1 || call.keywords["hidden_size"] != nil
    let units = call.argument(isTorch ? ["hidden_size"] : ["units"], at: isTorch ? 1 : 0)
    guard let units = units?.word else { return nil }
    var text = "\(call.name.lowercased()) \(units)"
    if call.keywords["bidirectional"] == .name("True") { text += " directions=2" }
    if !isTorch, call.keywords["return_sequences"] != .name("True") { text += " return=last" }
    guard isTorch, let layers = call.argument(["num_layers"], at: 2)?.word, layers != "1" else {
      return text
    }
    return "repeat \(layers) { \(text) }"
  }

  private static func adaptive(_ call: PythonCall) -> String? {
    guard call.argument(["output_size"], at: 0)?.word == "1" else { return nil }
    if call.name.hasPrefix("AdaptiveAvgPool") { return "gap" }
    return call.name.hasPrefix("AdaptiveMaxPool") ? "gmp" : nil
  }
}
