import Language
import Networks
import Records

/// What is known of one run.
extension CommandScope {
  /// Answers `runs show N`.
  func showRun(_ invocation: Invocation) throws -> Report {
    let word = try invocation.word(1, "a run's number", invocation.row)
    if context.checksOnly, !context.isTrial { return Report("would show run \(word.text)") }
    let run = try run(word)
    let curve = try storing(at: word.range) { store throws(StoreProblem) in
      try store.curve(of: run.id ?? 0)
    }
    var head = StyledText("run \(run.id ?? 0)  \(run.network)", .emphasis)
    head.append("  \(Machine.text(ofTime: run.began)), \(run.place)", .dim)
    var lines = [head]
    func add(_ title: String, _ text: String) {
      if text.isEmpty { return }
      for (index, line) in text.split(separator: "\n").enumerated() {
        let name = index == 0 ? title : ""
        let blank = String(repeating: " ", count: max(0, 10 - name.count))
        lines.append(StyledText("  \(name)\(blank)", .dim) + StyledText(String(line)))
      }
    }
    add("command", run.command)
    add("ended", run.outcome)
    add("settings", run.settingLines.joined(separator: "; "))
    add("data", run.data.isEmpty ? run.dataName : run.data)
    add("folder", run.folder)
    add("began", run.beginning)
    add("blocks", run.blocks)
    add("changed", run.changes)
    add("tags", run.tags.joined(separator: " "))
    add("note", run.note)
    lines += CharacterPlot(curves: curve.plotted(as: ""), glyphs: context.glyphs).lines
    return Report(lines) {
      run.figures.with([
        "settings": .texts(run.settings.split(separator: "\n").map(String.init)),
        "data_commands": .texts(run.data.split(separator: "\n").map(String.init)),
        "fingerprint": .text(run.fingerprint), "blocks": .text(run.blocks),
        "weights": .optional(run.weights), "parent": .optional(run.parent.map { Int($0) }),
        "version": .text(run.version), "machine": .text(run.machine), "folder": .text(run.folder),
        "changes": .texts(run.changes.split(separator: "\n").map(String.init)),
        "curve": .array(curve.points.map(\.data)),
      ])
    }
  }
}

extension RunRecord {
  /// The version and the machine.
  fileprivate var place: String { "espalier \(version) on \(machine)" }

  /// How it ended and what it came to, in one line.
  fileprivate var outcome: String {
    let word: String
    switch ending {
    case .open: return "not: it goes on, or its program ended in its midst"
    case .finished: word = "finished"
    case .until: word = "until held"
    case .patience: word = "no epoch was better"
    case .stopped: word = "stopped"
    case .diverged: word = "diverged"
    case .refused: return "refused"
    }
    var parts = ["\(word) after \(Numbers.count(steps, "step")) in \(Numbers.duration(seconds))"]
    if let loss { parts.append("loss \(Numbers.loss(loss))") }
    if let accuracy { parts.append("accuracy \(Numbers.percent(accuracy))") }
    if let testLoss { parts.append("test loss \(Numbers.loss(testLoss))") }
    if let testAccuracy { parts.append("test accuracy \(Numbers.percent(testAccuracy))") }
    return parts.joined(separator: ", ")
  }

  /// Which weights it began with.
  fileprivate var beginning: String {
    if let parent { return "with the weights of run \(parent)" }
    return drawing.map { "with weights drawn by \($0)" }
      ?? "with other weights than a run or init left"
  }
}

extension RunCurve {
  /// The losses as curves of a plot, the one on the test part where there is one.
  func plotted(as name: String) -> [CharacterPlot.Curve] {
    let prefix = name.isEmpty ? "" : name + " "
    let training = points.compactMap { point in point.loss.map { (step: point.step, value: $0) } }
    let test = points.compactMap { point in point.testLoss.map { (step: point.step, value: $0) } }
    return [CharacterPlot.Curve(name: prefix + "loss", points: training)]
      + (test.isEmpty ? [] : [CharacterPlot.Curve(name: prefix + "test loss", points: test)])
  }
}

extension RunCurve.Point {
  /// The point for programs.
  var data: JSON {
    [
      "step": .integer(step), "epoch": .optional(epoch), "loss": .optional(loss),
      "accuracy": .optional(accuracy), "test_loss": .optional(testLoss),
      "test_accuracy": .optional(testAccuracy),
    ]
  }
}
