/// An optimizer of PyTorch or Keras, with the figures that it has there where they are not given.
struct PythonOptimizer: Sendable {
  private let rule: String
  private let isKeras: Bool
  private let call: PythonCall

  /// The optimizer that a call makes, or nothing where it makes none that is known.
  init?(_ call: PythonCall) {
    guard let rule = Self.rules[call.name] ?? Self.rules[call.name.capitalized] else { return nil }
    self.rule = rule
    self.call = call
    isKeras =
      call.receiver.hasSuffix("optimizers") || call.keywords["learning_rate"] != nil
      || call.arguments.first?.number != nil
  }

  /// The command that sets it, or nothing where an argument has no counterpart.
  var command: String? {
    var given: [String: String] = [:]
    var left = Set(call.keywords.keys).subtracting(["params", "name"])
    if let rate = call.arguments.dropFirst(isKeras ? 0 : 1).first {
      guard let word = rate.word else { return nil }
      given["lr"] = word
    }
    for (key, names) in Self.keys {
      guard let name = names.first(where: left.contains), let value = call.keywords[name] else {
        continue
      }
      left.remove(name)
      if value == .name("False") || value == .name("None") { continue }
      guard let word = value.word else { return nil }
      given[key] = word
    }
    if case .list(let betas)? = call.keywords["betas"], betas.count == 2 {
      left.remove("betas")
      (given["beta1"], given["beta2"]) = (betas[0].word, betas[1].word)
    }
    guard left.isEmpty else { return nil }
    if isKeras, !["sgd", "adam", "adamw", "rmsprop"].contains(rule) { return nil }
    for (key, value) in missing where given[key] == nil { given[key] = value }
    let words = Self.keys.compactMap { key, _ in given[key].map { "\(key)=\($0)" } }
    return (["optimizer \(rule)"] + words).joined(separator: " ")
  }

  /// Figures that are others there than here.
  private var missing: [(String, String)] {
    switch (rule, isKeras) {
    case ("sgd", true): [("lr", "0.01")]
    case ("sgd", false): [("lr", "0.001")]
    case ("adam", true): [("eps", "1e-7")]
    case ("adamw", true): [("eps", "1e-7"), ("wd", "0.004")]
    case ("adamw", false): [("eps", "1e-8"), ("wd", "0.01")]
    case ("rmsprop", true): [("momentum", "0"), ("eps", "1e-7")]
    case ("rmsprop", false): [("lr", "0.01"), ("momentum", "0"), ("rho", "0.99")]
    case _: []
    }
  }

  /// Keys here, in the order in which they are written, and their names there.
  private static let keys: [(String, [String])] = [
    ("lr", ["lr", "learning_rate"]), ("momentum", ["momentum"]), ("nesterov", ["nesterov"]),
    ("wd", ["weight_decay"]), ("beta1", ["beta_1"]), ("beta2", ["beta_2"]),
    ("rho", ["alpha", "rho"]), ("eps", ["eps", "epsilon"]),
  ]

  private static let rules = [
    "SGD": "sgd", "Sgd": "sgd", "Adam": "adam", "AdamW": "adamw", "Adamw": "adamw",
    "Adamax": "adamax", "NAdam": "nadam", "Nadam": "nadam", "Adagrad": "adagrad",
    "Adadelta": "adadelta", "RMSprop": "rmsprop", "Rmsprop": "rmsprop",
  ]
}
