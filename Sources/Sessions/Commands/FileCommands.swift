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
      slots: [.file], run: { session, invocation, _ in try session.save(invocation) }),
    CommandRow(
      "load", .files, usage: "load FILE.esp|FILE.safetensors",
      "reads a network, or weights for the network in hand",
      details: [
        "A .safetensors file brings its network along if it was saved here; the arrays must fit by path and shape."
      ],
      slots: [.file],
      run: { session, invocation, interpreter in
        try session.load(invocation, interpreter: &interpreter)
      }),
  ]
}

extension Session {
  /// Answers `save FILE`.
  func save(_ invocation: Invocation) throws -> Report {
    let (word, path) = try file(of: invocation)
    let network = try networkInHand(at: invocation.range)
    let text = NetworkScript.lines(of: network).joined(separator: "\n") + "\n"
    switch Path.fileExtension(of: path) {
    case "esp": return try written(text, to: word)
    case "safetensors":
      if options.checksOnly { return Report("would write \(word.text)") }
      let count = try filing(at: word.range) { () throws(FileError) in
        try write(network, text: text, drawnWeights(of: network), to: path)
      }
      return Report("saved \(Numbers.count(count, "tensor")) and the network to \(word.text)")
    default: throw unknownFormat(word)
    }
  }

  /// Writes a network's weights with its text beside them; gives the number of tensors.
  @discardableResult
  func write(_ network: Network, text: String, _ learned: LearnedState, to path: String)
    throws(FileError) -> Int
  {
    let tensors = network.parameters.compactMap { specification in
      learned.parameters[specification.key].map {
        NamedTensor(name: specification.path, tensor: $0)
      }
    }
    let metadata = ["network": text, "steps": "\(learned.steps)", "epochs": "\(learned.epochs)"]
    try SafetensorsWriter.write(tensors, metadata: metadata, to: path)
    return tensors.count
  }

  /// Answers `load FILE`.
  func load(_ invocation: Invocation, interpreter: inout Interpreter) throws -> Report {
    let (word, path) = try file(of: invocation)
    switch Path.fileExtension(of: path) {
    case "esp":
      let text = try filing(at: word.range) { () throws(FileError) in try WholeFile.text(at: path) }
      return try loadNetwork(text, name: word.text, interpreter: &interpreter)
    case "safetensors":
      let file = try filing(at: word.range) { () throws(FileError) in
        try SafetensorsFile(path: path)
      }
      return try load(file, word: word, interpreter: &interpreter)
    default: throw unknownFormat(word)
    }
  }

  /// Builds the network of a saved text in place of the one in hand.
  private func loadNetwork(_ text: String, name: String, interpreter: inout Interpreter) throws
    -> Report
  {
    let network = try network(of: text, name: name)
    state.current = NetworkState(network: network)
    state.revision += 1
    return Report("loaded \(name): \(summary(of: network))")
  }

  /// The network that a saved text builds; other commands than `input` and `add` are refused.
  package func network(of text: String, name: String) throws -> Network {
    let statements = try Parser.parse(file: SourceText(name: name, text: text))
    let other = Session(options)
    var interpreter = Interpreter(environment: state.environment)
    var host = LoadingHost(session: other)
    try interpreter.run(statements, host: &host)
    return try other.networkInHand(at: nil)
  }

  private func load(_ file: SafetensorsFile, word: Word, interpreter: inout Interpreter) throws
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
        offers: ["input 1x64"])
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
    learned.steps = file.metadata["steps"].flatMap { Int($0) } ?? 0
    learned.epochs = file.metadata["epochs"].flatMap { Int($0) } ?? 0
    state.current = NetworkState(network: network, weights: learned)
    state.revision += 1
    return Report(
      "loaded \(Numbers.count(network.parameters.count, "tensor")) from \(word.text): "
        + summary(of: network))
  }

  /// Writes a text to the file behind `>` or of `save`, whole or not at all.
  func written(_ text: String, to word: Word) throws(Diagnostic) -> Report {
    if options.checksOnly { return Report("would write \(word.text)") }
    let path = resolved(word.text)
    try filing(at: word.range) { () throws(FileError) in try AtomicFile.write(text, to: path) }
    return Report("wrote \(word.text)")
  }

  /// Turns a file that cannot be read or written into a diagnostic.
  func filing<Result>(at range: SourceRange?, _ work: () throws(FileError) -> Result)
    throws(Diagnostic) -> Result
  {
    do throws(FileError) { return try work() } catch {
      throw Diagnostic(
        .file, error.message, at: range, offers: error.nextStep.map { [$0] } ?? [])
    }
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
    try invocation.expectWords(atMost: 1, row)
    try invocation.expectKeys([], row)
    let word = try invocation.word(0, "FILE", row)
    return (word, resolved(word.text))
  }

  private func unknownFormat(_ word: Word) -> Diagnostic {
    let stem = word.text.split(separator: ".").first.map(String.init) ?? "net"
    return Diagnostic(
      .file, "a network is kept as .esp or .safetensors, found \(word.text)", at: word.range,
      offers: ["save \(stem).esp", "save \(stem).safetensors"])
  }
}

/// Runs the commands of a saved network, which are `input` and those that add blocks.
private struct LoadingHost: CommandHost {
  let session: Session

  mutating func execute(_ invocation: Invocation, with interpreter: inout Interpreter) throws {
    let verb = invocation.verb.text
    if let row = CommandTable.row(verb), !["input", "add"].contains(row.verb) {
      throw Diagnostic(
        .file, "\(verb) does not belong in a saved network; run command files with source",
        at: invocation.verb.range, offers: ["source FILE"])
    }
    session.state.environment = interpreter.environment
    _ = try session.execute(invocation, with: &interpreter)
  }
}
