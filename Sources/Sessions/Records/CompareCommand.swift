import Interchange
import Language
import Networks
import Records

extension CommandTable {
  /// The command that puts runs side by side.
  static let compareRow = CommandRow(
    "compare", .runs, usage: "compare N N … [> FILE.svg|FILE.json]",
    "puts runs side by side: figures, what differed, curves over one another",
    examples: ["compare 1 2", "compare 1 2 > curves.svg"], repeats: .anything,
    words: nil, traits: [.ownRedirect], endings: ["svg", "json"],
    run: { try $0.compare($1) })
}

extension CommandScope {
  /// Answers `compare N N …`.
  mutating func compare(_ invocation: Invocation) throws -> Report {
    if invocation.words.count < 2 {
      throw invocation.row.refusal(
        "compare needs the numbers of two runs", at: invocation.range.end)
    }
    if context.checksOnly { return Report("would compare runs") }
    let runs = try chosenRuns(invocation.words, of: invocation)
    let curves = try storing(at: invocation.range) { store throws(StoreProblem) in
      var curves: [RunCurve] = []
      for run in runs { curves.append(try store.curve(of: run.id ?? 0)) }
      return curves
    }
    if let redirect = invocation.redirect, !invocation.writesData {
      let title = "loss of runs \(runs.map { "\($0.id ?? 0)" }.joined(separator: ", "))"
      let drawn = zip(runs, curves).map { $1.drawn(as: $0.title) }
      return written(CurvePicture(title: title, curves: drawn).svg, to: redirect)
    }
    var lines = RunTable(runs).lines
    let differences = differences(of: runs)
    lines += differences.lines
    let plotted = zip(runs, curves).compactMap { $1.plotted(as: $0.title).first }
    lines += CharacterPlot(curves: plotted, glyphs: context.glyphs).lines
    return Report(lines) {
      [
        "runs": .array(
          zip(runs, curves).map { run, curve in
            run.figures.with(["curve": .array(curve.points.map(\.data))])
          }),
        "differences": .texts(differences.lines.map(\.text)),
      ]
    }
  }

  /// What the others have otherwise than the first run.
  private func differences(of runs: [RunRecord]) -> RunDifferences {
    guard let first = runs.first else { return RunDifferences(lines: []) }
    var lines: [StyledText] = []
    for other in runs.dropFirst() {
      var found = Self.settings(first.settings, other.settings)
      if first.command != other.command { found.append("\(first.command) → \(other.command)") }
      if first.data != other.data {
        found.append("\(Self.oneLine(first.data)) → \(Self.oneLine(other.data))")
      } else if first.fingerprint != other.fingerprint {
        found.append("the data has other values")
      }
      if first.drawing != other.drawing || first.parent != other.parent {
        found.append("\(first.start) → \(other.start)")
      }
      if first.version != other.version {
        found.append("version \(first.version) → \(other.version)")
      }
      if first.machine != other.machine { found.append("\(first.machine) → \(other.machine)") }
      let blocks = blocks(first, other)
      lines.append(
        StyledText("run \(first.id ?? 0) → run \(other.id ?? 0)", .emphasis)
          + StyledText(
            found.isEmpty && blocks.isEmpty ? "  all the same but the machine's time" : ""))
      lines += found.map { StyledText("  " + $0) } + blocks
    }
    return RunDifferences(lines: lines)
  }

  private func blocks(_ first: RunRecord, _ other: RunRecord) -> [StyledText] {
    guard first.blocks != other.blocks,
      let left = try? network(of: first.blocks, name: first.title),
      let right = try? network(of: other.blocks, name: other.title)
    else { return first.blocks == other.blocks ? [] : ["  the blocks differ"] }
    let lines = NetworkComparison(left, right).differences.map(Self.line)
    let more = lines.count - Self.mostBlocks
    return lines.prefix(Self.mostBlocks)
      + (more > 0 ? [StyledText("  and \(Numbers.grouped(more)) more", .dim)] : [])
  }

  /// Differing blocks that are told of one pair.
  private static let mostBlocks = 12

  /// Settings that differ: `optimizer sgd lr=0.1 → optimizer adam lr=0.001`.
  private static func settings(_ first: String, _ other: String) -> [String] {
    let (left, right) = (first.split(separator: "\n"), other.split(separator: "\n"))
    let verbs = (left + right).map { $0.prefix { $0 != " " } }
    var seen: Set<Substring> = []
    return verbs.filter { seen.insert($0).inserted }.compactMap { verb in
      let find = { (lines: [Substring]) in
        lines.filter { $0.prefix { $0 != " " } == verb }.joined(separator: ", ")
      }
      let (before, after) = (find(left), find(right))
      if before == after { return nil }
      return "\(before.isEmpty ? "no \(verb)" : before) → \(after.isEmpty ? "no \(verb)" : after)"
    }
  }

  private static func oneLine(_ text: String) -> String {
    text.isEmpty ? "data made otherwise" : text.split(separator: "\n").joined(separator: "; ")
  }
}

/// What runs have otherwise, as lines.
private struct RunDifferences: Sendable {
  let lines: [StyledText]
}

extension RunRecord {
  /// `run 3 main`.
  var title: String { "run \(id ?? 0) \(network)" }

  /// Where its weights came from, in a few words.
  fileprivate var start: String {
    parent.map { "weights of run \($0)" } ?? drawing ?? "other weights"
  }
}

extension RunCurve {
  /// The losses as a curve of a picture.
  fileprivate func drawn(as name: String) -> CurvePicture.Curve {
    var curve = CurvePicture.Curve(name: name)
    curve.training = points.compactMap { point in
      point.epoch == nil ? point.loss.map { (step: point.step, value: $0) } : nil
    }
    curve.test = points.compactMap { point in point.testLoss.map { (step: point.step, value: $0) } }
    return curve
  }
}
