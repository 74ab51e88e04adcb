import Interchange
import Records

/// Runs as a table, one in a line; columns that no run fills are left out.
struct RunTable {
  let runs: [RunRecord]

  init(_ runs: [RunRecord]) { self.runs = runs }

  /// A column: its title, how it is set, and its cell for a run.
  private struct Column: Sendable {
    let title: String
    let alignment: TextTable.Alignment
    let cell: @Sendable (RunRecord) -> String
  }

  private static let columns = [
    Column(title: "run", alignment: .trailing) { "\($0.id ?? 0)" },
    Column(title: "began", alignment: .leading) { Machine.text(ofTime: $0.began) },
    Column(title: "network", alignment: .leading) { $0.network },
    Column(title: "data", alignment: .leading) { $0.dataName },
    Column(title: "command", alignment: .leading) {
      DisplayWidth.truncate($0.command, to: mostCommand)
    },
    Column(title: "loss", alignment: .trailing) { $0.loss.map(Numbers.loss) ?? "" },
    Column(title: "train", alignment: .trailing) { $0.accuracy.map(Numbers.percent) ?? "" },
    Column(title: "test", alignment: .trailing) {
      $0.testAccuracy.map(Numbers.percent) ?? $0.testLoss.map(Numbers.loss) ?? ""
    },
    Column(title: "time", alignment: .trailing) {
      $0.seconds > 0 ? Numbers.duration($0.seconds) : ""
    },
    Column(title: "", alignment: .leading) { $0.remark },
  ]

  /// The table; where it would be wider than asked for, commands are cut further, then times say no year.
  func lines(columns width: Int) -> [StyledText] {
    let columns = Self.columns.filter { column in runs.contains { !column.cell($0).isEmpty } }
    var cells = runs.map { run in columns.map { $0.cell(run) } }
    func surplus() -> Int {
      let widths = columns.indices.map { index in
        ([columns[index].title] + cells.map { $0[index] }).map { DisplayWidth.columns(of: $0) }
      }
      return widths.reduce(-2) { $0 + ($1.max() ?? 0) + 2 } - width
    }
    func change(_ title: String, _ change: (String) -> String) {
      guard let index = columns.firstIndex(where: { $0.title == title }) else { return }
      for row in cells.indices { cells[row][index] = change(cells[row][index]) }
    }
    var room = Self.mostCommand
    while room > Self.leastCommand, surplus() > 0 {
      room -= 1
      change("command") { DisplayWidth.truncate($0, to: room) }
    }
    if surplus() > 0 { change("began") { String($0.dropFirst("2000-".count)) } }
    var table = TextTable(columns.map { ($0.title, $0.alignment) })
    for row in cells {
      table.append(row.enumerated().map { StyledText($1, $0 == 0 ? .typable : .plain) })
    }
    return table.lines
  }

  private static let mostCommand = 24
  private static let leastCommand = 12

  /// All runs and figures, for spreadsheets.
  var csv: CSVText {
    var table = CSVText(head: [
      "run", "began", "network", "data", "command", "ending", "epochs", "steps", "seconds",
      "parameters", "loss", "accuracy", "test_loss", "test_accuracy", "settings", "version",
      "machine", "tags", "note",
    ])
    for run in runs {
      table.append([
        .count(Int(run.id ?? 0)), .text(Machine.text(ofTime: run.began)), .text(run.network),
        .text(run.dataName), .text(run.command), .text(run.ending.rawValue), .count(run.epochs),
        .count(run.steps), .number(run.seconds), .count(run.parameters), .number(run.loss),
        .number(run.accuracy), .number(run.testLoss), .number(run.testAccuracy),
        .text(run.settings.split(separator: "\n").joined(separator: "; ")), .text(run.version),
        .text(run.machine), .text(run.tags.joined(separator: " ")), .text(run.note),
      ])
    }
    return table
  }
}

extension RunRecord {
  /// How it ended where that is worth a word, its tags and its note.
  fileprivate var remark: String {
    let ending: String? =
      switch ending {
      case .open: "not finished"
      case .finished, .until, .patience: nil
      case .stopped, .diverged, .refused: self.ending.rawValue
      }
    let words = (ending.map { [$0] } ?? []) + tags.map { "#\($0)" } + (note.isEmpty ? [] : [note])
    return words.joined(separator: "  ")
  }

  /// What is known of it but for its network and curve, for programs.
  var figures: JSON {
    [
      "run": .integer(Int(id ?? 0)), "began": .number(began), "network": .text(network),
      "data": .text(dataName), "command": .text(command), "ending": .text(ending.rawValue),
      "epochs": .integer(epochs), "steps": .integer(steps), "seconds": .number(seconds),
      "parameters": .integer(parameters), "loss": .optional(loss), "accuracy": .optional(accuracy),
      "test_loss": .optional(testLoss), "test_accuracy": .optional(testAccuracy),
      "tags": .texts(tags), "note": .text(note),
    ]
  }
}
