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
      endings: ["esp", "safetensors"], writing: "save FILE",
      run: { try $0.save($1) }),
    loadRow,
  ]
}

extension CommandScope {
  /// Answers `save FILE`.
  mutating func save(_ invocation: Invocation) throws -> Report {
    let word = try file(of: invocation).word
    let network = try currentNetwork(at: invocation.range)
    switch Self.networkWriters[word.text] {
    case .text:
      let report = written(NetworkFile.text(of: network), to: word)
      if !context.checksOnly { ask(for: .noteSaved(withWeights: false)) }
      return report
    case .weights:
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
    case nil: throw unsavable(word)
    }
  }

  /// What `save` keeps of a network.
  private enum Saved {
    case text
    case weights
  }

  private static let networkWriters: WriterTable<Saved> = ["esp": .text, "safetensors": .weights]

  private func unsavable(_ word: Word) -> Diagnostic {
    let stem = Path.joining(Path.folder(of: word.text), Path.stem(of: word.text))
    return Diagnostic(
      .file,
      "a network is kept as \(Self.networkWriters.endings(joinedBy: "or")), found \(word.text)",
      at: word.range,
      replacement: word.text.hasPrefix("/dev/") && !Folder.holds(resolved(stem) + ".safetensors")
        ? nil : "\(stem).safetensors")
  }

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

  /// The file that a command names first, as it was typed and as the system takes it.
  func file(of invocation: Invocation) throws(Diagnostic) -> (word: Word, path: String) {
    let row = invocation.row
    let word = try invocation.word(0, "FILE", row)
    return (word, resolved(word.text))
  }
}
