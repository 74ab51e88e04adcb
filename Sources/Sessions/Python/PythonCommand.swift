/// Calls of other frameworks that make no layers: optimizers, losses, inputs, and what is done with a model.
enum PythonCommand {
  /// The commands that do the same, or nothing where none does.
  static func commands(for call: PythonCall) -> [String]? { setting(call) ?? work(call) }

  private static func setting(_ call: PythonCall) -> [String]? {
    if let optimizer = PythonOptimizer(call) { return optimizer.command.map { [$0] } }
    if let loss = losses[call.name] {
      guard Set(call.keywords.keys).isSubset(of: ["label_smoothing", "from_logits"]) else {
        return nil
      }
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
    case "CosineAnnealingLR": return ["lr cosine"]
    case "clip_grad_norm_":
      return call.argument(["max_norm"], at: 1)?.word.map { ["clip norm=\($0)"] }
    case "clip_grad_value_":
      return call.argument(["clip_value"], at: 1)?.word.map { ["clip value=\($0)"] }
    case "kaiming_normal_", "kaiming_uniform_": return ["init he"]
    case "xavier_normal_", "xavier_uniform_": return ["init xavier"]
    case "orthogonal_": return ["init orthogonal"]
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
    case "Add", "add": return call.receiver.hasSuffix("layers") ? ["wrap residual"] : nil
    case "save", "save_weights", "save_parameters":
      return path(in: call).map { path in
        let stem = path.prefix(upTo: path.lastIndex(of: ".") ?? path.endIndex)
        return ["save \(stem).safetensors"]
      }
    case "load_state_dict", "load_weights", "load_parameters", "load_model":
      return path(in: call).map { ["load \($0)"] }
    case "export" where call.receiver.hasSuffix("onnx"):
      return path(in: call).map { ["export \($0)"] }
    case let name where call.receiver.hasSuffix("models"): return ["add \(name)"]
    default: return nil
    }
  }

  /// The file that a call is given, or that a call among its arguments is.
  private static func path(in call: PythonCall) -> String? {
    for argument in call.arguments {
      switch argument {
      case .text(let path) where !path.contains(" "): return path
      case .call(let inner): if let path = path(in: inner) { return path }
      case .text, .number, .name, .list: continue
      }
    }
    return nil
  }

  private static func compiled(_ call: PythonCall) -> [String]? {
    var commands: [String] = []
    switch call.argument(["optimizer"], at: 0) {
    case .text(let name)?:
      let made = PythonCall(name: name, receiver: "optimizers")
      commands += PythonOptimizer(made)?.command.map { [$0] } ?? []
    case .call(let made)?: commands += PythonOptimizer(made)?.command.map { [$0] } ?? []
    default: break
    }
    switch call.argument(["loss"], at: 1) {
    case .text(let name)?: commands += losses[name].map { ["loss \($0)"] } ?? []
    case .call(let made)?: commands += losses[made.name].map { ["loss \($0)"] } ?? []
    default: break
    }
    return commands.isEmpty ? nil : commands
  }

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
