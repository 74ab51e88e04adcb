import Interchange
import Language
import Training

/// What the networks of a demonstration have come to, those that differ in the seed alone in one row.
struct TrialTable: Sendable {
  /// Networks that differ in the seed alone.
  struct Row: Sendable {
    let cells: [String]
    let results: [TrialResult]

    /// The mean and deviation of a figure over those that have one.
    func spread(_ figure: (TrialResult) -> Double?) -> Spread? {
      Spread(results.compactMap(figure))
    }

    /// The mean training loss of the last epoch.
    var loss: Double? { spread(\.loss)?.mean }

    /// The name by which its figures are asked for.
    var name: String {
      results.first?.trial.request.name.filter { $0 != " " } ?? ""
    }
  }

  let heads: [String]
  let rows: [Row]

  /// Groups results in the order in which they came.
  init(_ heads: [String], _ results: [TrialResult]) {
    self.heads = heads
    var order: [[String]] = []
    for result in results where !order.contains(result.trial.row) { order.append(result.trial.row) }
    rows = order.map { cells in
      Row(cells: cells, results: results.filter { $0.trial.row == cells })
    }
  }

  private var results: [TrialResult] { rows.flatMap(\.results) }
  private var hasErrors: Bool { results.contains { $0.testError != nil } }
  private var hasTestLosses: Bool { results.contains { $0.testLoss != nil } }

  /// The table for people.
  func lines(_ glyphs: Glyphs) -> [StyledText] {
    var columns: [(title: String, alignment: TextTable.Alignment)] = heads.map { ($0, .leading) }
    columns += [
      ("parameters", .trailing), ("\(glyphs.norm) first", .trailing), ("last", .trailing),
      ("train loss", .trailing),
    ]
    if hasErrors {
      columns.append(("test error", .trailing))
    } else if hasTestLosses {
      columns.append(("test loss", .trailing))
    }
    columns.append(("", .leading))
    var table = TextTable(columns)
    for row in rows {
      var cells = row.cells.map { StyledText($0, .emphasis) }
      cells.append(StyledText(row.results.first.map { Numbers.grouped($0.parameters) } ?? ""))
      for norm in [row.spread { $0.norms?.first }, row.spread { $0.norms?.last }] {
        cells.append(
          StyledText(norm.map { Numbers.significant($0.mean, digits: 3) } ?? glyphs.dash, .dim))
      }
      cells.append(StyledText(Self.text(row.spread(\.loss), Numbers.loss, glyphs)))
      if hasErrors {
        cells.append(StyledText(Self.text(row.spread(\.testError), Numbers.percent, glyphs)))
      } else if hasTestLosses {
        cells.append(StyledText(Self.text(row.spread(\.testLoss), Numbers.loss, glyphs)))
      }
      let diverged = row.results.count(where: \.hasDiverged)
      cells.append(
        StyledText(
          diverged == 0
            ? ""
            : row.results.count == 1 ? "diverged" : "\(diverged) of \(row.results.count) diverged",
          .bad))
      table.append(cells)
    }
    return table.lines
  }

  private static func text(_ spread: Spread?, _ words: (Double) -> String, _ glyphs: Glyphs)
    -> String
  {
    guard let spread else { return glyphs.dash }
    guard let deviation = spread.deviation else { return words(spread.mean) }
    return words(spread.mean) + " \(glyphs.plusMinus) " + words(deviation)
  }

  /// The mean loss of each epoch, as characters; each row by its first seed.
  func chart(_ glyphs: Glyphs) -> [StyledText] {
    let curves = rows.compactMap { row -> CharacterPlot.Curve? in
      guard let first = row.results.first, let trace = first.trace else { return nil }
      return CharacterPlot.Curve(
        name: first.trial.request.name,
        points: trace.epochs.map { (step: $0.step, value: $0.loss) })
    }
    return CharacterPlot(curves: curves, glyphs: glyphs).lines
  }

  /// The losses of all steps; each row by its first seed.
  var curves: CurveCollection {
    CurveCollection(rows.compactMap { $0.results.first?.trace }, showsAccuracy: false)
  }

  /// A line for each network.
  var csv: CSVText {
    var table = CSVText(
      head: heads + [
        "seed", "parameters", "gradient_norm_first", "gradient_norm_last", "loss", "test_loss",
        "test_error", "diverged", "seconds",
      ])
    for result in results {
      table.append(
        result.trial.row.map { Int($0).map(CSVText.Field.count) ?? .text($0) } + [
          .text("\(result.trial.request.recipe.seed)"), .count(result.parameters),
          .number(result.norms?.first), .number(result.norms?.last), .number(result.loss),
          .number(result.testLoss), .number(result.testError), .count(result.hasDiverged ? 1 : 0),
          .number(result.seconds),
        ])
    }
    return table
  }

  /// The facts for programs, a member for each network.
  var data: JSON {
    let rows = results.map { result -> JSON in
      let about = zip(heads, result.trial.row).map { head, cell in
        JSON.Member(head, Int(cell).map(JSON.integer) ?? .text(cell))
      }
      let epochs = result.trace?.epochs.map(\.loss) ?? []
      return JSON.object(about).with([
        "seed": .text("\(result.trial.request.recipe.seed)"),
        "parameters": .integer(result.parameters),
        "gradient_norm_first": .optional(result.norms?.first),
        "gradient_norm_last": .optional(result.norms?.last), "loss": .optional(result.loss),
        "test_loss": .optional(result.testLoss), "test_error": .optional(result.testError),
        "diverged": .boolean(result.hasDiverged),
        "epoch_losses": .array(epochs.map { .number($0) }),
      ])
    }
    return ["networks": .array(rows)]
  }

  /// The means by which `expect` may ask: `plain20.loss`.
  var figures: [String: Double] {
    var figures: [String: Double] = [:]
    for row in rows {
      let name = row.name
      figures["\(name).params"] = row.results.first.map { Double($0.parameters) }
      figures["\(name).loss"] = row.loss
      figures["\(name).error"] = row.spread(\.testError)?.mean
      figures["\(name).first"] = row.spread { $0.norms?.first }?.mean
      figures["\(name).last"] = row.spread { $0.norms?.last }?.mean
    }
    return figures
  }
}
