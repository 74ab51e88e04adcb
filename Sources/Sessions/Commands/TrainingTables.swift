import Engine
import Language

/// The losses by name.
enum LossTable {
  static let names = Loss.allCases.map(\.name) + ["auto"]

  /// Other frameworks' words for losses that are the same, without marks between their parts.
  private static let aliases: [String: Loss] = [
    "binarycrossentropy": .binaryCrossEntropy, "bcewithlogits": .binaryCrossEntropy,
    "bcewithlogitsloss": .binaryCrossEntropy, "bceloss": .binaryCrossEntropy,
    "sigmoidbce": .binaryCrossEntropy, "sigmoidbceloss": .binaryCrossEntropy,
    "binarycrossentropywithlogits": .binaryCrossEntropy, "logloss": .binaryCrossEntropy,
    "ce": .crossEntropy, "crossentropy": .crossEntropy, "crossentropyloss": .crossEntropy,
    "categoricalcrossentropy": .crossEntropy, "sparsecategoricalcrossentropy": .crossEntropy,
    "softmaxcrossentropy": .crossEntropy, "softmaxcrossentropyloss": .crossEntropy,
    "l1loss": .l1, "mae": .l1, "l2loss": .l2, "huberloss": .huber, "smoothl1": .huber,
    "smoothl1loss": .huber,
  ]

  /// The loss of a name that is not `auto`; nothing where none is called so.
  static func loss(_ name: String) -> Loss? {
    let plain = name.lowercased().filter { $0 != "_" && $0 != "-" }
    return Loss.allCases.first { $0.name == name } ?? aliases[plain]
  }

  /// What a loss is, in one line.
  static func summary(of loss: Loss) -> String {
    switch loss {
    case .crossEntropy: "−ln of the softmax at the label, for classes"
    case .binaryCrossEntropy: "−ln of the sigmoid at the label, for one output and two classes"
    case .l2: "½(p − t)², the mean over the outputs"
    case .l1: "|p − t|, the mean over the outputs"
    case .huber: "½(p − t)² within a distance of 1, |p − t| − ½ beyond"
    }
  }
}

/// The schemes of first weights by name.
enum SchemeTable {
  /// A scheme, and the number it takes, where it takes one.
  private struct Entry {
    let name: String
    let number: (name: String, bounds: ClosedRange<Double>)?
    let summary: String
    let scheme: @Sendable (Double) -> Initializer
  }

  private static let entries: [Entry] = [
    Entry(name: "he", number: nil, summary: "normal, deviation √(2 / fan-in) (He et al. 2015)") {
      _ in
      .he
    },
    Entry(
      name: "xavier", number: nil,
      summary: "uniform within √(6 / (fan-in + fan-out)) (Glorot and Bengio 2010)"
    ) { _ in .xavier },
    Entry(name: "gluon", number: nil, summary: "uniform within 0.07, Gluon's default") { _ in .gluon
    },
    Entry(
      name: "pytorch", number: nil,
      summary: "uniform within 1 / √fan-in, biases too, PyTorch's default"
    ) { _ in .pytorch },
    Entry(
      name: "uniform", number: ("the bound", 0...1000), summary: "uniform within a bound, 0.07"
    ) { .uniform(scale: $0) },
    Entry(
      name: "normal", number: ("the deviation", 0...1000),
      summary: "normal with a deviation, 0.07"
    ) { .normal(deviation: $0) },
    Entry(
      name: "orthogonal", number: nil, summary: "orthogonal rows of length 1 (Saxe et al. 2014)"
    ) {
      _ in .orthogonal
    },
    Entry(
      name: "zero_gamma", number: nil,
      summary: "he, with the last gamma of every residual body 0 (Goyal et al. 2017)"
    ) { _ in .zeroGamma },
  ]

  static let names = entries.map(\.name)

  /// The schemes with the number they take and what they draw.
  static var summaries: [(form: String, summary: String)] {
    entries.map { ($0.name + ($0.number == nil ? "" : " VALUE"), $0.summary) }
  }

  /// A scheme as it is typed.
  static func text(of scheme: Initializer) -> String {
    switch scheme {
    case .he: "he"
    case .xavier: "xavier"
    case .gluon: "gluon"
    case .pytorch: "pytorch"
    case .uniform(let scale): "uniform \(Numbers.typed(scale))"
    case .normal(let deviation): "normal \(Numbers.typed(deviation))"
    case .orthogonal: "orthogonal"
    case .zeroGamma: "zero_gamma"
    }
  }

  /// The scheme of a name, and the words behind it that it does not take.
  static func scheme(_ words: [Word]) throws(Diagnostic) -> (Initializer, rest: [Word]) {
    let name = try words[0].choice("init", among: names)
    guard let entry = entries.first(where: { $0.name == name }) else { return (.he, []) }
    let rest = Array(words.dropFirst())
    guard let number = entry.number else { return (entry.scheme(0), rest) }
    guard let word = rest.first, word.number != nil else { return (entry.scheme(preset), rest) }
    let value = try word.number(number.name, in: number.bounds)
    return (entry.scheme(value), Array(rest.dropFirst()))
  }

  /// The number of `uniform` and `normal` where none is given: Gluon's bound.
  private static let preset = 0.07
}

/// The optimizers and their keys, for parsing, help and printing.
enum OptimizerTable {
  /// An optimizer with its defaults.
  private static let entries: [(name: String, optimizer: Optimizer)] = [
    ("sgd", .sgd), ("adam", .adam), ("adamw", .adamW), ("rmsprop", .rmsProp),
  ]

  static let names = entries.map(\.name)

  /// Each optimizer as it is typed with its defaults.
  static var defaults: [String] {
    entries.map { String(text(of: $0.optimizer).dropFirst("optimizer ".count)) }
  }

  /// All keys, with the defaults they have where an optimizer takes them.
  static let keys: [CommandRow.Key] = [
    .init("lr", default: "0.1 sgd, 0.001 others", "learning rate"),
    .init("momentum", default: "0 sgd, 0.9 rmsprop", "share of the last step kept"),
    .init("nesterov", default: "no", "sgd looks ahead along its momentum"),
    .init("wd", default: "0", "weight decay, on all learnable parameters"),
    .init("beta1", default: "0.9", "adam, adamw: memory of the mean"),
    .init("beta2", default: "0.999", "adam, adamw: memory of the mean square"),
    .init("rho", default: "0.9", "rmsprop: memory of the mean square"),
    .init("eps", default: "1e-8, 1e-6 adamw", "added to the root"),
  ]

  /// The optimizer of an invocation: a new one, or the present one with other keys.
  static func optimizer(_ invocation: Invocation, present: Optimizer) throws(Diagnostic)
    -> Optimizer
  {
    var optimizer = present
    if let word = invocation.words.first {
      let name = try word.choice("optimizer", among: names)
      optimizer = entries.first { $0.name == name }?.optimizer ?? present
    }
    try invocation.row.check(invocation.options, among: pairs(of: optimizer).map(\.key))
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
    case ("rho", .rmsProp(_, let momentum, let epsilon)):
      optimizer.rule = .rmsProp(rho: try share(), momentum: momentum, epsilon: epsilon)
    case ("momentum", .rmsProp(let rho, _, let epsilon)):
      optimizer.rule = .rmsProp(rho: rho, momentum: try share(), epsilon: epsilon)
    case ("eps", .rmsProp(let rho, let momentum, _)):
      optimizer.rule = .rmsProp(rho: rho, momentum: momentum, epsilon: try share())
    default: break
    }
  }

  /// The optimizer as it is typed: `sgd lr=0.1 momentum=0.9 nesterov=no wd=0`.
  static func text(of optimizer: Optimizer) -> String {
    let name =
      switch optimizer.rule {
      case .sgd: "sgd"
      case .adam: "adam"
      case .adamW: "adamw"
      case .rmsProp: "rmsprop"
      }
    let keys = pairs(of: optimizer).map { "\($0.key)=\($0.text)" }
    return "optimizer \(name) \(keys.joined(separator: " "))"
  }

  /// The optimizer in a few words: `sgd lr 0.1`.
  static func brief(_ optimizer: Optimizer) -> String {
    let words = text(of: optimizer).split(separator: " ")
    let rate = words.first { $0.hasPrefix("lr=") }.map { "lr " + $0.dropFirst(3) } ?? ""
    return "\(words[1]) \(rate)"
  }

  private static func pairs(of optimizer: Optimizer) -> [(key: String, text: String)] {
    let number = Numbers.typed
    var pairs = [("lr", number(optimizer.learningRate))]
    switch optimizer.rule {
    case .sgd(let momentum, let nesterov):
      pairs += [("momentum", number(momentum)), ("nesterov", nesterov ? "yes" : "no")]
    case .adam(let beta1, let beta2, let epsilon), .adamW(let beta1, let beta2, let epsilon):
      pairs += [("beta1", number(beta1)), ("beta2", number(beta2)), ("eps", number(epsilon))]
    case .rmsProp(let rho, let momentum, let epsilon):
      pairs += [("rho", number(rho)), ("momentum", number(momentum)), ("eps", number(epsilon))]
    }
    pairs.append(("wd", number(optimizer.weightDecay)))
    return pairs.map { (key: $0.0, text: $0.1) }
  }
}
