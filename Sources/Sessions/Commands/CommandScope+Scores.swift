import Engine
import Language
import Networks
import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Losses that take scores, and networks whose last function comes before its time.
extension CommandScope {
  /// Refuses what binary cross entropy does not take: other than two classes, other than one score.
  func checkBinary(_ network: Network, classes: Int, at range: SourceRange?) throws(Diagnostic) {
    if classes != 2 {
      throw Diagnostic(
        .state, "bce tells two classes apart, the data has \(classes)", at: range,
        offers: ["loss cross_entropy"])
    }
    if network.output.channels != 1 {
      throw Diagnostic(EngineError.severalOutputs(network.output.channels), at: range)
    }
    try checkScores(network, at: range)
  }

  /// Refuses a sigmoid behind which binary cross entropy would put another, and targets that are no labels.
  func checkLabels(_ data: Dataset, _ network: Network, at range: SourceRange?) throws(Diagnostic) {
    try checkScores(network, at: range)
    for part in [data.train, data.test].compactMap(\.self) {
      guard case .values(let values) = part.targets,
        let other = values.values.first(where: { !($0 >= 0 && $0 <= 1) })
      else { continue }
      throw Diagnostic(
        .state,
        "bce takes labels from 0 to 1 as targets, the data has "
          + Numbers.typed(Double("\(other)") ?? .nan),
        at: range, offers: ["loss l2", "loss auto"])
    }
  }

  private func checkScores(_ network: Network, at range: SourceRange?) throws(Diagnostic) {
    if let last = network.lastFunction, last.activation == .sigmoid {
      throw Diagnostic(
        .state, "\(last.path) ends in a sigmoid, which bce has in it: it takes the score before",
        at: range, offers: working([last.removal]))
    }
  }

  /// What makes binary cross entropy of a network with one output.
  func binaryOffers(for network: Network) -> [String] {
    guard network.output.count == 1 else { return [] }
    guard let last = network.lastFunction, last.activation == .sigmoid else { return ["loss bce"] }
    return ["\(last.removal); loss bce"]
  }

  /// What to know where cross entropy follows a softmax.
  func softmaxNotes(_ names: [String], data: Dataset, loss: Loss) -> [StyledText] {
    guard loss == .crossEntropy, let classes = data.train.classNames?.count, classes > 1 else {
      return []
    }
    return names.compactMap { name in
      guard let last = state.networks[name]?.network.lastFunction, last.activation == .softmax
      else { return nil }
      let least = log(1 + Double(classes - 1) / M_E)
      return StyledText(
        "note: \(last.path) ends in softmax, which cross_entropy has in it: "
          + "the loss stays above \(Numbers.significant(least, digits: 3)); \(last.removal)", .dim)
    }
  }
}

extension Network {
  /// The function that the output comes from, where it ends in one.
  struct LastFunction {
    let path: String
    let activation: Activation

    /// The command that leaves it out.
    let removal: String
  }

  /// The last block's function: a layer of its own, or one that a layer or a residual block ends in.
  var lastFunction: LastFunction? {
    var block = root
    while true {
      switch block.form {
      case .sequential, .repeated, .shared:
        guard let last = block.children.last else { return nil }
        block = last
      case .layer(.activation(let activation)):
        return path(of: block).map {
          LastFunction(path: $0, activation: activation, removal: "remove \($0)")
        }
      case .layer(let layer):
        guard let activation = layer.ownActivation, let path = path(of: block) else { return nil }
        return LastFunction(path: path, activation: activation, removal: "set \(path) act=none")
      case .residual(let residual):
        guard let activation = residual.activation, let path = path(of: block) else { return nil }
        return LastFunction(path: path, activation: activation, removal: "set \(path) act=none")
      case .parallel, .join: return nil
      }
    }
  }

  private func path(of wanted: Networks.Block) -> String? {
    var found: String?
    walk { block, path in if block.id == wanted.id { found = path } }
    return found
  }
}
