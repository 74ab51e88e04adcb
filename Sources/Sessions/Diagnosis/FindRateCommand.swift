import Engine
import Interchange
import Language
import Networks
import Training

/// `lr find`: the range test of learning rates.
extension CommandScope {
  /// The keys of `lr find`.
  static let rateFindKeys: [CommandRow.Key] = [
    .init("from", default: "1e-6", "lr find: the first rate"),
    .init("steps", default: "100", "lr find: how many steps are taken"),
  ]

  /// Answers `lr find from=1e-6 to=10 steps=100 > FILE`.
  mutating func findRate(_ invocation: Invocation) throws -> Report {
    if let word = invocation.words.dropFirst().first {
      throw Diagnostic(
        .argument, "lr find takes no more words, found \(word.text)", at: word.range,
        notes: [.init("usage: lr find [from=1e-6] [to=10] [steps=100]")])
    }
    try invocation.row.check(invocation.options, among: ["from", "to", "steps"])
    let first = try rate("from", 1e-6, invocation)
    let last = try rate("to", 10, invocation)
    if last <= first {
      let range = (invocation.option("to") ?? invocation.option("from"))?.value.range
      throw Diagnostic(
        .argument,
        "lr find goes up: to=\(Numbers.typed(last)) is not above from=\(Numbers.typed(first))",
        at: range ?? invocation.range, offers: ["lr find"])
    }
    let steps = try invocation.option("steps")?.value.integer("steps", in: 20...10_000) ?? 100
    let request = try requestForCopy(at: invocation.range)
    try checkLearns(request.network, at: invocation.range)
    if context.checksOnly { return Report("would look for a learning rate for \(request.name)") }
    let range = try computing(at: invocation.range) {
      try context.calculator.withCopy(of: request) { copy in
        try RateRange(
          copy, from: first, to: last, steps: steps,
          within: TrialTime(seconds: Self.mostSeconds))
      }
    }
    let found = RateFinding(range: range, request: request, last: last)
    if let redirect = invocation.redirect, !invocation.writesData {
      guard let write = Self.rateWriters[redirect.text] else { return Report() }
      return written(write(found), to: redirect)
    }
    return Report(found.lines(context.glyphs)) { found.data }
  }

  /// What `lr find` writes besides JSON.
  static let rateWriters: WriterTable<@Sendable (RateFinding) -> String> = [
    "svg": { $0.picture.svg }, "csv": { $0.table.text },
  ]

  private static let mostSeconds = 60.0

  private func rate(_ name: String, _ preset: Double, _ invocation: Invocation)
    throws(Diagnostic) -> Double
  {
    guard let word = invocation.option(name)?.value else { return preset }
    if let number = word.number, number >= 1e-12, number <= 1000 { return number }
    throw Diagnostic(
      .argument, "\(name) expects a rate from 1e-12 to 1000, found \(word.text)", at: word.range,
      offers: ["lr find"])
  }
}

/// The range test of a network, with what follows from it.
struct RateFinding: Sendable {
  let range: RateRange
  let request: RunRequest
  let last: Double

  /// The command that sets the suggested rate and keeps the curve.
  var command: String? {
    range.suggested.map {
      ScheduleTable.command(rate: $0, keeping: request.recipe.schedule)
    }
  }

  /// The curve and what follows from it.
  func lines(_ glyphs: Glyphs) -> [StyledText] {
    var lines: [StyledText] = []
    let points = range.points
    if let first = points.first, let end = points.last, points.count > 1 {
      var plot = CharacterPlot(
        curves: [
          .init(
            name: "loss, smoothed",
            points: points.enumerated().map { ($0.offset, $0.element.smoothed) })
        ], glyphs: glyphs)
      plot.axis = "lr \(Self.number(first.rate)) … \(Self.number(end.rate)), logarithmic"
      lines += plot.lines
    }
    lines.append(StyledText(ending, .dim))
    guard let steepest = range.steepest, let least = range.least, let command else {
      lines.append(
        StyledText(
          "no rate lowered the loss by more than batches differ, so there is none to suggest",
          .warning))
      return lines
    }
    lines.append(
      StyledText(
        "the loss falls fastest at \(Self.number(steepest)), and is least, "
          + "\(Numbers.loss(least.smoothed)), at \(Self.number(least.rate))"))
    lines.append(StyledText("try: ") + StyledText(command, .typable))
    return lines
  }

  private var ending: String {
    let learned = request.learned.steps > 0 ? ", from what it has learned" : ""
    let steps = Numbers.count(range.points.count, "step")
    if let end = range.end {
      return "\(steps) on a copy\(learned); from \(Self.number(end)) on it diverges"
    }
    if range.isCutShort {
      return "\(steps) on a copy\(learned); time ran out before \(Self.number(last))"
    }
    return "\(steps) on a copy\(learned); it does not diverge up to \(Self.number(last))"
  }

  private static func number(_ rate: Double) -> String { Numbers.significant(rate, digits: 2) }

  /// The numbers as a table.
  var table: CSVText {
    var table = CSVText(head: ["lr", "loss", "smoothed"])
    for point in range.points {
      table.append([.number(point.rate), .number(point.loss), .number(point.smoothed)])
    }
    return table
  }

  /// The curve as a picture.
  var picture: RatePicture {
    var marks: [(rate: Double, label: String)] = []
    if let steepest = range.steepest {
      marks.append((steepest, "steepest \(Self.number(steepest))"))
    }
    if let suggested = range.suggested {
      marks.append((suggested, "suggested \(Self.number(suggested))"))
    }
    return RatePicture(
      title: "\(request.name): loss over learning rate",
      points: range.points.map { .init(rate: $0.rate, loss: $0.loss, smoothed: $0.smoothed) },
      marks: marks)
  }

  /// The curve and what follows from it, for programs.
  var data: JSON {
    [
      "network": .text(request.name), "suggested": .optional(range.suggested),
      "command": .optional(command), "steepest": .optional(range.steepest),
      "least": .optional(range.least?.rate), "diverged_at": .optional(range.end),
      "time_ran_out": .boolean(range.isCutShort),
      "points": .array(
        range.points.map { point -> JSON in
          .array([.number(point.rate), .number(point.loss), .number(point.smoothed)])
        }),
    ]
  }
}
