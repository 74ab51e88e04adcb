import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// The command that reads networks and weights.
  static let loadRow = CommandRow(
    "load", .files, usage: "load FILE [match=names|order] [partial=yes] [resume=no]",
    "reads a network, or weights for the current network",
    details: [
      "An .esp file has blocks and definitions. A .safetensors file that was saved here brings its network along.",
      "Other weights are for the current network: .safetensors, .pth and .pt of PyTorch, of which nothing is run,",
      "and .params of Gluon. Names may be those of save, of torchvision's and timm's ResNets (layer1.0.conv1.weight),",
      "of those for CIFAR written like them, or of Gluon's model zoo (features.4.0.body.0.weight).",
      "An .onnx file brings network and weights, as far as its operators are those of our layers.",
      "match=order goes by order and shape in place of names. A file that does not fit wholly is refused;",
      "partial=yes takes what fits by name and shape, and leaves all else as it is.",
    ],
    examples: ["load kept.safetensors"], slots: [.file],
    keys: [
      .init(
        "match", default: "names", among: ["names", "order"],
        "what tells which weights go where: names or order"),
      .init("partial", default: "no", "yes takes what fits and leaves the rest"),
      .init("resume", default: "yes", "no leaves out what a saved run needs to go on"),
    ],
    words: 1,
    run: { try $0.load($1) })
}

extension CommandScope {
  /// What `load` reads.
  private enum NetworkReader {
    /// A network as text.
    case text

    /// Weights that may bring their network along.
    case saved(Opener)

    /// Weights alone.
    case weights(Opener)

    /// A graph with its weights.
    case graph

    typealias Opener = @Sendable (_ path: String) throws(FileError) -> WeightFile
  }

  private static let networkReaders: ReaderTable<NetworkReader> = [
    "safetensors": .saved(WeightFile.safetensors), "esp": .text,
    "pth": .weights(WeightFile.checkpoint), "pt": .weights(WeightFile.checkpoint),
    "params": .weights(WeightFile.params), "onnx": .graph,
  ]

  /// Answers `load FILE [match=names|order] [partial=yes]`.
  mutating func load(_ invocation: Invocation) throws -> Report {
    let (name, before) = (state.currentName, state.current)
    var report = try loaded(invocation)
    if let before, before.weights.steps > 0, state.currentName == name,
      let network = state.current?.network, !network.isSame(as: before.network)
    {
      let steps = Numbers.count(before.weights.steps, "step")
      report.lines.append(
        StyledText("  another \(name) had learned for \(steps); undo brings it back", .dim))
    }
    return report
  }

  private mutating func loaded(_ invocation: Invocation) throws -> Report {
    let (word, path) = try file(of: invocation)
    let wishes = try WeightWishes(invocation)
    switch Self.networkReaders[word.text] {
    case nil: throw unreadable(word)
    case .text:
      if let option = invocation.options.first {
        throw Diagnostic(
          .argument, "\(option.name) is about weights, of which \(word.text) has none",
          at: option.nameRange, offers: ["load \(word.text)"])
      }
      if context.checksOnly { return unread(word.text) }
      let text = try filing(at: word.range) { () throws(FileError) in try WholeFile.text(at: path) }
      let report = try loadNetwork(text, name: word.text)
      ask(for: .noteLoaded(path: path))
      return report
    case .saved(let open):
      if context.checksOnly, !wishes.keepNetwork { return unread(word.text) }
      return try loadWeights(from: path, by: open, wishes, word)
    case .weights(let open): return try loadWeights(from: path, by: open, wishes, word)
    case .graph:
      if let option = invocation.options.first {
        throw Diagnostic(
          .argument,
          "\(option.name) is about weights for a network, and \(word.text) brings its own",
          at: option.nameRange, offers: ["load \(word.text)"])
      }
      if context.checksOnly { return unread(word.text) }
      let report = try loadOnnx(from: path, word)
      ask(for: .noteLoaded(path: path))
      return report
    }
  }

  private mutating func loadWeights(
    from path: String, by open: NetworkReader.Opener, _ wishes: WeightWishes, _ word: Word
  ) throws -> Report {
    if context.checksOnly {
      if state.current == nil, let file = state.unread[state.currentName] {
        throw UnknownInCheck(file: file)
      }
      _ = try networkForWeights(state.current?.network, word)
      return Report("would read \(word.text)")
    }
    let file = try filing(at: word.range) { () throws(FileError) in try open(path) }
    let report = try load(file, wishes, word: word)
    // Weights alone do not keep the network that they are in now.
    if file.metadata["network"] != nil, !wishes.keepNetwork {
      ask(for: .noteLoaded(path: path))
      ask(for: .restore(SavedCurve(file.metadata)))
    }
    return report
  }

  /// A network that is there for weights.
  func networkForWeights(_ network: Network?, _ word: Word) throws(Diagnostic) -> Network {
    if let network { return network }
    throw Diagnostic(
      .file, "\(word.text) has weights but no network; make the network first", at: word.range,
      offers: ["input 1x64", "net"])
  }

  /// Notes that a check does not know the network of a file.
  private mutating func unread(_ file: String) -> Report {
    let name = state.currentName
    state.networks[name] = nil
    state.networkNames.removeAll { $0 == name }
    state.unread[name] = file
    return Report("would read \(file)")
  }

  /// Builds the network of a saved text in place of the current one.
  private mutating func loadNetwork(_ text: String, name: String) throws
    -> Report
  {
    let saved = try saved(text, name: name)
    state.current = NetworkState(network: saved.network)
    return Report(
      [StyledText("loaded \(name): \(summary(of: saved.network))")] + define(saved.definitions))
  }

  /// Takes over definitions, and says which.
  mutating func define(_ definitions: [Definition]) -> [StyledText] {
    for definition in definitions { try? state.environment.define(definition) }
    if definitions.isEmpty { return [] }
    return [StyledText("  defined: \(definitions.map(\.name).joined(separator: ", "))", .dim)]
  }

  /// The network that a saved text builds.
  ///
  /// - Throws: A diagnostic of what stands in the text.
  func network(of text: String, name: String) throws -> Network {
    try saved(text, name: name).network
  }

  /// The network that a saved text builds, and the definitions in it that are new here; other commands than `input` and
  /// `add` are refused.
  func saved(_ text: String, name: String) throws -> (network: Network, definitions: [Definition]) {
    let known = state.environment.definitions
    let statements = try Parser.parse(file: SourceText(name: name, text: text))
    var state = SessionState(environment: state.environment)
    state.recipe.seed = Session.Options().seed
    var rehearsal = Rehearsal(state, context.forLoading) { invocation in
      let verb = invocation.verb.text
      guard let row = CommandTable.row(verb), !row.traits.contains(.buildsNetwork) else { return }
      let verbs = Numbers.list(CommandTable.verbs(.buildsNetwork))
      throw Diagnostic(
        .file, "\(verb) does not belong in a saved network, which has only \(verbs)",
        at: invocation.verb.range, offers: ["source \(name)"])
    }
    do {
      try rehearsal.run(statements)
      var built = CommandScope(rehearsal.state, context)
      let environment = rehearsal.state.environment
      let definitions = environment.definitionNames.compactMap { name in
        environment.definitions[name].flatMap { known[name] == $0 ? nil : $0 }
      }
      return (try built.currentNetwork(at: nil), definitions)
    } catch var diagnostic as Diagnostic {
      // What would mend the text is nothing to type here.
      let others = diagnostic.offers.filter { $0.hasPrefix("help ") || $0.hasPrefix("source ") }
      diagnostic.offers = others.isEmpty ? ["help load"] : others
      diagnostic.replacement = nil
      throw diagnostic
    }
  }

  private func unreadable(_ word: Word) -> Diagnostic {
    let readers = Self.networkReaders
    let stem = Path.joining(Path.folder(of: word.text), Path.stem(of: word.text))
    let ending = readers.endings.first { Folder.holds("\(resolved(stem)).\($0)") }
    return Diagnostic(
      .file, "load reads \(readers.endings(joinedBy: "and")) files, found \(word.text)",
      at: word.range, replacement: ending.map { "\(stem).\($0)" })
  }
}
