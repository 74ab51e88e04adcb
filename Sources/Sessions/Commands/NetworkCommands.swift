import Language
import Networks

extension CommandTable {
  /// Commands about several networks.
  static let networkRows: [CommandRow] = [
    CommandRow(
      "net", .networks, usage: "net [NAME]", "makes another network the current one, or lists them",
      details: [
        "A name that is new begins an empty network with the same input.",
        "A network left without blocks is forgotten.",
      ],
      examples: ["net", "net plain"], slots: [.network], words: 1, traits: [.redirect],
      endings: CommandRow.answerEndings, run: { try $0.net($1) }),
    CommandRow(
      "fork", .networks, usage: "fork NAME",
      "copies the current network, weights and all, and makes the copy current",
      examples: ["fork wider"], words: 1,
      run: { try $0.fork($1) }),
    CommandRow(
      "drop", .networks, usage: "drop NAME", "forgets a network", examples: ["drop other"],
      slots: [.network],
      words: 1, traits: [.outsideLessons], run: { try $0.drop($1) }),
  ]
}

extension CommandScope {
  /// Answers `net [NAME]`.
  mutating func net(_ invocation: Invocation) throws -> Report {
    guard let word = invocation.words.first else { return networkList() }
    let name = try newName(word)
    if name == state.currentName, let current = state.current {
      return Report("already on \(name): \(summary(of: current.network))")
    }
    let input = state.data?.train.shape ?? state.current?.network.input
    leaveEmptyNetwork()
    state.currentName = name
    if let known = state.current {
      return Report("\(name): \(summary(of: known.network))")
    }
    if let input, let network = try? Network(input: input) { replaceNetwork(with: network) }
    return Report("\(name): a new network" + (input.map { ", input \($0.displayText)" } ?? ""))
  }

  /// Forgets the current network if it has no blocks.
  private mutating func leaveEmptyNetwork() {
    guard state.current?.network.isEmpty ?? false else { return }
    let name = state.currentName
    state.networks[name] = nil
    state.networkNames.removeAll { $0 == name }
  }

  private func networkList() -> Report {
    if state.networkNames.isEmpty {
      let data = networkData
      return Report(["no networks yet"]) { data }
    }
    var table = TextTable([
      ("", .leading), ("network", .leading), ("shapes", .leading), ("parameters", .trailing),
      ("steps", .trailing), ("loss", .trailing),
    ])
    for name in state.networkNames {
      guard let known = state.networks[name] else { continue }
      let network = known.network
      let loss = known.lastEpoch.map { Numbers.loss($0.loss) } ?? ""
      table.append([
        StyledText(name == state.currentName ? "●" : " ", .good), StyledText(name, .typable),
        StyledText("\(network.input.displayText) → \(network.output.displayText)"),
        StyledText(Numbers.grouped(network.learnableCount)),
        StyledText(Numbers.grouped(known.weights.steps)), StyledText(loss),
      ])
    }
    let data = networkData
    return Report(table.lines) { data }
  }

  private var networkData: JSON {
    let networks = state.networkNames.compactMap { name -> JSON? in
      guard let known = state.networks[name] else { return nil }
      let learned: JSON = [
        "steps": .integer(known.weights.steps), "epochs": .integer(known.weights.epochs),
        "loss": .optional(known.lastEpoch?.loss), "accuracy": .optional(known.lastEpoch?.accuracy),
      ]
      return (["network": .text(name)] as JSON).with(.totals(of: known.network)).with(learned)
    }
    return ["current": .text(state.currentName), "networks": .array(networks)]
  }

  /// Answers `fork NAME`.
  mutating func fork(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    let word = try invocation.word(0, "NAME", row)
    let name = try newName(word)
    _ = try currentNetwork(at: invocation.range)
    guard var current = state.current else { return Report() }
    if state.networks[name] != nil {
      throw Diagnostic(
        .edit, "a network is called \(name) already", at: word.range,
        offers: ["net \(name)", "fork \(NameSupply(state.networkNames).fresh(name))"])
    }
    current.weights = try presentWeights(of: current)
    current.run = nil
    let original = state.currentName
    state.currentName = name
    state.current = current
    return Report("\(name): a copy of \(original), \(summary(of: current.network))")
  }

  /// Answers `drop NAME`.
  mutating func drop(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    let word = try invocation.word(0, "NAME", row)
    guard state.networks[word.text] != nil else { throw unknownNetwork(word) }
    state.networks[word.text] = nil
    state.networkNames.removeAll { $0 == word.text }
    if state.currentName == word.text {
      state.currentName = state.networkNames.last ?? SessionState.firstName
    }
    return Report("dropped \(word.text); \(state.currentName) is current")
  }

  /// Says that no network has a name.
  func unknownNetwork(_ word: Word) -> Diagnostic {
    Diagnostic(
      .name, "no network is called \(word.text)", at: word.range,
      guessing: DidYouMean.nearest(word.text, among: state.networkNames), offers: ["net"])
  }

  private func newName(_ word: Word) throws(Diagnostic) -> String {
    guard word.kind == .name, Naming.isValid(word.text), !Self.reservedNames.contains(word.text)
    else {
      throw Diagnostic(
        .argument,
        "a network's name has letters, digits and _, and is none of "
          + "\(Self.reservedNames.sorted().joined(separator: ", ")); found \(word.text)",
        at: word.range, offers: ["net"])
    }
    return word.text
  }

  /// Words that mean something else in expressions such as `loss(test)`.
  private static let reservedNames: Set<String> = ["net", "test", "train"]
}
