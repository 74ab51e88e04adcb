import Engine
import Language

/// The optimizers and their keys, for parsing, help and printing.
enum OptimizerTable {
  /// An optimizer with its defaults.
  private static let entries: [(name: String, optimizer: Optimizer)] = [
    ("sgd", .sgd), ("adam", .adam), ("adamw", .adamW), ("rmsprop", .rmsProp),
    ("adagrad", .adagrad), ("adadelta", .adadelta), ("adamax", .adamax), ("nadam", .nadam),
    ("lamb", .lamb),
  ]

  /// Gluon's name for what is no rule of its own: momentum that looks ahead.
  private static let nag = Optimizer(.sgd(momentum: 0.9, nesterov: true), learningRate: 0.1)

  static let names = entries.map(\.name) + ["nag"]

  /// The learning rate of a rule where none is asked for.
  static func preset(of rule: Optimizer.Rule) -> Double? {
    entries.first { $0.name == rule.name }?.optimizer.learningRate
  }

  /// Each optimizer as it is typed with its defaults.
  static var defaults: [String] {
    entries.map { String(text(of: $0.optimizer).dropFirst("optimizer ".count)) }
  }

  /// All keys, with the defaults they have where an optimizer takes them.
  static let keys: [CommandRow.Key] = [
    .init(
      "lr", default: "the rule's",
      "learning rate"),
    .init("momentum", default: "0 sgd, 0.9 nag rmsprop", "share of the last step kept"),
    .init("nesterov", default: "no", "sgd looks ahead along its momentum"),
    .init("wd", default: "0", "weight decay"),
    .init(
      "on", default: "all", among: Optimizer.Decayed.allCases.map(\.rawValue),
      "what decays: weights leaves out biases, normalization and all else of one dimension"),
    .init("beta1", default: "0.9", "adam and its like, lamb: memory of the mean"),
    .init("beta2", default: "0.999", "the same: memory of the mean square"),
    .init("rho", default: "0.9", "rmsprop, adadelta: memory of the mean square"),
    .init("eps", default: "the rule's", "added to the root"),
    .init("ema", default: "0", "moving average of the weights, which is measured and kept"),
  ]

  /// The optimizer of an invocation: a new one, or the present one with other keys.
  static func optimizer(_ invocation: Invocation, present: Optimizer) throws(Diagnostic)
    -> Optimizer
  {
    var optimizer = present
    if let word = invocation.words.first {
      let name = try word.choice("optimizer", among: names)
      optimizer = entries.first { $0.name == name }?.optimizer ?? nag
    }
    if invocation.words.count > 1 {
      let rate = invocation.words[1]
      if let option = invocation.option("lr") {
        throw Diagnostic(
          .argument, "optimizer was given lr twice", at: option.range, offers: ["help optimizer"])
      }
      optimizer.learningRate = try rate.number("lr", in: 0...1000)
    }
    let keys = pairs(of: optimizer).map(\.key) + ["on", "ema"]
    try invocation.row.check(invocation.options, among: keys)
    for option in invocation.options { try set(option, on: &optimizer) }
    return optimizer
  }

  private static func set(_ option: Option, on optimizer: inout Optimizer) throws(Diagnostic) {
    let word = option.value
    func share() throws(Diagnostic) -> Double { try word.number(option.name, in: 0...1) }
    func positive() throws(Diagnostic) -> Double { try word.number(option.name, in: 0...1000) }
    switch (option.name, optimizer.rule) {
    case ("lr", _): optimizer.learningRate = try positive()
    case ("wd", _): optimizer.weightDecay = try positive()
    case ("on", _):
      let word = try word.choice("on", among: Optimizer.Decayed.allCases.map(\.rawValue))
      optimizer.decayed = Optimizer.Decayed(rawValue: word) ?? .all
    case ("ema", _): optimizer.averaging = try word.number("ema", in: 0...1)
    case ("momentum", .sgd(_, let nesterov)):
      optimizer.rule = .sgd(momentum: try share(), nesterov: nesterov)
    case ("nesterov", .sgd(let momentum, _)):
      optimizer.rule = .sgd(momentum: momentum, nesterov: try word.flag(option.name))
    case ("beta1", .adam(_, let beta2, let epsilon)):
      optimizer.rule = .adam(beta1: try share(), beta2: beta2, epsilon: epsilon)
    case ("beta2", .adam(let beta1, _, let epsilon)):
      optimizer.rule = .adam(beta1: beta1, beta2: try share(), epsilon: epsilon)
    case ("eps", .adam(let beta1, let beta2, _)):
      optimizer.rule = .adam(beta1: beta1, beta2: beta2, epsilon: try share())
    case ("beta1", .adamW(_, let beta2, let epsilon)):
      optimizer.rule = .adamW(beta1: try share(), beta2: beta2, epsilon: epsilon)
    case ("beta2", .adamW(let beta1, _, let epsilon)):
      optimizer.rule = .adamW(beta1: beta1, beta2: try share(), epsilon: epsilon)
    case ("eps", .adamW(let beta1, let beta2, _)):
      optimizer.rule = .adamW(beta1: beta1, beta2: beta2, epsilon: try share())
    case ("beta1", .adamax(_, let beta2, let epsilon)):
      optimizer.rule = .adamax(beta1: try share(), beta2: beta2, epsilon: epsilon)
    case ("beta2", .adamax(let beta1, _, let epsilon)):
      optimizer.rule = .adamax(beta1: beta1, beta2: try share(), epsilon: epsilon)
    case ("eps", .adamax(let beta1, let beta2, _)):
      optimizer.rule = .adamax(beta1: beta1, beta2: beta2, epsilon: try share())
    case ("beta1", .nadam(_, let beta2, let epsilon)):
      optimizer.rule = .nadam(beta1: try share(), beta2: beta2, epsilon: epsilon)
    case ("beta2", .nadam(let beta1, _, let epsilon)):
      optimizer.rule = .nadam(beta1: beta1, beta2: try share(), epsilon: epsilon)
    case ("eps", .nadam(let beta1, let beta2, _)):
      optimizer.rule = .nadam(beta1: beta1, beta2: beta2, epsilon: try share())
    case ("beta1", .lamb(_, let beta2, let epsilon)):
      optimizer.rule = .lamb(beta1: try share(), beta2: beta2, epsilon: epsilon)
    case ("beta2", .lamb(let beta1, _, let epsilon)):
      optimizer.rule = .lamb(beta1: beta1, beta2: try share(), epsilon: epsilon)
    case ("eps", .lamb(let beta1, let beta2, _)):
      optimizer.rule = .lamb(beta1: beta1, beta2: beta2, epsilon: try share())
    case ("rho", .rmsProp(_, let momentum, let epsilon)):
      optimizer.rule = .rmsProp(rho: try share(), momentum: momentum, epsilon: epsilon)
    case ("momentum", .rmsProp(let rho, _, let epsilon)):
      optimizer.rule = .rmsProp(rho: rho, momentum: try share(), epsilon: epsilon)
    case ("eps", .rmsProp(let rho, let momentum, _)):
      optimizer.rule = .rmsProp(rho: rho, momentum: momentum, epsilon: try share())
    case ("eps", .adagrad): optimizer.rule = .adagrad(epsilon: try share())
    case ("rho", .adadelta(_, let epsilon)):
      optimizer.rule = .adadelta(rho: try share(), epsilon: epsilon)
    case ("eps", .adadelta(let rho, _)):
      optimizer.rule = .adadelta(rho: rho, epsilon: try share())
    default: break
    }
  }

  /// The numbers of a rule under their keys.
  static func figures(of rule: Optimizer.Rule) -> [(key: String, value: Double)] {
    switch rule {
    case .sgd(let momentum, nesterov: _): [("momentum", momentum)]
    case .adam(let beta1, let beta2, let epsilon), .adamW(let beta1, let beta2, let epsilon),
      .adamax(let beta1, let beta2, let epsilon), .nadam(let beta1, let beta2, let epsilon),
      .lamb(let beta1, let beta2, let epsilon):
      [("beta1", beta1), ("beta2", beta2), ("eps", epsilon)]
    case .rmsProp(let rho, let momentum, let epsilon):
      [("rho", rho), ("momentum", momentum), ("eps", epsilon)]
    case .adagrad(let epsilon): [("eps", epsilon)]
    case .adadelta(let rho, let epsilon): [("rho", rho), ("eps", epsilon)]
    }
  }

  /// The optimizer as it is typed: `sgd lr=0.1 momentum=0.9 nesterov=no wd=0`.
  static func text(of optimizer: Optimizer) -> String {
    var keys = pairs(of: optimizer).map { "\($0.key)=\($0.text)" }
    if optimizer.decayed != .all { keys.append("on=\(optimizer.decayed.rawValue)") }
    if optimizer.averaging != 0 { keys.append("ema=\(Numbers.typed(optimizer.averaging))") }
    return "optimizer \(optimizer.rule.name) \(keys.joined(separator: " "))"
  }

  /// The optimizer in a few words: `sgd lr 0.1`.
  static func brief(_ optimizer: Optimizer) -> String {
    let words = text(of: optimizer).split(separator: " ")
    let rate = words.first { $0.hasPrefix("lr=") }.map { "lr " + $0.dropFirst(3) } ?? ""
    return "\(words[1]) \(rate)"
  }

  private static func pairs(of optimizer: Optimizer) -> [(key: String, text: String)] {
    var pairs = [(key: "lr", text: Numbers.typed(optimizer.learningRate))]
    pairs += figures(of: optimizer.rule).map { (key: $0.key, text: Numbers.typed($0.value)) }
    if case .sgd(_, let nesterov) = optimizer.rule {
      pairs.append((key: "nesterov", text: nesterov ? "yes" : "no"))
    }
    return pairs + [(key: "wd", text: Numbers.typed(optimizer.weightDecay))]
  }
}
