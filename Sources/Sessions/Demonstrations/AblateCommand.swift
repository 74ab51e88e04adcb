import Engine
import Language
import Networks
import Training

extension CommandTable {
  /// The command that trains variants of a network.
  static let ablateRow = CommandRow(
    "ablate", .demonstrate,
    usage: "ablate \(Ablation.allCases.map(\.rawValue).joined(separator: "|")) [epochs=4] [seeds=1]"
      + " [> FILE.svg|FILE.csv|FILE.json]",
    "trains variants of the network at hand alike, each from new weights",
    details: Ablation.allCases.map { "\($0.rawValue): \($0.summary)" } + [
      "All learn with the settings of the session, from the same batches. Networks, weights, seed and data stay as",
      "they are; Ctrl-C keeps what has been trained. More seeds give means ± standard deviations.",
    ],
    examples: ["ablate skip epochs=1 seeds=2", "ablate shortcut epochs=1 > shortcuts.svg"],
    slots: [.words(Ablation.allCases.map(\.rawValue))],
    keys: [
      .init("epochs", default: "4", "epochs of each network"),
      .init(
        "seeds", default: "1", "networks of each variant, by the session's seed and those after it"),
    ], words: 1, traits: [.ownRedirect], endings: ["svg", "csv", "json", "txt"],
    writing: "ablate skip > FILE", run: { try $0.ablate($1) })
}

/// What variants of a network differ in.
enum Ablation: String, CaseIterable {
  case skip
  case shortcut
  case order
  case gamma
  case rezero
  case activation
  case depth

  /// What the variants are, in one line.
  var summary: String {
    switch self {
    case .skip: "residual blocks as they are, and the same layers without shortcuts"
    case .shortcut: "shortcuts A, B and C (He et al. 2015) where they are not given"
    case .order:
      "residual blocks as they are, activation before the sum, and pre-activation (He et al. 2016)"
    case .gamma: "the last gamma of each body 1 at first, and 0 (init zero_gamma)"
    case .rezero: "residual blocks as they are, and bodies times a learned number that starts at 0"
    case .activation: "relu everywhere, and leaky, gelu, silu and tanh in its place"
    case .depth:
      "residual blocks as they are, and each left out for an example with probability 0.2 (Huang et al. 2016)"
    }
  }
}

extension CommandScope {
  /// Answers `ablate TOPIC [epochs=4] [seeds=1] [> FILE]`.
  mutating func ablate(_ invocation: Invocation) throws -> Report {
    let words = Ablation.allCases.map(\.rawValue)
    let word = try invocation.word(
      0, "what to vary: \(words.joined(separator: ", "))", invocation.row)
    let topic = Ablation(rawValue: try word.choice("ablate", among: words)) ?? .skip
    let epochs = try invocation.count("epochs", preset: 4, most: 10_000)
    let seeds = try invocation.count("seeds", preset: 1, most: 100)
    let data = try dataToDemonstrate(invocation, offering: "add resnet8; ablate \(topic.rawValue)")
    let network = try currentNetwork(at: invocation.range)
    try checkTrainable(network, data: data, at: invocation.range)
    try checkLearns(network, at: invocation.range)
    try checkNothingRuns(at: invocation.range)
    let variants = try variants(of: network, topic, at: word.range)
    var rounds: [Demonstration.Round] = []
    for (name, network, scheme) in variants {
      try checkTrainable(network, data: data, at: word.range)
      for seed in 0..<seeds {
        var recipe = state.recipe
        recipe.seed = state.recipe.seed &+ UInt64(seed)
        recipe.scheme = scheme
        let request = RunRequest(
          name: "\(topic.rawValue) \(name)", network: network, learned: LearnedState(), data: data,
          recipe: recipe, length: .epochs(epochs))
        let count = Numbers.count(network.learnableCount, "parameter")
        var title = "\(topic.rawValue) \(name), \(count)"
        if seeds > 1 { title += ", seed \(recipe.seed)" }
        rounds.append(.init(title: title, trials: [Trial(row: [name], request: request)]))
      }
    }
    ask(
      for: .demonstrate(
        Demonstration(heads: [topic.rawValue], rounds: rounds, conclusion: { _ in [] })))
    return Report()
  }

  /// The variants of a network by what they are called, with the scheme by which weights are drawn.
  private func variants(of network: Network, _ topic: Ablation, at range: SourceRange)
    throws(Diagnostic) -> [(name: String, network: Network, scheme: Initializer)]
  {
    let scheme = state.recipe.scheme
    let made: [(name: String, network: Network, scheme: Initializer)] =
      try refusing(at: range) { () throws(EditError) in
        switch topic {
        case .skip:
          [("yes", network, scheme), ("no", try network.withoutShortcuts(), scheme)]
        case .shortcut:
          try [ShortcutKind.zeroPadded, .projection, .projectionAlways].map {
            kind throws(EditError) in
            (kind.rawValue, try network.withShortcuts(kind), scheme)
          }
        case .order:
          [
            ("as it is", network, scheme),
            ("before the sum", try network.activatedBeforeSums(), scheme),
            ("pre-activation", try network.preactivated(), scheme),
          ]
        case .gamma:
          [("1", network, scheme == .zeroGamma ? .he : scheme), ("0", network, .zeroGamma)]
        case .depth:
          [("whole", network, scheme), ("stochastic", try network.withDroppedBodies(0.2), scheme)]
        case .rezero:
          [("no", network, scheme), ("yes", try network.withSilentBodies(), scheme)]
        case .activation:
          try [Activation.relu, Activation(.leaky), Activation(.gelu), Activation(.silu), .tanh]
            .map { activation throws(EditError) in
              (
                activation.function.rawValue, try network.replacingRectifiers(with: activation),
                scheme
              )
            }
        }
      }
    if topic == .gamma ? network.hasClosingGammas : !isAlike(made.map(\.network)) { return made }
    throw Diagnostic(
      .state, "\(state.currentName) has \(Self.lack(of: topic)), so there is nothing to compare",
      at: range, offers: working(["wrap residual", "add basicblock 16"]) + ["help ablate"])
  }

  private func isAlike(_ networks: [Network]) -> Bool {
    guard let first = networks.first else { return true }
    return networks.dropFirst().allSatisfy {
      $0.isSame(as: first) && $0.learnableCount == first.learnableCount
    }
  }

  /// What a network lacks whose variants are all alike.
  private static func lack(of topic: Ablation) -> String {
    switch topic {
    case .skip: "no residual block"
    case .shortcut: "no residual block whose shortcut follows from the shapes"
    case .order: "no residual block in another order"
    case .gamma: "no residual body that ends in bn"
    case .rezero: "no residual body without such a factor"
    case .activation: "no relu"
    case .depth: "no residual block without droppath"
    }
  }
}

extension Network {
  /// Whether a residual body ends in a normalization.
  fileprivate var hasClosingGammas: Bool {
    parameters.contains { $0.purpose == .gamma(closesResidual: true) }
  }
}
