import Networks
import Training

/// A diagnosis as lines.
extension Diagnosis {
  /// What is wrong, each with what helped; where nothing is, what was looked at.
  func lines(_ glyphs: Glyphs) -> [StyledText] {
    let name = seen.request.name
    var lines: [StyledText] = []
    if findings.isEmpty {
      lines.append(StyledText("nothing wrong is seen in \(name)", .good))
      lines += seen.lines
    }
    var shown: Set<String> = []
    for (index, (finding, remedy)) in findings.enumerated() {
      let number = findings.count > 1 ? "\(index + 1). " : ""
      let indent = String(repeating: " ", count: number.count + 2)
      lines.append(StyledText("\(number)\(finding.text)", .warning))
      lines.append(StyledText(indent + finding.meaning))
      guard let remedy, let after = remedy.after, shown.insert(remedy.command).inserted else {
        continue
      }
      lines.append(
        StyledText("\(indent)try: ") + StyledText(remedy.command, .typable))
      let steps = Numbers.count(remedy.steps, "step")
      lines.append(
        StyledText(
          "\(indent)  on a copy: \(remedy.measure.rawValue) after \(steps) "
            + "\(before(remedy)) → \(Numbers.loss(after))", .good))
    }
    if !findings.isEmpty { lines.append(StyledText(seen.summary(tried.count), .dim)) }
    if isCutShort {
      lines.append(
        StyledText("time ran out: what was not tried to the end is not offered", .dim))
    }
    return lines
  }

  private func before(_ remedy: Treatment) -> String {
    if let before = remedy.before { return Numbers.loss(before) }
    return Numbers.loss(seen.baseline.fault?.loss ?? .nan)
  }
}

extension Observation {
  /// What was looked at, in one line.
  func summary(_ trials: Int) -> String {
    var parts = ["\(Numbers.count(count, "train example"))"]
    if !baseline.losses.isEmpty {
      parts.append("\(Numbers.count(baseline.losses.count, "step")) of a copy")
    }
    if let lastRun {
      parts.append("a run of \(Numbers.count(lastRun.record.losses.count, "step"))")
    }
    let commands = trials == 0 ? "" : "; \(Numbers.count(trials, "command")) tried"
    return "looked at \(parts.joined(separator: ", "))\(commands)"
  }

  /// The figures that were looked at, as a table.
  var lines: [StyledText] {
    var table = TextTable([("", .leading), ("", .leading)])
    for (name, text) in figures {
      table.append([StyledText("  " + name, .dim), StyledText(text)])
    }
    return table.proseLines
  }

  private var figures: [(String, String)] {
    var rows = [("loss", lossFigures)]
    if let start = baseline.start, let end = baseline.end {
      rows.append(
        (
          "steps",
          "\(Numbers.count(baseline.losses.count, "step")) of a copy at lr \(Numbers.typed(rate)): "
            + "loss \(Numbers.loss(start)) → \(Numbers.loss(end))"
        ))
    }
    let deviations = layers.filter { !$0.isSilent }.compactMap { layer in
      layer.trace.map { (layer.path, $0.deviation) }
    }
    if let least = deviations.min(by: { $0.1 < $1.1 }),
      let greatest = deviations.max(by: { $0.1 < $1.1 })
    {
      let dead = dyingLayers.max { $0.share < $1.share }
      rows.append(
        (
          "outputs",
          "standard deviation \(Self.number(least.1)) at \(least.0) to "
            + "\(Self.number(greatest.1)) at \(greatest.0)"
            + (dead.map { "; dead channels \(Numbers.percent($0.share)) at most" } ?? "")
        ))
    }
    let learning = learning
    if let least = learning.min(by: { $0.norm < $1.norm }),
      let greatest = learning.max(by: { $0.norm < $1.norm })
    {
      rows.append(
        (
          "gradients",
          "norm \(Self.number(least.norm)) at \(least.path)"
            + (learning.count > 1 ? " to \(Self.number(greatest.norm)) at \(greatest.path)" : "")
        ))
    }
    rows.append(
      (
        "inputs",
        "mean \(Self.number(inputs.mean)), standard deviation \(Self.number(inputs.deviation))"
      ))
    return rows
  }

  private var lossFigures: String {
    var text = "\(Numbers.loss(evaluated.loss)) on \(Numbers.count(count, "train example"))"
    if let tested { text += ", \(Numbers.loss(tested.loss)) on test" }
    if comparesPlainClasses, let labels { text += "; guessing is \(labels.guess)" }
    return text
  }
}
