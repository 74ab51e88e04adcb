import Interchange
import Language
import Networks
import Training

/// What a network puts out for examples, on the screen and in files.
extension CommandScope {
  /// Answers `predict [train|test|FILE] [first=N] [> FILE.csv|FILE.safetensors|FILE.json]`.
  mutating func predict(_ invocation: Invocation) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    if context.checksOnly, let word = invocation.words.first, Self.isFile(word) {
      return Report("would predict for \(word.text)")
    }
    let asked = try askedFor(invocation, by: network)
    let write = invocation.redirect.flatMap { Self.predictionWriters[$0.text] }
    let (data, examples) = (asked.data, asked.examples)
    let first = try invocation.option("first")?.value.integer("first", in: 1...Int.max)
    let preset = invocation.redirect == nil ? 10 : examples.count
    let count = min(first ?? preset, examples.count)
    // The inputs once more, the outputs, and the table of them.
    let table = write == nil ? Predictions.bytesPerLine : 0
    let isData = context.wantsData || invocation.writesData
    let row = table + (isData ? Predictions.bytesPerValue : 4) * network.output.count
    let held = examples.rows.isStored ? 0 : examples.shape.count
    let floats = AvailableMemory.bytes(count, held, 4)
    let (needed, overflows) = floats.addingReportingOverflow(AvailableMemory.bytes(count, row))
    try computing(at: invocation.range) {
      try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
        try AvailableMemory.check(bytes: overflows ? .max : needed)
      }
    }
    if context.checksOnly { return Report("would predict \(Numbers.count(count, "example"))") }
    let chosen = try asLearned(examples.selecting(0..<count), of: data, at: invocation.range)
    let request = runRequestForWeights(network, data: state.data ?? data)
    let (outputs, learned) = try computing(at: invocation.range) {
      try context.calculator.predict(request, inputs: chosen.rows)
    }
    state.current?.weights = learned
    var predictions = Predictions(
      outputs: outputs, targets: examples.targets,
      classNames: examples.classNames ?? knownClasses(of: data), width: network.output.count)
    predictions.names = asked.names
    if predictions.classNames != nil { predictions.positions = network.output.spatial }
    predictions.isText = examples.vocabulary != nil
    if let redirect = invocation.redirect, let write {
      let found = predictions
      ask(for: .write(to: redirect) { path throws(FileError) in try write(found, path) })
      let wrote = StyledText("wrote \(Numbers.count(count, "output")) to \(redirect.text)")
      return Report([wrote] + (normalizationNote(for: data).map { [$0] } ?? []))
    }
    let (name, found) = (state.currentName, predictions)
    var lines = predictions.lines(context.glyphs)
    if count < examples.count {
      let all = Numbers.count(examples.count, "example")
      lines.append(StyledText("the first \(Numbers.grouped(count)) of \(all)", .dim))
    }
    return Report(lines + (normalizationNote(for: data).map { [$0] } ?? [])) {
      ["network": .text(name), "part": .text(asked.part), "examples": found.data]
    }
  }

  /// Examples to predict, and the data they are from.
  private struct Asked {
    /// `train`, `test`, or the name of a file.
    let part: String
    let data: Dataset
    let examples: Examples

    /// What examples are called, where they have names.
    var names: [String] = []
  }

  /// Whether a word is no part of the data, but may be a file.
  private static func isFile(_ word: Word) -> Bool {
    !DataPart.words.contains(word.text) && word.text.contains { $0 == "." || $0 == "/" }
  }

  private mutating func askedFor(_ invocation: Invocation, by network: Network) throws -> Asked {
    let range = invocation.range
    if let word = invocation.words.first, Self.isFile(word) || Folder.exists(resolved(word.text)) {
      return try read(
        word, for: network, skipsBroken: invocation.option("skip")?.value.flag("skip") ?? false)
    }
    let data = try currentData(at: range)
    let part =
      try invocation.words.first?.choice("predict", among: DataPart.words)
      ?? (data.test == nil ? "train" : "test")
    let examples = try self.examples(part, of: data, at: range)
    if network.input != examples.shape { try checkTrainable(network, data: data, at: range) }
    return Asked(part: part, data: data, examples: examples)
  }

  /// The examples of a file, which the session's data does not have.
  private func read(_ word: Word, for network: Network, skipsBroken: Bool) throws -> Asked {
    let path = resolved(word.text)
    guard UnseenExamples.areKnown(at: path) else {
      let endings = FileFormat.all.flatMap(\.extensions) + ["png", "jpg"]
      throw Diagnostic(
        .file, "\(word.text) is of no kind that predict reads", at: word.range,
        notes: [.init("known: \(endings.map { "." + $0 }.joined(separator: " "))")],
        offers: ["help predict"])
    }
    let unseen = try filing(at: word.range) { () throws(FileError) in
      try UnseenExamples(
        path, shape: network.input, storage: context.storage, skipsBroken: skipsBroken)
    }
    let examples = unseen.examples
    if examples.shape != network.input {
      throw Diagnostic(
        .shape,
        "\(word.text) has inputs of \(examples.shape.displayText), \(state.currentName) takes "
          + network.input.displayText, at: word.range, offers: ["help predict"])
    }
    return Asked(
      part: word.text, data: Dataset(name: word.text, description: "", train: examples),
      examples: examples, names: unseen.names)
  }

  /// The classes of a network where examples have none: those that it learned, or else those of the data at hand.
  private func knownClasses(of data: Dataset) -> [String]? {
    if case .values = data.train.targets { return nil }
    if let known = state.current, ClassNamesText.fits(known.classNames.count, known.network) {
      return known.classNames
    }
    return state.data?.train.classNames
  }

  typealias PredictionWriter =
    @Sendable (_ predictions: Predictions, _ path: String) throws(FileError) -> Void

  static let predictionWriters: WriterTable<PredictionWriter> = [
    "csv": { predictions, path throws(FileError) in try predictions.writeCSV(to: path) },
    "safetensors": { predictions, path throws(FileError) in
      try SafetensorsWriter.write(
        [NamedTensor(name: "output", tensor: predictions.outputs)], to: path)
    },
  ]
}
