import Interchange
import Language
import Networks

/// What a network puts out for examples, on the screen and in files.
extension Session {
  /// Answers `predict [train|test] [first=N] [> FILE.csv|FILE.safetensors]`.
  func predict(_ invocation: Invocation) throws -> Report {
    let network = try networkInHand(at: invocation.range)
    let data = try dataInHand(at: invocation.range)
    let format = try invocation.redirect.map(predictionFormat)
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
    // The inputs once more, and the outputs as text.
    let floats = AvailableMemory.bytes(count, examples.shape.count, 4)
    let text = AvailableMemory.bytes(count, network.output.count + 3, format == .csv ? 32 : 4)
    let (needed, overflows) = floats.addingReportingOverflow(text)
    try computing(at: invocation.range) {
      try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
        try AvailableMemory.check(bytes: overflows ? .max : needed)
      }
    }
    let inputs = Tensor(
      shape: [count] + examples.inputs.shape.dropFirst(),
      values: Array(examples.inputs.values.prefix(count * examples.shape.count)))
    if options.checksOnly { return Report("would predict \(Numbers.count(count, "example"))") }
    let request = runRequestForWeights(network, data: data)
    let (outputs, learned) = try computing(at: invocation.range) {
      try trainer.predict(request, inputs: inputs)
    }
    state.current?.weights = learned
    let predictions = Predictions(
      outputs: outputs, targets: examples.targets, width: network.output.count)
    if let redirect = invocation.redirect, let format {
      let path = resolved(redirect.text)
      try filing(at: redirect.range) { () throws(FileError) in
        switch format {
        case .safetensors:
          try SafetensorsWriter.write([NamedTensor(name: "output", tensor: outputs)], to: path)
        case .csv: try AtomicFile.write(predictions.csv, to: path)
        }
      }
      let wrote = StyledText("wrote \(Numbers.count(count, "output")) to \(redirect.text)")
      return Report([wrote] + (normalizationNote(for: data).map { [$0] } ?? []))
    }
    return Report(
      predictions.lines
        + (normalizationNote(for: data).map { [$0] } ?? []))
  }

  private enum PredictionFormat {
    case csv
    case safetensors
  }

  private func predictionFormat(of word: Word) throws(Diagnostic) -> PredictionFormat {
    switch Path.fileExtension(of: word.text).lowercased() {
    case "csv": return .csv
    case "safetensors": return .safetensors
    default:
      let stem = Path.joining(Path.folder(of: word.text), Path.stem(of: word.text))
      throw Diagnostic(
        .file, "outputs are written as .csv or .safetensors, found \(word.text)", at: word.range,
        replacement: "\(stem).csv")
    }
  }
}

/// Outputs beside what they should be.
private struct Predictions {
  /// `[count, output…]`.
  let outputs: Tensor
  let targets: Examples.Targets

  /// Values that one example puts out.
  let width: Int

  private static let mostShown = 10

  private func values(at index: Int) -> ArraySlice<Float> {
    outputs.values[index * width..<(index + 1) * width]
  }

  /// The class of the largest output, or of the sign of the only one; nothing where targets are no classes.
  private func prediction(at index: Int) -> Int? {
    guard case .classes(_, let names) = targets else { return nil }
    let row = values(at: index)
    if row.count == 1 { return names.count == 2 && row[row.startIndex] > 0 ? 1 : 0 }
    return row.indices.max { row[$0] < row[$1] }.map { $0 - row.startIndex }
  }

  private static func name(_ index: Int, among names: [String]) -> String {
    index < names.count ? names[index] : "\(index)"
  }

  /// A table of the first outputs of each example.
  var lines: [StyledText] {
    var table = TextTable([
      ("example", .trailing), ("predicted", .leading), ("target", .leading), ("outputs", .leading),
    ])
    for index in 0..<outputs.shape[0] {
      var predicted = ""
      var target = StyledText()
      switch targets {
      case .classes(let labels, let names):
        let best = prediction(at: index) ?? 0
        predicted = Self.name(best, among: names)
        let label = Int(labels[index])
        target = StyledText(names[label], label == best ? .good : .bad)
      case .values(let values):
        let count = values.count / values.shape[0]
        target = StyledText(Self.shown(values.values[index * count..<(index + 1) * count]))
      case .none: break
      }
      let more = width > Self.mostShown ? " …" : ""
      table.append([
        StyledText("\(index)"), StyledText(predicted), target,
        StyledText(Self.shown(values(at: index)) + more, .dim),
      ])
    }
    return table.lines
  }

  private static func shown(_ values: ArraySlice<Float>) -> String {
    values.prefix(mostShown).map { Numbers.significant(Double($0), digits: 3) }
      .joined(separator: " ")
  }

  /// Example, prediction and target where there are classes, target numbers, and all outputs, which are named
  /// after their classes.
  var csv: String {
    var (names, labels, numbers): ([String], [Int32], Tensor?) = ([], [], nil)
    switch targets {
    case .classes(let known, let classes): (labels, names) = (known, classes)
    case .values(let values): numbers = values
    case .none: break
    }
    let targetWidth = numbers.map { $0.count / max(1, $0.shape[0]) } ?? 0
    var head = ["example"]
    if !labels.isEmpty { head += ["predicted", "target"] }
    head += (0..<targetWidth).map { targetWidth == 1 ? "target" : "target\($0 + 1)" }
    head += (0..<width).map {
      width == names.count ? "output \(names[$0])" : width == 1 ? "output" : "output\($0 + 1)"
    }
    var table = CSVText(head: head)
    for index in 0..<outputs.shape[0] {
      var fields: [CSVText.Field] = [.count(index)]
      if !labels.isEmpty {
        fields.append(.text(Self.name(prediction(at: index) ?? 0, among: names)))
        fields.append(.text(names[Int(labels[index])]))
      }
      let target = numbers?.values[index * targetWidth..<(index + 1) * targetWidth] ?? []
      fields += (target + values(at: index)).map { .number(Double($0)) }
      table.append(fields)
    }
    return table.text
  }
}
