import Interchange
import Language
import Training

/// The table as text, for spreadsheets and for programs.
extension SweepTable {
  /// The figures that runs have, the one that rows are ordered by first.
  private var measures: [Watch.Measure] {
    Watch.Measure.deciding(measure).filter { figure in
      rows.contains { $0.figures[figure] != nil }
    }
  }

  /// The lines; figures for which there are no columns left are left out.
  func lines(columns: Int, _ glyphs: Glyphs) -> [StyledText] {
    var shown = measures
    while true {
      let lines = lines(of: shown, glyphs)
      let width = lines.map { DisplayWidth.columns(of: $0.text) }.max() ?? 0
      if width <= columns || shown.count < 2 { return lines }
      shown.removeLast()
    }
  }

  private func lines(of shown: [Watch.Measure], _ glyphs: Glyphs) -> [StyledText] {
    let hasNumbers = rows.contains { $0.best?.number != nil }
    let hasSeveral = rows.contains { $0.runs.count > 1 }
    let hasDifferences = rows.contains { !$0.difference.isEmpty }
    var heads: [(title: String, alignment: TextTable.Alignment)] = names.map { ($0, .leading) }
    if hasNetworks { heads.append(("network", .leading)) }
    if hasStages { heads.append(("stage", .trailing)) }
    if hasDifferences { heads.append(("settings", .leading)) }
    heads += shown.map { ($0.rawValue, .trailing) }
    if hasSeveral { heads.append(("runs", .trailing)) }
    if hasNumbers { heads.append((hasSeveral ? "best run" : "run", .trailing)) }
    var table = TextTable(heads + [("", .leading)])
    for row in rows {
      guard let first = row.runs.first else { continue }
      var cells = names.map {
        StyledText(DisplayWidth.truncate(first.variables[$0] ?? "", to: Self.widest))
      }
      if hasNetworks { cells.append(StyledText(first.network)) }
      if hasStages { cells.append(StyledText("\(first.stage)")) }
      if hasDifferences {
        cells.append(StyledText(DisplayWidth.truncate(row.difference, to: Self.widest)))
      }
      cells += shown.map { figure in
        StyledText(
          row.figures[figure].map {
            Self.text(of: $0, figure, withSpread: figure == measure, glyphs)
          } ?? "")
      }
      if hasSeveral { cells.append(StyledText("\(row.runs.count)")) }
      if hasNumbers { cells.append(StyledText(row.best?.number.map { "\($0)" } ?? "", .typable)) }
      table.append(cells + [StyledText(row.remark, .bad)])
    }
    return table.lines
  }

  /// The columns of a name's value at most.
  private static let widest = 30

  private static func text(
    of spread: Spread, _ figure: Watch.Measure, withSpread: Bool, _ glyphs: Glyphs
  ) -> String {
    guard withSpread, let deviation = spread.deviation else { return figure.text(of: spread.mean) }
    if figure.isShare {
      return Numbers.fixed(spread.mean * 100, decimals: 1) + " \(glyphs.plusMinus) "
        + Numbers.percent(deviation)
    }
    return figure.text(of: spread.mean) + " \(glyphs.plusMinus) "
      + Numbers.significant(deviation, digits: 2)
  }

  /// All figures with their spreads.
  var csv: CSVText {
    let hasDifferences = rows.contains { !$0.difference.isEmpty }
    var head = names
    if hasNetworks { head.append("network") }
    if hasStages { head.append("stage") }
    if hasDifferences { head.append("settings") }
    head += ["runs", "diverged"]
    for figure in measures { head += [figure.key, "\(figure.key)_deviation"] }
    head.append("seconds")
    let hasNumbers = rows.contains { row in row.runs.contains { $0.number != nil } }
    if hasNumbers { head += ["best_run", "run_numbers"] }
    var table = CSVText(head: head)
    for row in rows {
      guard let first = row.runs.first else { continue }
      for name in names { table.add(Self.field(first.variables[name] ?? "")) }
      if hasNetworks { table.add(.text(first.network)) }
      if hasStages { table.add(.count(first.stage)) }
      if hasDifferences { table.add(.text(row.difference)) }
      table.add(.count(row.runs.count))
      table.add(.count(row.diverged))
      for figure in measures {
        table.add(.number(row.figures[figure]?.mean))
        table.add(.number(row.figures[figure]?.deviation))
      }
      table.add(.number(row.seconds))
      if hasNumbers {
        table.add(row.best?.number.map { .count(Int($0)) } ?? .text(""))
        table.add(.text(row.runs.compactMap { $0.number.map { "\($0)" } }.joined(separator: " ")))
      }
      table.endRecord()
    }
    return table
  }

  /// A number stays one, however small it is.
  private static func field(_ text: String) -> CSVText.Field {
    if let count = Int(text) { return .count(count) }
    if let number = Double(text), number.isFinite { return .number(number) }
    return .text(text)
  }

  /// The rows for programs.
  var data: JSON {
    let rows = rows.map { row -> JSON in
      let first = row.runs.first
      let variables = names.map { JSON.Member($0, Self.value(of: first?.variables[$0])) }
      let about: JSON = [
        "variables": .object(variables), "network": .optional(first?.network),
        "stage": .optional(first?.stage), "runs": .integer(row.runs.count),
        "diverged": .integer(row.diverged),
      ]
      let figures = measures.map { figure in
        JSON.Member(figure.key, row.figures[figure].map(Self.value) ?? .null)
      }
      return about.with(.object(figures)).with([
        "seconds": .number(row.seconds), "best_run": .optional(row.best?.number.map { Int($0) }),
        "run_numbers": .integers(row.runs.compactMap { $0.number.map { Int($0) } }),
      ])
    }
    return ["by": .optional(measure?.rawValue), "rows": .array(rows)]
  }

  private static func value(of text: String?) -> JSON {
    guard let text else { return .null }
    if let count = Int(text) { return .integer(count) }
    if let number = Double(text), number.isFinite { return .number(number) }
    return .text(text)
  }

  private static func value(of spread: Spread) -> JSON {
    ["mean": .number(spread.mean), "deviation": .optional(spread.deviation)]
  }
}

extension SweepTable.Row {
  /// The mean time of a run.
  fileprivate var seconds: Double { Spread(runs.map(\.seconds))?.mean ?? 0 }

  /// How many runs have diverged, where some have.
  fileprivate var remark: String {
    switch diverged {
    case 0: ""
    case runs.count: runs.count == 1 ? "diverged" : "all diverged"
    default: "\(diverged) of \(runs.count) diverged"
    }
  }
}
