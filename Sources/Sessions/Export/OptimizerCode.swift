import Engine
import Interchange

/// An optimizer as a framework makes it.
struct OptimizerCode {
  let framework: CodeFile.Framework
  let optimizer: Optimizer

  /// What a framework calls the rules and their figures, by the words that are typed here.
  ///
  /// A rule without a name is one that the framework does not have, or computes otherwise.
  private struct Words {
    let rules: [String: String]
    let figures: [String: String]
  }

  private var words: Words {
    switch framework {
    case .pytorch:
      Words(
        rules: [
          "sgd": "SGD", "adam": "Adam", "adamw": "AdamW", "adamax": "Adamax", "nadam": "NAdam",
          "adagrad": "Adagrad", "adadelta": "Adadelta", "rmsprop": "RMSprop",
        ], figures: ["rmsprop.rho": "alpha"])
    case .gluon:
      Words(
        rules: ["sgd": "sgd", "adam": "adam", "rmsprop": "rmsprop", "lamb": "lamb"],
        figures: ["eps": "epsilon", "rho": "gamma1"])
    case .keras:
      Words(
        rules: ["sgd": "SGD", "adam": "Adam", "adamw": "AdamW", "rmsprop": "RMSprop"],
        figures: ["beta1": "beta_1", "beta2": "beta_2", "eps": "epsilon"])
    case .jax:
      Words(
        rules: ["sgd": "sgd", "adam": "adam", "adamw": "adamw", "rmsprop": "rmsprop"],
        figures: ["beta1": "b1", "beta2": "b2", "rho": "decay"])
    }
  }

  /// Makes the optimizer, or nothing where the framework has none that does the same.
  var text: String? {
    guard let name = words.rules[rule] else { return nil }
    switch framework {
    case .pytorch:
      let all =
        [parameters, "lr=\(number(optimizer.learningRate))"] + arguments
        + ["weight_decay=\(number(optimizer.weightDecay))"]
      return "torch.optim.\(name)(\(all.joined(separator: ", ")))"
    case .gluon: return gluon(name)
    case .keras:
      let all = ["learning_rate=\(number(optimizer.learningRate))"] + arguments + ownDecay
      return "keras.optimizers.\(name)(\(all.joined(separator: ", ")))"
    case .jax:
      let all = [number(optimizer.learningRate)] + arguments + ownDecay
      let text = "optax.\(name)(\(all.joined(separator: ", ")))"
      return optimizer.weightDecay == 0 || rule == "adamw"
        ? text
        : "optax.chain(optax.add_decayed_weights(\(number(optimizer.weightDecay))), \(text))"
    }
  }

  /// The weight decay that joins the gradients, where the framework's optimizer cannot be told it.
  var decayText: String? {
    framework != .keras || rule == "adamw" || optimizer.weightDecay == 0
      ? nil : number(optimizer.weightDecay)
  }

  private var rule: String { optimizer.rule.name }

  private func word(_ figure: String) -> String {
    words.figures["\(rule).\(figure)"] ?? words.figures[figure] ?? figure
  }

  private func number(_ value: Double) -> String { Formula.text(value) }

  /// The figures of the rule by name; of `sgd` those that are not as usual.
  private var arguments: [String] {
    var figures = OptimizerTable.figures(of: optimizer.rule)
    var all: [String] = []
    if framework == .pytorch, let first = figures.first(where: { $0.key == "beta1" }),
      let second = figures.first(where: { $0.key == "beta2" })
    {
      all.append("betas=(\(number(first.value)), \(number(second.value)))")
      figures.removeAll { $0.key.hasPrefix("beta") }
    }
    all += figures.filter { rule != "sgd" || $0.value != 0 }
      .map { "\(word($0.key))=\(number($0.value))" }
    if case .sgd(_, nesterov: true) = optimizer.rule { all.append("nesterov=True") }
    if framework == .jax, rule == "rmsprop" { all.append("eps_in_sqrt=False") }
    return all
  }

  /// The weight decay of `adamw`, whose part it is.
  private var ownDecay: [String] {
    rule == "adamw" ? ["weight_decay=\(number(optimizer.weightDecay))"] : []
  }

  private func gluon(_ name: String) -> String? {
    var settings = ["learning_rate": optimizer.learningRate, "wd": optimizer.weightDecay]
    var name = name
    for figure in OptimizerTable.figures(of: optimizer.rule) {
      settings[word(figure.key)] = figure.value
    }
    switch optimizer.rule {
    case .sgd(_, nesterov: true): name = "nag"
    case .rmsProp(_, let momentum, _):
      if momentum != 0 { return nil }
      settings["momentum"] = nil
    case .sgd, .adam, .adamW, .adagrad, .adadelta, .adamax, .nadam, .lamb: break
    }
    let words = settings.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \(number($0.value))" }
    return "gluon.Trainer(model.collect_params(), \"\(name)\", {\(words.joined(separator: ", "))})"
  }

  /// PyTorch's parameters, in two groups where only those of more than one dimension decay.
  private var parameters: String {
    if optimizer.decayed == .all || optimizer.weightDecay == 0 { return "model.parameters()" }
    func group(_ condition: String, _ more: String) -> String {
      "{\"params\": [p for p in model.parameters() if p.dim() \(condition) 1]\(more)}"
    }
    return "[\(group(">", "")), \(group("<=", ", \"weight_decay\": 0"))]"
  }
}
