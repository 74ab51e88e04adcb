import Interchange
import Language
import Networks

/// What a network puts out for examples, on the screen and in files.
extension CommandScope {
  /// Answers `predict [train|test] [first=N] [> FILE.csv|FILE.safetensors|FILE.json]`.
  mutating func predict(_ invocation: Invocation) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    let data = try currentData(at: invocation.range)
    let write = invocation.redirect.flatMap { Self.predictionWriters[$0.text] }
    let part =
      try invocation.words.first?.choice("predict", among: ["train", "test"])
      ?? (data.test == nil ? "train" : "test")
    let examples = try self.examples(part, of: data, at: invocation.range)
    if network.input != examples.shape {
      try checkTrainable(network, data: data, at: invocation.range)
    }
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
    let request = runRequestForWeights(network, data: data)
    let (outputs, learned) = try computing(at: invocation.range) {
      try context.calculator.predict(request, inputs: chosen.rows)
    }
    state.current?.weights = learned
    let predictions = Predictions(
      outputs: outputs, targets: examples.targets, width: network.output.count)
    if let redirect = invocation.redirect, let write {
      ask(for: .write(to: redirect) { path throws(FileError) in try write(predictions, path) })
      let wrote = StyledText("wrote \(Numbers.count(count, "output")) to \(redirect.text)")
      return Report([wrote] + (normalizationNote(for: data).map { [$0] } ?? []))
    }
    let name = state.currentName
    return Report(predictions.lines + (normalizationNote(for: data).map { [$0] } ?? [])) {
      ["network": .text(name), "part": .text(part), "examples": predictions.data]
    }
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
