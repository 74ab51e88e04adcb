import Engine
import Training

/// What measuring convolutions came to, as lines and as data.
struct TuningReport: Sendable {
  let findings: TuningFindings
  let network: String
  let batch: Int

  /// Whether other sessions are going to know.
  let isKept: Bool

  /// The limit that there was.
  let seconds: Double

  /// Rows of the table, at most.
  private static let mostRows = 20

  /// The convolutions by what they save in a step, those that stay as they are the heaviest first.
  private var sorted: [ConvolutionTiming] {
    findings.timings.enumerated().sorted {
      ($0.element.saved, $1.offset) > ($1.element.saved, $0.offset)
    }.map(\.element)
  }

  /// What was measured, a table of it, and what it comes to.
  func lines(_ glyphs: Glyphs) -> [StyledText] {
    let timings = findings.timings
    let setting =
      "\(Numbers.count(batch, "example")), \(Numbers.count(findings.threads, "thread")): "
    if timings.isEmpty {
      let count = Numbers.count(findings.known, "convolution")
      return [
        StyledText("\(setting)\(count) known already; ") + StyledText("tune again", .typable)
          + StyledText(" measures anew")
      ]
    }
    let known = findings.known > 0 ? ", \(Numbers.grouped(findings.known)) known already" : ""
    let head =
      "\(setting)\(Numbers.count(timings.count, "convolution")) measured in "
      + "\(Numbers.fixed(findings.seconds, decimals: 1)) s\(known)"
    var lines = [StyledText(head, .dim)] + table(glyphs).lines
    let rest = sorted.dropFirst(Self.mostRows)
    if !rest.isEmpty {
      let saved = PlanReading.micro(rest.reduce(0) { $0 + $1.saved })
      lines.append(
        StyledText("\(rest.count) more, which save \(saved) \(glyphs.micro)s together", .dim))
    }
    lines.append(StyledText(sum(glyphs)))
    if findings.left > 0 {
      let more = Numbers.typed(max(seconds * 2, 1))
      lines.append(
        StyledText("\(findings.left) more for which there was no time: ", .dim)
          + StyledText("tune seconds=\(more)", .typable))
    }
    return lines
  }

  private func table(_ glyphs: Glyphs) -> TextTable {
    let micro = "\(glyphs.micro)s"
    var table = TextTable([
      ("convolution", .leading), ("times", .trailing), ("pass", .leading), ("rule", .leading),
      (micro, .trailing), ("chosen", .leading), (micro, .trailing), ("saves", .trailing),
    ])
    for timing in sorted.prefix(Self.mostRows) {
      let isOther = timing.chosen != timing.ruled
      let words = timing.task.words.replacing("→", with: glyphs.arrow)
      table.append([
        StyledText(words), StyledText("\(timing.paths.count)"), StyledText(timing.task.passWords),
        StyledText(timing.ruled.method.words), StyledText(PlanReading.micro(timing.ruled.seconds)),
        StyledText(isOther ? timing.chosen.method.words : ""),
        StyledText(isOther ? PlanReading.micro(timing.chosen.seconds) : ""),
        StyledText(isOther ? PlanReading.percent(timing.gain) : "", .good),
      ])
    }
    return table
  }

  /// How much a step is going to save.
  private func sum(_ glyphs: Glyphs) -> String {
    let timings = findings.timings
    let others = timings.filter { $0.chosen != $0.ruled }
    let place = isKept ? "" : ", known until the session ends"
    if others.isEmpty { return "none goes 3 % faster than by the rule\(place)" }
    let saved = timings.reduce(0) { $0 + $1.saved }
    let all = timings.reduce(0) { $0 + Double($1.paths.count) * $1.ruled.seconds }
    return "\(others.count) of \(timings.count) go faster another way: "
      + "\(PlanReading.micro(saved)) of \(PlanReading.micro(all)) \(glyphs.micro)s of a step"
      + " (\(PlanReading.percent(saved / max(all, 1e-12))))\(place)"
  }

  /// All figures for programs: the heaviest convolutions first, the rule's way before the others.
  var data: JSON {
    let convolutions = findings.timings.map { timing -> JSON in
      [
        "convolution": .text(timing.task.text), "paths": .texts(timing.paths),
        "multiply_adds": .integer(timing.task.multiplyAdds),
        "rule": .text(timing.ruled.method.text), "chosen": .text(timing.chosen.method.text),
        "saves": .number(timing.gain),
        "candidates": .array(
          timing.candidates.map { candidate -> JSON in
            [
              "method": .text(candidate.method.text),
              "us": .number((candidate.seconds * 1e9).rounded() / 1e3),
            ]
          }),
      ]
    }
    return [
      "tune": "on", "network": .text(network), "examples": .integer(batch),
      "threads": .integer(findings.threads), "known": .integer(findings.known),
      "left": .integer(findings.left), "kept": .boolean(isKept),
      "convolutions": .array(convolutions),
    ]
  }
}
