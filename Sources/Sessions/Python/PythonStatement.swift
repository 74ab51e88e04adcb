/// What a line of Python that builds or trains a network is here.
enum PythonStatement {
  /// Bytes of a line that is looked at.
  static let mostBytes = 2000

  /// The commands that do what a line of PyTorch, Keras or Gluon does, `add` before a layer left aside; nothing where
  /// it does nothing that is known.
  static func commands(for line: String) -> [String]? {
    var line = line.drop { $0.isWhitespace }
    if line.hasPrefix("add ") { line = line.dropFirst(4) }
    guard line.utf8.count <= mostBytes, line.contains("("),
      case .call(let call)? = PythonReader.expression(of: String(line))
    else { return nil }
    if let blocks = PythonLayer.blocks(of: .call(call)) {
      return blocks.isEmpty ? nil : blocks.map { "add \($0)" }
    }
    if ["add", "append", "add_module"].contains(call.name), !call.receiver.isEmpty {
      let blocks = call.arguments.filter { if case .text = $0 { false } else { true } }
        .map(PythonLayer.blocks(of:))
      if blocks.isEmpty || blocks.contains(nil) { return nil }
      return blocks.flatMap { $0 ?? [] }.map { "add \($0)" }
    }
    return setting(call) ?? work(call)
  }

  /// Help on the first of some commands, or on the layer that it adds.
  static func help(on commands: [String]) -> String? {
    let words = commands.first?.split(separator: " ") ?? []
    guard let verb = words.first else { return nil }
    return "help \(verb == "add" && words.count > 1 ? words[1] : verb)"
  }

  /// Optimizers, losses, inputs and seeds.
  private static func setting(_ call: PythonCall) -> [String]? {
    if let rule = rules[call.name] { return optimizer(rule, call).map { [$0] } }
    if let loss = losses[call.name] {
      let smoothing = call.keywords["label_smoothing"]?.word.map { " smoothing=\($0)" } ?? ""
      return ["loss \(loss)\(smoothing)"]
    }
    switch call.name {
    case "manual_seed", "set_seed", "seed", "set_random_seed":
      return call.arguments.first?.word.map { ["seed \($0)"] }
    case "randn", "rand", "zeros", "ones":
      var sizes = call.arguments
      if case .list(let values)? = sizes.first { sizes = values }
      return input(sizes.dropFirst().map(\.word))
    case "Input", "InputLayer":
      guard case .list(let sizes)? = call.argument(["shape", "input_shape"], at: 0) else {
        return nil
      }
      return input(sizes.suffix(1).map(\.word) + sizes.dropLast().map(\.word))
    case "DataLoader":
      return call.argument(["batch_size"], at: 1)?.word.map { ["batch \($0)"] }
    case "load_digits": return ["data digits"]
    default: return nil
    }
  }

  private static func input(_ sizes: [String?]) -> [String]? {
    if sizes.isEmpty || sizes.contains(nil) { return nil }
    return ["input \(sizes.compactMap(\.self).joined(separator: "x"))"]
  }

  /// Methods of models, losses and optimizers.
  private static func work(_ call: PythonCall) -> [String]? {
    switch call.name {
    case "fit":
      let batch = call.keywords["batch_size"]?.word.map { ["batch \($0)"] } ?? []
      return batch + ["train \(call.argument(["epochs"])?.word ?? "1")"]
    case "compile":
      return compiled(call)
    case "summary": return ["summary"]
    case "backward": return ["gradients"]
    case "train" where call.receiver != "": return ["train 1"]
    case "eval", "evaluate": return ["evaluate"]
    case "predict": return ["predict"]
    case "step" where call.receiver.hasSuffix("optimizer") || call.receiver == "opt":
      return ["step"]
    case "save", "save_weights", "save_parameters":
      let name = call.arguments.compactMap { if case .text(let path) = $0 { path } else { nil } }
      guard let path = name.first, !path.contains(" ") else { return nil }
      let stem = path.prefix(upTo: path.lastIndex(of: ".") ?? path.endIndex)
      return ["save \(stem).safetensors"]
    default: return nil
    }
  }

  private static func compiled(_ call: PythonCall) -> [String]? {
    var commands: [String] = []
    switch call.argument(["optimizer"], at: 0) {
    case .text(let name): commands += rules[name].map { ["optimizer \($0)"] } ?? []
    case .call(let made)?:
      commands += rules[made.name].flatMap { optimizer($0, made) }.map { [$0] } ?? []
    default: break
    }
    switch call.argument(["loss"], at: 1) {
    case .text(let name): commands += losses[name].map { ["loss \($0)"] } ?? []
    case .call(let made)?: commands += losses[made.name].map { ["loss \($0)"] } ?? []
    default: break
    }
    return commands.isEmpty ? nil : commands
  }

  private static func optimizer(_ rule: String, _ call: PythonCall) -> String? {
    var command = "optimizer \(rule)"
    let keys = [
      ("lr", ["lr", "learning_rate"]), ("momentum", ["momentum"]), ("nesterov", ["nesterov"]),
      ("wd", ["weight_decay"]), ("eps", ["eps", "epsilon"]), ("beta1", ["beta_1"]),
      ("beta2", ["beta_2"]), ("rho", ["alpha", "rho"]),
    ]
    for (key, names) in keys {
      // The first argument of Keras is the rate, that of PyTorch the parameters.
      let position = key == "lr" ? call.arguments.firstIndex { $0.number != nil } : nil
      guard let value = call.argument(names, at: position) else { continue }
      guard let word = value.word else { return nil }
      command += " \(key)=\(word)"
    }
    if case .list(let betas)? = call.keywords["betas"], betas.count == 2,
      let first = betas[0].word, let second = betas[1].word
    {
      command += " beta1=\(first) beta2=\(second)"
    }
    return command
  }

  private static let rules = [
    "SGD": "sgd", "Adam": "adam", "AdamW": "adamw", "Adamax": "adamax", "NAdam": "nadam",
    "Nadam": "nadam", "Adagrad": "adagrad", "Adadelta": "adadelta", "RMSprop": "rmsprop",
    "sgd": "sgd", "adam": "adam", "adamw": "adamw", "rmsprop": "rmsprop",
  ]

  private static let losses = [
    "CrossEntropyLoss": "cross_entropy", "SoftmaxCrossEntropyLoss": "cross_entropy",
    "SoftmaxCELoss": "cross_entropy", "SparseCategoricalCrossentropy": "cross_entropy",
    "CategoricalCrossentropy": "cross_entropy", "sparse_categorical_crossentropy": "cross_entropy",
    "categorical_crossentropy": "cross_entropy", "cross_entropy": "cross_entropy",
    "BCEWithLogitsLoss": "bce", "SigmoidBCELoss": "bce", "BinaryCrossentropy": "bce",
    "binary_crossentropy": "bce", "MSELoss": "l2", "L2Loss": "l2", "MeanSquaredError": "l2",
    "mse": "l2", "mse_loss": "l2", "L1Loss": "l1", "MeanAbsoluteError": "l1", "mae": "l1",
    "HuberLoss": "huber", "SmoothL1Loss": "huber", "Huber": "huber",
  ]
}
