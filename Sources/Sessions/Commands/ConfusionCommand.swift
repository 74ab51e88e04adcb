import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// The command that shows which classes are taken for which.
  static let confusionRow = CommandRow(
    "confusion", aliases: ["confusion_matrix"], .train,
    usage: "confusion [train|test] [FILE.svg|FILE.csv]",
    "shows which classes are taken for which",
    details: [
      "A row for each class, a column for each prediction; the bar after a count is its share of the row.",
      "Where there is no room for all classes the pairs that are confused most often are listed.",
      "Where there is a class at each position, positions are counted.",
      "Without a part it is test, or train where there is none.",
    ],
    examples: [
      "confusion", "confusion train", "confusion test errors.svg", "confusion > matrix.csv",
    ],
    slots: [.words(DataPart.words), .file], words: 2, traits: [.ownRedirect],
    endings: CommandScope.confusionWriters.endings + ["json"], writing: "confusion FILE",
    run: { try $0.confusion($1) })
}

extension CommandScope {
  /// Answers `confusion [train|test] [FILE.svg|FILE.csv]`.
  mutating func confusion(_ invocation: Invocation) throws -> Report {
    let (word, file) = try Self.partAndFile(ofConfusion: invocation)
    let part = try word.map { try self.part($0, of: "confusion") }
    let measured = part ?? presetPart
    var write: ConfusionWriter?
    if let file, !invocation.writesData {
      write = try Self.confusionWriters.writer(for: file, of: "confusion") {
        "confusion \(measured.rawValue) confusion.\($0)"
      }
    }
    try checkClasses(of: "confusion", at: invocation.verb.range, in: invocation)
    if context.checksOnly, file == nil {
      return try checkedEvaluation(of: [measured], at: invocation.range)
    }
    let data = try currentData(at: invocation.range)
    let network = try currentNetwork(at: invocation.range)
    let classes = try checkMatrix(network, data, at: invocation.range)
    if let file, context.checksOnly {
      _ = try checkedEvaluation(of: [measured], at: invocation.range)
      return Report("would write \(file.text)")
    }
    if file != nil || context.wantsData {
      try checkMemory(values: [classes, classes], at: invocation.range)
    }
    let evaluation = try evaluation(
      on: measured, measuring: Measures(matrix: true), at: invocation.range)
    guard case .classes(let metrics) = evaluation.metrics, let matrix = metrics.matrix else {
      return Report("\(measured.rawValue) has no examples")
    }
    let confusion = Confusion(
      network: state.currentName, part: measured, matrix: matrix,
      names: data.train.classNames ?? [], unit: data.train.hasPositions ? "position" : "example")
    if let file, let write {
      try checkPicture(confusion, file)
      var report = written(write(confusion), to: file)
      if let note = normalizationNote(for: data) { report.lines.append(note) }
      return report
    }
    let (note, glyphs) = (normalizationNote(for: data).map { [$0] } ?? [], context.glyphs)
    let usual = context.columns
    var report = context.answer(for: invocation) { columns in
      confusion.lines(columns: columns ?? usual, glyphs) + note
    }
    report.data = { confusion.data }
    return report
  }

  /// The part, where one is named, and the file.
  private static func partAndFile(ofConfusion invocation: Invocation) throws(Diagnostic) -> (
    part: Word?, file: Word?
  ) {
    let words = invocation.words
    if let file = invocation.redirect {
      if words.count > 1 {
        throw invocation.row.refusal(
          "confusion takes at most 1 word before >, found 2 words", at: words[1].range)
      }
      return (words.first, file)
    }
    if words.count > 1 { return (words[0], words[1]) }
    guard let word = words.first else { return (nil, nil) }
    return Path.fileExtension(of: word.text).isEmpty ? (word, nil) : (nil, word)
  }

  /// How many classes a matrix has; more than are of any use are refused.
  private func checkMatrix(_ network: Network, _ data: Dataset, at range: SourceRange)
    throws(Diagnostic) -> Int
  {
    let loss = state.recipe.loss(for: data)
    let classes = max(
      data.train.classNames?.count ?? 0, loss.classes(of: network.output.channels))
    if classes <= ConfusionMatrix.mostClasses { return classes }
    throw Diagnostic(
      .state,
      "a matrix has at most \(Numbers.grouped(ConfusionMatrix.mostClasses)) classes, "
        + "\(state.currentName) tells \(Numbers.grouped(classes)) apart",
      at: range, offers: working(["evaluate by=class"]))
  }

  /// Refuses a picture in which nobody could read anything.
  private func checkPicture(_ confusion: Confusion, _ file: Word) throws(Diagnostic) {
    let most = MatrixPicture.mostClasses
    guard Path.fileExtension(of: file.text).lowercased() == "svg", confusion.classes.count > most
    else { return }
    throw Diagnostic(
      .argument,
      "a picture shows at most \(most) classes, found \(Numbers.grouped(confusion.classes.count))",
      at: file.range, offers: ["confusion \(confusion.part.rawValue) confusion.csv"])
  }

  typealias ConfusionWriter = @Sendable (_ confusion: Confusion) -> String

  /// What `confusion` writes.
  static let confusionWriters: WriterTable<ConfusionWriter> = [
    "svg": { $0.picture.svg }, "csv": { $0.table.text },
  ]
}
