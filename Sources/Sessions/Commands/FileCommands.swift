import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// Commands that read and write files.
  static let fileRows: [CommandRow] = [
    CommandRow(
      "save", .files, usage: "save FILE.esp|FILE.safetensors",
      "writes the network: as text, or weights with the text beside them",
      details: [
        "An .esp file keeps the blocks. A .safetensors file keeps the weights, running statistics, steps and epochs too,",
        "and the means and deviations of the data it learned from, if that was normalized.",
        "What an optimizer remembers (momentum, Adam's moments), data and recipe are kept by neither: after load it begins anew.",
      ],
      examples: ["save net.esp", "save net.safetensors"], slots: [.file], words: 1,
      run: { try $0.save($1) }),
    CommandRow(
      "load", .files, usage: "load FILE.esp|FILE.safetensors",
      "reads a network, or weights for the current network",
      details: [
        "A .safetensors file brings its network along if it was saved here; the arrays must fit by path and shape."
      ],
      examples: ["load kept.safetensors"], slots: [.file],
      words: 1,
      run: { try $0.load($1) }),
  ]
}

extension CommandScope {
  /// Answers `save FILE`.
  mutating func save(_ invocation: Invocation) throws -> Report {
    let (word, path) = try file(of: invocation)
    let network = try currentNetwork(at: invocation.range)
    switch Path.fileExtension(of: path) {
    case "esp":
      let report = written(NetworkFile.text(of: network), to: word)
      if !context.checksOnly { ask(for: .noteSaved(withWeights: false)) }
      return report
    case "safetensors":
      if context.checksOnly { return Report("would write \(word.text)") }
      var learned = try drawnWeights(of: network)
      if let current = state.current, context.runs.isRunning {
        learned = try presentWeights(of: current)
      }
      let (weights, normalization) = (learned, state.current?.normalization)
      let count = network.parameters.count { weights.parameters[$0.key] != nil }
      ask(
        for: .write(to: word) { path throws(FileError) in
          try NetworkFile.write(network, weights, normalization, to: path)
        })
      ask(for: .noteSaved(withWeights: true))
      return Report("saved \(Numbers.count(count, "tensor")) and the network to \(word.text)")
    default: throw unknownFormat(word, isSaved: true)
    }
  }

  /// Answers `load FILE`.
  mutating func load(_ invocation: Invocation) throws -> Report {
    let (word, path) = try file(of: invocation)
    let ending = Path.fileExtension(of: path)
    if context.checksOnly, ["esp", "safetensors"].contains(ending) { return unread(word.text) }
    switch ending {
    case "esp":
      let text = try filing(at: word.range) { () throws(FileError) in try WholeFile.text(at: path) }
      let report = try loadNetwork(text, name: word.text)
      ask(for: .noteLoaded(path: path))
      return report
    case "safetensors":
      let file = try filing(at: word.range) { () throws(FileError) in
        try SafetensorsFile(path: path)
      }
      let report = try load(file, word: word)
      ask(for: .noteLoaded(path: path))
      return report
    default: throw unknownFormat(word, isSaved: false)
    }
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
    let network = try network(of: text, name: name)
    state.current = NetworkState(network: network)
    return Report("loaded \(name): \(summary(of: network))")
  }

  /// The network that a saved text builds; other commands than `input` and `add` are refused.
  func network(of text: String, name: String) throws -> Network {
    let statements = try Parser.parse(file: SourceText(name: name, text: text))
    var state = SessionState(environment: state.environment)
    state.recipe.seed = Session.Options().seed
    var rehearsal = Rehearsal(state, context.forLoading) { invocation in
      let verb = invocation.verb.text
      guard let row = CommandTable.row(verb), !row.traits.contains(.buildsNetwork) else { return }
      let verbs = CommandTable.verbs(.buildsNetwork).joined(separator: " and ")
      throw Diagnostic(
        .file, "\(verb) does not belong in a saved network, which has only \(verbs)",
        at: invocation.verb.range, offers: ["source \(name)"])
    }
    do {
      try rehearsal.run(statements)
      var built = CommandScope(rehearsal.state, context)
      return try built.currentNetwork(at: nil)
    } catch var diagnostic as Diagnostic {
      // What would mend the text is nothing to type here.
      let others = diagnostic.offers.filter { $0.hasPrefix("help ") || $0.hasPrefix("source ") }
      diagnostic.offers = others.isEmpty ? ["help load"] : others
      diagnostic.replacement = nil
      throw diagnostic
    }
  }

  private mutating func load(_ file: SafetensorsFile, word: Word) throws
    -> Report
  {
    var network = state.current?.network
    if let text = file.metadata["network"] {
      let saved = try self.network(of: text, name: word.text)
      if network?.isSame(as: saved) != true { network = saved }
    }
    guard let network else {
      throw Diagnostic(
        .file, "\(word.text) has weights but no network; make the network first", at: word.range,
        offers: ["input 1x64", "net"])
    }
    var learned = LearnedState()
    for specification in network.parameters {
      let tensor = try filing(at: word.range) { () throws(FileError) in
        try file.tensor(specification.path)
      }
      guard tensor.shape == specification.shape else {
        let shape = { (shape: [Int]) in shape.map(String.init).joined(separator: "×") }
        throw Diagnostic(
          .file,
          "\(specification.path) expects \(shape(specification.shape)), "
            + "found \(shape(tensor.shape)) in \(word.text)",
          at: word.range, offers: ["tree"])
      }
      learned.parameters[specification.key] = tensor
    }
    learned.steps = try count("steps", of: file, word: word)
    learned.epochs = try count("epochs", of: file, word: word)
    let normalization = try normalization(of: file, for: network, word: word)
    state.current = NetworkState(network: network, weights: learned)
    state.current?.normalization = normalization
    let count = network.parameters.count
    let unused = file.names.count - count
    return Report(
      "loaded \(Numbers.count(count, "tensor")) from \(word.text)"
        + (unused > 0 ? ", which has \(Numbers.grouped(unused)) more" : "")
        + ": \(summary(of: network))")
  }

  /// How the inputs of a saved network were normalized, if they were.
  private func normalization(of file: SafetensorsFile, for network: Network, word: Word)
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
  private func count(_ key: String, of file: SafetensorsFile, word: Word) throws(Diagnostic) -> Int
  {
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

  /// Asks for a text in the file behind `>` or of `save`, whole or not at all.
  mutating func written(_ text: String, to word: Word) -> Report {
    if context.checksOnly { return Report("would write \(word.text)") }
    ask(for: .write(to: word) { path throws(FileError) in try AtomicFile.write(text, to: path) })
    return Report("wrote \(word.text)")
  }

  /// Turns a file that cannot be read or written into a diagnostic.
  func filing<Result>(at range: SourceRange?, _ work: () throws(FileError) -> Result)
    throws(Diagnostic) -> Result
  {
    do throws(FileError) { return try work() } catch {
      if error.isInterruption { throw Diagnostic.stopped(at: error.place) }
      throw Diagnostic(
        error.isShortOfMemory ? .memory : .file, error.message, at: range,
        notes: error.nextStep.map { [.init("next: \($0)")] } ?? [],
        replacement: error.problem == .system(.noSuchFile) ? Self.nearestFile(to: error.path) : nil)
    }
  }

  /// The file in the same folder, of the same ending, whose name is nearest to one that is not there.
  private static func nearestFile(to path: String) -> String? {
    let (folder, ending) = (Path.folder(of: path), Path.fileExtension(of: path))
    let names = try? Folder.names(in: folder) { Path.fileExtension(of: $0) == ending }
    guard let near = DidYouMean.nearest(Path.name(of: path), among: names ?? []) else { return nil }
    let found = path.contains("/") ? Path.joining(folder, near) : near
    return found.allSatisfy { $0.isLetter || $0.isNumber || "_-./".contains($0) } ? found : nil
  }

  /// A path as the system takes it: `~` is the home folder.
  func resolved(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = Variables.value(of: "HOME") else {
      return path
    }
    return home + path.dropFirst()
  }

  private func file(of invocation: Invocation) throws(Diagnostic) -> (Word, String) {
    let row = invocation.row
    let word = try invocation.word(0, "FILE", row)
    return (word, resolved(word.text))
  }

  private func unknownFormat(_ word: Word, isSaved: Bool) -> Diagnostic {
    let stem = Path.joining(Path.folder(of: word.text), Path.stem(of: word.text))
    return Diagnostic(
      .file, "a network is kept as .esp or .safetensors, found \(word.text)", at: word.range,
      replacement: (isSaved && !word.text.hasPrefix("/dev/"))
        || Folder.holds(resolved(stem) + ".safetensors")
        ? "\(stem).safetensors" : nil)
  }
}
