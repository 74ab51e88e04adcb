import Engine
import Language
import Networks
import Training

extension CommandTable {
  /// The command that measures who computes convolutions the fastest.
  static let tuneRow = CommandRow(
    "tune", .train, usage: "tune [on|again|off|forget] [seconds=N]",
    "measures which kernels compute the network's convolutions fastest, and uses them",
    details: [
      "Each pass of a convolution in a step of the batch is timed: our own kernels, oneDNN's, whole or cut into",
      "pieces, and where windows are single positions a product of matrices. What is at least 3 % faster than the",
      "rule is used by runs from then on, and remembered by processor, instructions, oneDNN, threads and shape.",
      "Passes are y, the gradients dx and dW, and dx added to the gradient of another branch.",
      "again measures what is known, too; on takes what is known and measures nothing; forget forgets it.",
      "It is off until it is typed, since other kernels round in other places.",
    ],
    examples: ["tune", "tune on", "tune again seconds=60", "tune off"],
    slots: [.words(TuneForm.allCases.map(\.rawValue))],
    keys: [.init("seconds", default: "30", "after which no further convolution is measured")],
    words: 1, traits: [.redirect], endings: CommandRow.answerEndings, run: { try $0.tune($1) })
}

/// What `tune` does where a word stands behind it.
private enum TuneForm: String, CaseIterable {
  case on
  case again
  case off
  case forget
}

extension CommandScope {
  /// Answers `tune [on|again|off|forget] [seconds=N]`.
  mutating func tune(_ invocation: Invocation) throws -> Report {
    guard let word = invocation.words.first else { return try measured(invocation, anew: false) }
    let name = try word.choice("tune", among: TuneForm.allCases.map(\.rawValue))
    let form = TuneForm(rawValue: name) ?? .on
    if form != .again, let option = invocation.option("seconds") {
      throw invocation.row.refusal(
        "tune \(name) measures nothing and takes no seconds=", at: option.nameRange)
    }
    switch form {
    case .again: return try measured(invocation, anew: true)
    case .on: return tunedByMemory()
    case .off:
      state.recipe.choices = nil
      return Report([StyledText("tune off: convolutions follow the rule" + fromNextRun)]) {
        ["tune": "off"]
      }
    case .forget:
      if context.checksOnly { return Report("would forget what tune has measured") }
      let count = context.tuning.choices().choices.methods.count
      state.recipe.choices = nil
      ask(for: .forgetChoices)
      let text = "forgot \(Numbers.count(count, "choice")); tune off" + fromNextRun
      return Report([StyledText(text)]) { ["tune": "off", "forgotten": .integer(count)] }
    }
  }

  /// Takes what is remembered, and measures nothing.
  private mutating func tunedByMemory() -> Report {
    if context.checksOnly {
      state.recipe.choices = ConvolutionChoices()
      return Report("tune on")
    }
    let (choices, complaints) = context.tuning.choices()
    state.recipe.choices = choices
    let count = choices.methods.count
    let line =
      count == 0
      ? StyledText("tune on; nothing is known of this machine yet: ") + StyledText("tune", .typable)
        + StyledText(" measures a network")
      : StyledText(
        "tune on: \(Numbers.count(count, "choice")) of this machine \(count == 1 ? "is" : "are") known"
          + fromNextRun)
    return Report([line] + complaints) { ["tune": "on", "choices": .integer(count)] }
  }

  /// Measures the convolutions of the current network, and uses what is the fastest.
  private mutating func measured(_ invocation: Invocation, anew isAnew: Bool) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    guard network.hasConvolution else {
      throw Diagnostic(
        .state, "\(state.currentName) has no convolutions, so there is nothing to measure",
        at: invocation.range, offers: working(["add conv 8 3", "add conv2d 8 3"]))
    }
    let seconds =
      try invocation.option("seconds")?.value.number("seconds", in: 0...3600) ?? Self.usualSeconds
    if context.checksOnly {
      state.recipe.choices = ConvolutionChoices()
      return Report("would time the convolutions of \(state.currentName)")
    }
    if context.processes > 1 {
      throw Diagnostic(
        .state, "tune measures in one process, and mpirun has begun \(context.processes)",
        at: invocation.range, offers: ["tune on", "tune off"])
    }
    let (known, complaints) = context.tuning.choices()
    let data = state.data.flatMap { $0.train.shape == network.input ? $0 : nil }
    let batch = data.map { min(state.recipe.batchSize, $0.train.count) } ?? state.recipe.batchSize
    var question = state.recipe.memoryQuestion(network, data)
    question.choices = known
    let wish = TuningWish(question, batch: max(batch, 1), isAnew: isAnew, seconds: seconds)
    let findings = try computing(at: invocation.range) { [context] in
      try context.calculator.tune(wish) { done, count in
        context.note("tune  \(done)/\(Numbers.count(count, "convolution"))")
      }
    }
    var found = ConvolutionChoices()
    for timing in findings.timings { found[timing.task] = timing.chosen.method }
    var choices = known
    for (task, method) in found.methods { choices[task] = method }
    state.recipe.choices = choices
    ask(for: .keepChoices(found))
    let report = TuningReport(
      findings: findings, network: state.currentName, batch: wish.batch,
      isKept: context.tuning.isKept, seconds: seconds)
    let end =
      StyledText("tune on" + fromNextRun + ": ", .dim) + StyledText("tune off", .typable)
      + StyledText(" takes the rule again", .dim)
    let lines = report.lines(context.glyphs) + [end] + complaints
    return Report(lines) { report.data }
  }

  private static let usualSeconds = 30.0
}

extension Network {
  /// Whether a block of it is a convolution, of either direction.
  fileprivate var hasConvolution: Bool {
    var found = false
    walk { block, _ in
      switch block.form {
      case .layer(.convolution), .layer(.transposedConvolution): found = true
      case .layer, .sequential, .repeated, .shared, .residual, .parallel, .join: break
      }
    }
    return found
  }
}
