import Language
import Networks
import Training

extension CommandTable {
  /// The command that measures networks.
  static let evaluateRow = CommandRow(
    "evaluate", .train, usage: "evaluate [train|test] [by=class]",
    "measures loss and accuracy without learning",
    details: [
      "balanced is the mean recall of the classes, told where they are uneven; top-5 is the share whose class",
      "has one of the five greatest outputs, told of 20 classes and more. Where numbers are predicted there are",
      "the mean absolute error, the root of the mean squared error, and R². All are facts: expect f1(test) > 0.9.",
      "Where there is a target at each position, positions count in place of examples. IoU is the mean over the classes",
      "of what is found of what is of the class or predicted to be; PSNR the ratio of the targets' range to the error",
      "in decibels; of a text the loss is told in bits a character.",
      "by=class tells of each class its precision, the share of what is predicted to be of it that is; its",
      "recall, the share of its examples that is found; and F1, the harmonic mean of both.",
    ],
    examples: ["evaluate", "evaluate test", "evaluate test by=class"],
    slots: [.words(DataPart.words)],
    keys: [
      .init("by", default: "none", among: ["class"], "class for the figures of each class")
    ],
    words: 1, traits: [.redirect], endings: CommandRow.answerEndings,
    run: { try $0.evaluate($1) })
}

extension DataPart {
  /// The parts as they are typed.
  static let words = allCases.map(\.rawValue)
}

extension CommandScope {
  /// Answers `evaluate [train|test] [by=class]`.
  mutating func evaluate(_ invocation: Invocation) throws -> Report {
    if let word = invocation.words.first, ["class", "classes"].contains(word.text) {
      throw Diagnostic(
        .argument, "evaluate tells of each class with by=class, found \(word.text)",
        at: word.range, offers: working(["evaluate by=class"]) + ["help evaluate"])
    }
    let parts: [DataPart] =
      if let word = invocation.words.first {
        [try part(word, of: "evaluate")]
      } else {
        state.data?.test == nil ? [.train] : [.train, .test]
      }
    let key = invocation.option("by")
    if let key {
      _ = try key.value.choice("by", among: ["class"])
      try checkClasses(of: "by=class", at: key.range, in: invocation)
    }
    if context.checksOnly { return try checkedEvaluation(of: parts, at: invocation.range) }
    var lines: [StyledText] = []
    var figures: [JSON] = []
    for part in parts {
      let evaluation = try evaluation(on: part, measuring: .figures, at: invocation.range)
      let found = EvaluationFigures(
        part: part, evaluation: evaluation, names: state.data?.train.classNames,
        hasPositions: state.data?.train.hasPositions ?? false,
        isText: state.data?.train.vocabulary != nil)
      lines.append(found.line)
      if key != nil { lines += found.table }
      figures.append(found.data(byClass: key != nil))
    }
    let data: JSON = ["network": .text(state.currentName), "parts": .array(figures)]
    return Report(lines + (state.data.flatMap(normalizationNote).map { [$0] } ?? [])) { data }
  }

  /// The part of the data that a word names.
  func part(_ word: Word, of name: String) throws(Diagnostic) -> DataPart {
    DataPart(rawValue: try word.choice(name, among: DataPart.words)) ?? .train
  }

  /// The part that is measured where none is named: what was not learned from, if there is some.
  var presetPart: DataPart { state.data?.test == nil ? .train : .test }

  /// Refuses what needs classes where the data has none.
  mutating func checkClasses(of name: String, at range: SourceRange, in invocation: Invocation)
    throws
  {
    let data = try currentData(at: invocation.range)
    if data.train.classNames != nil { return }
    throw Diagnostic(
      .state, "\(name) is for classes, the targets of \(data.name) are numbers", at: range,
      offers: working(["evaluate", "mistakes"]))
  }

  /// What a check says in place of figures.
  mutating func checkedEvaluation(of parts: [DataPart], at range: SourceRange) throws -> Report {
    let data = try currentData(at: range)
    try checkTrainable(try currentNetwork(at: range), data: data, at: range)
    for part in parts { _ = try examples(part.rawValue, of: data, at: range) }
    return Report("would evaluate \(state.currentName)")
  }
}
