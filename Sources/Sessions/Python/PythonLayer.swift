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

  /// A layer as it is written here.
  struct Block: Equatable, Sendable {
    let text: String

    /// Whether it goes over the last dimension there, which is that of features only where there are no positions.
    var readsFeatures = false

    /// Whether no positions are left behind it.
    var leavesFeatures: Bool {
      readsFeatures || text.hasSuffix("return=last")
        || ["flatten", "gap", "gmp"].contains(text)
    }
  }

  let names: [String]

  /// The layer's name here.
  let word: String
  var arguments: [Argument] = []

  /// As for a block.
  var readsFeatures = false

  /// Arguments by name that change nothing here: sizes of the input, which are known, names and devices.
  static let idle: Set<String> = [
    "in_channels", "in_features", "in_units", "num_features", "num_channels", "embed_dim",
    "normalized_shape", "input_size", "inplace", "device", "dtype", "name", "input_shape",
    "batch_first", "dim", "axis",
  ]

  /// The layer as it is written here, or nothing where a value or an argument has no counterpart.
  func text(of call: PythonCall) -> String? {
    let known = Self.idle.union(arguments.flatMap(\.names))
    let places = (arguments.compactMap(\.position).max() ?? 0) + 1
    guard known.isSuperset(of: call.keywords.keys), call.arguments.count <= max(places, 2),
      !call.arguments.contains(where: { if case .call = $0 { true } else { false } })
    else { return nil }
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
  static func blocks(of call: PythonCall) -> [Block]? {
    if ["Sequential", "HybridSequential", "ModuleList"].contains(call.name) {
      var layers = call.arguments
      if case .list(let values)? = layers.first { layers = values }
      var made: [Block] = []
      for layer in layers {
        guard case .call(let layer) = layer, let blocks = blocks(of: layer) else { return nil }
        made += blocks
      }
      return made
    }
    if ["Activation", "get"].contains(call.name), let word = call.arguments.first?.word {
      return activations[word.lowercased()].map { [Block(text: $0)] }
    }
    if ["LSTM", "GRU"].contains(call.name) { return recurrent(call).map { [Block(text: $0)] } }
    if call.name == "PReLU" { return slopes(call).map { [Block(text: $0)] } }
    if isPaddedAtOneEnd(call) { return nil }
    if call.name.hasPrefix("Adaptive") { return adaptive(call).map { [Block(text: $0)] } }
    for layer in table where layer.names.contains(call.name) {
      if let text = layer.text(of: call) {
        return [Block(text: text, readsFeatures: layer.readsFeatures)]
      }
    }
    return nil
  }

  /// Layers in torch's order of arguments have the size of the state second; there are several layers in one.
  private static func recurrent(_ call: PythonCall) -> String? {
    let known = idle.union([
      "hidden_size", "units", "num_layers", "bidirectional", "return_sequences",
    ])
    guard known.isSuperset(of: call.keywords.keys), call.arguments.count <= 3 else { return nil }
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

  /// Keras's "same" with a stride adds positions at the end first, ours at both ends.
  private static func isPaddedAtOneEnd(_ call: PythonCall) -> Bool {
    guard call.name.last == "D",
      call.keywords["padding"] == .text("same") || call.arguments.contains(.text("same"))
    else { return false }
    let isPool = call.name.contains("Pool")
    return (call.argument(["strides"], at: isPool ? 1 : 2)?.word ?? (isPool ? "2" : "1")) != "1"
  }

  /// One slope, or one for each channel; Keras has one for each value.
  private static func slopes(_ call: PythonCall) -> String? {
    if call.receiver.hasSuffix("layers") || !call.keywords.keys.allSatisfy(idle.contains) {
      return nil
    }
    return (call.arguments.first?.word ?? "1") == "1" ? "prelu" : "prelu shared=no"
  }

  private static func adaptive(_ call: PythonCall) -> String? {
    guard call.argument(["output_size"], at: 0)?.word == "1" else { return nil }
    if call.name.hasPrefix("AdaptiveAvgPool") { return "gap" }
    return call.name.hasPrefix("AdaptiveMaxPool") ? "gmp" : nil
  }
}
