import Interchange
import Language
import Networks
import Training

/// How weights are to be loaded.
struct WeightWishes {
  let goesByOrder: Bool

  /// Whether what fits is taken and all else left.
  let isPartial: Bool

  /// Whether the current network stays also where the file has one.
  let keepNetwork: Bool

  /// Reads the keys of `load`.
  init(_ invocation: Invocation) throws(Diagnostic) {
    let match = invocation.option("match")
    let partial = invocation.option("partial")
    goesByOrder = try match?.value.choice("match", among: ["names", "order"]) == "order"
    isPartial = try partial?.value.flag("partial") ?? false
    keepNetwork = match != nil || isPartial
    if goesByOrder, isPartial, let partial {
      throw Diagnostic(
        .argument, "match=order takes all or nothing, so partial=yes does not go with it",
        at: partial.nameRange, offers: ["load \(invocation.words[0].text) match=order"])
    }
  }
}

/// Weights from files into a network.
extension CommandScope {
  /// Puts the weights of a file into the current network, or the file's own network with them in its place.
  mutating func load(_ file: WeightFile, _ wishes: WeightWishes, word: Word) throws -> Report {
    var network = state.current?.network
    if !wishes.keepNetwork, let text = file.metadata["network"] {
      let saved = try self.network(of: text, name: word.text)
      if network?.isSame(as: saved) != true { network = saved }
    }
    let target = try networkForWeights(network, word)
    let messages = WeightMessages(file: file, word: word)
    if wishes.goesByOrder {
      let order: WeightOrder
      do { order = try WeightOrder(file.arrays, to: target) } catch {
        throw messages.refusal(of: error)
      }
      let learned = try read(order.pairs, into: LearnedState(), word)
      state.current = NetworkState(network: target, weights: learned)
      return messages.account(of: order, summary: summary(of: target))
    }
    let match = WeightMatch(file.arrays, to: target)
    guard match.isWhole || (wishes.isPartial && !match.found.isEmpty) else {
      throw messages.refusal(of: match, offers: repairs(of: match, in: file, target, word))
    }
    var learned = LearnedState()
    if !match.isWhole, let current = state.current {
      learned.parameters = try presentWeights(of: current).parameters
    }
    learned = try read(match.found, into: learned, word)
    var loaded = NetworkState(network: target)
    if match.isWhole, file.metadata["network"] != nil, !wishes.keepNetwork {
      learned.steps = try count("steps", of: file, word: word)
      learned.epochs = try count("epochs", of: file, word: word)
      loaded.normalization = try normalization(of: file, for: target, word: word)
    }
    loaded.weights = learned
    state.current = loaded
    return messages.account(of: match, summary: summary(of: target))
  }

  /// Commands that load a file which does not fit by name as a whole.
  private func repairs(
    of match: WeightMatch, in file: WeightFile, _ network: Network, _ word: Word
  ) -> [String] {
    if (try? WeightOrder(file.arrays, to: network)) != nil {
      return working(["load \(word.text) match=order"])
    }
    if match.found.isEmpty { return ["tree"] }
    // Where only tensors are left over the file may be of another network, so nothing is suggested.
    let isShort = !match.missing.isEmpty || !match.differing.isEmpty
    return isShort ? working(["load \(word.text) partial=yes"]) : []
  }

  private func read(
    _ pairs: [WeightPair], into known: LearnedState, _ word: Word
  ) throws(Diagnostic) -> LearnedState {
    var learned = known
    for pair in pairs {
      learned.parameters[pair.parameter.key] = try filing(at: word.range) {
        () throws(FileError) in try pair.array.tensor()
      }
    }
    learned.touch()
    return learned
  }

  /// How the inputs of a saved network were normalized, if they were.
  private func normalization(of file: WeightFile, for network: Network, word: Word)
    throws(Diagnostic) -> Normalization?
  {
    switch NormalizationText.read(file.metadata, for: network.input) {
    case .success(let normalization): return normalization
    case .failure(.scope(let found)):
      throw Diagnostic(
        .file,
        "\(word.text): normalization in its metadata should be one of "
          + "\(Normalization.Scope.allCases.map(\.rawValue).joined(separator: ", ")), "
          + "found \(found.prefix(40))", at: word.range)
    case .failure(.statistics(let expected)):
      throw Diagnostic(
        .file,
        "\(word.text): normalization in its metadata should have \(Numbers.count(expected, "mean")) "
          + "and as many deviations above 0", at: word.range)
    }
  }

  /// A count that a saved network keeps beside its weights, 0 where it does not.
  private func count(_ key: String, of file: WeightFile, word: Word) throws(Diagnostic) -> Int {
    guard let text = file.metadata[key] else { return 0 }
    if let count = Int(text), (0...Self.mostSteps).contains(count) { return count }
    throw Diagnostic(
      .file,
      "\(word.text): \(key) in its metadata should be a count up to "
        + "\(Numbers.grouped(Self.mostSteps)), found \(text.prefix(40))",
      at: word.range)
  }

  /// The most steps a saved network may have taken, so that counting on never overflows.
  private static let mostSteps = 1_000_000_000_000
}
