import Engine
import Language

/// The losses by name.
enum LossTable {
  static let names = typed.map(\.name) + ["auto"]

  /// The losses that have a name of their own.
  static let typed = Loss.allCases.filter { $0 != .multiLabel }

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
    return typed.first { $0.name == name } ?? aliases[plain]
  }

  /// What a loss is, in one line.
  static func summary(of loss: Loss) -> String {
    switch loss {
    case .crossEntropy: "−ln of the softmax at the label, for classes"
    case .binaryCrossEntropy: "−ln of the sigmoid at the label, for one output and two classes"
    case .multiLabel: "the same for a label from 0 to 1 of each output, the mean over the outputs"
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
