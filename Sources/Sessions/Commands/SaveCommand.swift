import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// The command that keeps a network in a file.
  static let saveRow = CommandRow(
    "save", .files, usage: "save FILE.esp|FILE.safetensors|FILE.params [names=own|pytorch|gluon]",
    "writes the network: as text, or weights with the text beside them",
    details: [
      "An .esp file keeps the blocks, and your definitions. A .safetensors file keeps the weights, running statistics, steps and epochs too,",
      "and the means and deviations of the data it learned from, if that was normalized.",
      "names=pytorch names the tensors as torchvision's ResNets do (layer1.0.conv1.weight), so that load_state_dict takes",
      "them; a .params file is for load_parameters of Gluon, under the names of its model zoo (features.4.0.body.0.weight).",
      "Under own names it keeps what the optimizer remembers, the recipe, the commands that made the data and, where a run",
      "was stopped or goes on, all that resume needs after load: the same bits as if it had never stopped.",
    ],
    examples: ["save net.esp", "save net.safetensors"], slots: [.file],
    keys: [
      .init(
        "names", default: "own", among: SavedNames.allCases.map(\.rawValue),
        "whose names the tensors get; gluon is usual for .params")
    ],
    words: 1, endings: ["esp", "safetensors", "params"], writing: "save FILE",
    run: { try $0.save($1) })

  /// Whose names tensors are saved under.
  fileprivate enum SavedNames: String, CaseIterable {
    case own
    case pytorch
    case gluon

    var naming: WeightNaming {
      switch self {
      case .own: .own
      case .pytorch: .pytorch
      case .gluon: .gluon
      }
    }

    /// The networks whose names they are, where that is not this program.
    var owner: String? {
      switch self {
      case .own: nil
      case .pytorch: "torchvision's ResNets"
      case .gluon: "Gluon's model zoo"
      }
    }
  }
}

extension CommandScope {
  /// What `save` keeps of a network.
  private enum Saved {
    case text
    case weights
    case gluonWeights
  }

  private static let networkWriters: WriterTable<Saved> = [
    "esp": .text, "safetensors": .weights, "params": .gluonWeights,
  ]

  /// Answers `save FILE [names=own|pytorch|gluon]`.
  mutating func save(_ invocation: Invocation) throws -> Report {
    let word = try file(of: invocation).word
    let network = try currentNetwork(at: invocation.range)
    switch Self.networkWriters[word.text] {
    case .text:
      if let option = invocation.option("names") {
        throw Diagnostic(
          .argument, "names is about weights, of which \(word.text) has none",
          at: option.nameRange, offers: ["save \(word.text)"])
      }
      let report = written(
        NetworkFile.text(of: network, behind: state.environment.ownDefinitions), to: word)
      if !context.checksOnly { ask(for: .noteSaved(withWeights: false)) }
      return report
    case .weights: return try saveWeights(of: network, to: word, .own, invocation)
    case .gluonWeights: return try saveWeights(of: network, to: word, .gluon, invocation)
    case nil: throw unsavable(word)
    }
  }

  private mutating func saveWeights(
    of network: Network, to word: Word, _ usual: CommandTable.SavedNames, _ invocation: Invocation
  ) throws -> Report {
    var wish = usual
    if let option = invocation.option("names") {
      let all = CommandTable.SavedNames.allCases.map(\.rawValue)
      wish = .init(rawValue: try option.value.choice("names", among: all)) ?? usual
    }
    let names = try names(wish, of: network, word, invocation)
    if context.checksOnly { return Report("would write \(word.text)") }
    let copy = try state.current.flatMap { try presentCopy(of: $0) }
    let learned = try copy?.learned ?? drawnWeights(of: network)
    let count = network.parameters.count { learned.parameters[$0.key] != nil }
    let tensors = Numbers.count(count, "tensor")
    guard Self.networkWriters[word.text] == .weights else {
      ask(
        for: .write(to: word) { path throws(FileError) in
          try ParamsWriter.write(
            NetworkFile.tensors(of: network, learned.parameters, names: names), to: path)
        })
      return Report(
        "saved \(tensors) to \(word.text)" + (wish.owner.map { ", named as in \($0)" } ?? ""))
    }
    var saved = SavedNetwork(network, learned, state.current?.normalization)
    saved.classNames = state.current?.classNames ?? []
    saved.definitions = state.environment.ownDefinitions
    saved.names = names
    if wish == .own {
      saved.learning = learning(copy)
      saved.learning?.curve = SavedCurve(
        context.runs.finished.all + context.runs.growing, of: state.currentName)
    }
    ask(for: .write(to: word) { [saved] path throws(FileError) in try saved.write(to: path) })
    ask(for: .noteSaved(withWeights: true))
    return Report(
      "saved \(tensors) and the network to \(word.text)"
        + (wish.owner.map { ", named as in \($0)" } ?? ""))
  }

  /// What the current network needs to learn on; nothing where it has not learned.
  private func learning(_ copy: LearnedNetwork?) -> SavedLearning? {
    if let copy, let run = context.runs.run {
      return SavedLearning(
        copy, run.origin, state.recipe, isRunning: !context.runs.isPaused)
    }
    guard let current = state.current, current.weights.steps > 0 else { return nil }
    return SavedLearning(current, state.recipe, state.dataCommands)
  }

  private func names(
    _ wish: CommandTable.SavedNames, of network: Network, _ word: Word, _ invocation: Invocation
  ) throws(Diagnostic) -> [ParameterKey: String] {
    do { return try wish.naming.usualNames(of: network) } catch {
      let stem = Path.joining(Path.folder(of: word.text), Path.stem(of: word.text))
      throw Diagnostic(
        .file,
        "\(error.parameter.path) has no place among the names of \(wish.owner ?? "this program")",
        at: invocation.option("names")?.range ?? word.range,
        offers: ["save \(word.text) names=own", "export \(wish.rawValue) \(stem).py"])
    }
  }

  private func unsavable(_ word: Word) -> Diagnostic {
    let stem = Path.joining(Path.folder(of: word.text), Path.stem(of: word.text))
    return Diagnostic(
      .file,
      "a network is kept as \(Self.networkWriters.endings(joinedBy: "or")), found \(word.text)",
      at: word.range,
      replacement: word.text.hasPrefix("/dev/") && !Folder.holds(resolved(stem) + ".safetensors")
        ? nil : "\(stem).safetensors")
  }
}
