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
    if context.checksOnly, !context.isTrial { return Report("would compare runs") }
    let runs = try chosenRuns(invocation.words, of: invocation)
    let curves = try storing(at: invocation.range) { store throws(StoreProblem) in
      var curves: [RunCurve] = []
      for run in runs { curves.append(try store.curve(of: run.id ?? 0)) }
      return curves
    }
    if let redirect = invocation.redirect, !invocation.writesData {
      let title = "loss of runs \(runs.map { "\($0.id ?? 0)" }.joined(separator: ", "))"
      let drawn = zip(runs, curves).map { $1.drawn(as: $0.title) }
      return written(CurvePicture(title: title, quantity: "loss", curves: drawn).svg, to: redirect)
    }
    let differences = differences(of: runs)
    let plotted = zip(runs, curves).compactMap { $1.plotted(as: $0.title).first }
    let end = differences + CharacterPlot(curves: plotted, glyphs: context.glyphs).lines
    let usual = context.columns
    var report = context.answer(for: invocation) { columns in
      RunTable(runs).lines(columns: columns ?? usual) + end
    }
    report.data = {
      [
        "runs": .array(
          zip(runs, curves).map { run, curve in
            run.figures.with(["curve": .array(curve.points.map(\.data))])
          }),
        "differences": .texts(differences.map(\.text)),
      ]
    }
    return report
  }
}

extension RunRecord {
  /// `run 3 main`.
  var title: String { "run \(id ?? 0) \(network)" }
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
