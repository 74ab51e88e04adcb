import Engine
import Language
import Networks
import Training

extension CommandTable {
  /// The command that shows what a network gets most wrong.
  static let mistakesRow = CommandRow(
    "mistakes", .train, usage: "mistakes [N] [train|test]",
    "shows the examples that the network gets most wrong",
    details: [
      "Those of the highest loss first, 3 if nothing is said, drawn as example draws them. Of classes only",
      "those are shown that are taken for another; shares are those that the loss sees in the outputs.",
      "Without a part it is test, or train where there is none.",
    ],
    examples: ["mistakes", "mistakes 10", "mistakes 5 train"],
    slots: [.anything, .words(DataPart.words)], words: 2, traits: [.redirect],
    endings: CommandRow.answerEndings,
    run: { try $0.mistakes($1) })
}

extension CommandScope {
  /// Refuses so many values for programs as there is no memory for.
  func checkMemory(values factors: [Int], at range: SourceRange) throws {
    let bytes = factors.reduce(Predictions.bytesPerValue) { AvailableMemory.bytes($0, $1) }
    try computing(at: range) {
      try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
        try AvailableMemory.check(bytes: bytes)
      }
    }
  }

  private static let mistakeCount = 3
  private static let mostMistakes = 1000

  /// Answers `mistakes [N] [train|test]`.
  mutating func mistakes(_ invocation: Invocation) throws -> Report {
    let isPartFirst = invocation.words.first.map { $0.number == nil } ?? false
    let words = isPartFirst ? invocation.words.reversed() : invocation.words
    let named =
      try isPartFirst || words.count > 1
      ? part(words[words.count - 1], of: "the part") : nil
    let number = isPartFirst && words.count == 1 ? nil : words.first
    let most =
      try number?.integer("mistakes", in: 1...Self.mostMistakes) ?? Self.mistakeCount
    let part = named ?? presetPart
    if context.checksOnly {
      _ = try checkedEvaluation(of: [part], at: invocation.range)
      return Report("would show the mistakes of \(state.currentName)")
    }
    if context.wantsData || invocation.writesData {
      let data = try currentData(at: invocation.range)
      let outputs = try currentNetwork(at: invocation.range).output.count
      let count = min(most, try examples(part.rawValue, of: data, at: invocation.range).count)
      try checkMemory(values: [count, data.shape.count + outputs], at: invocation.range)
    }
    let evaluation = try evaluation(
      on: part, measuring: Measures(mistakes: most), at: invocation.range)
    let data = try currentData(at: invocation.range)
    let examples = try examples(part.rawValue, of: data, at: invocation.range)
    let inputs = try computing(at: invocation.range) {
      try examples.rows.gathered(at: (evaluation.mistakes?.worst ?? []).map(\.example))
    }
    let list = MistakeList(
      network: state.currentName, part: part, examples: examples,
      loss: state.recipe.loss(for: data), mistakes: evaluation.mistakes, inputs: inputs)
    let lines = list.lines(context.glyphs) + (normalizationNote(for: data).map { [$0] } ?? [])
    return Report(lines) { list.data }
  }
}
