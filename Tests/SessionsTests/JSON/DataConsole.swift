@testable import Sessions

/// A shell that programs read: it keeps the reports and their lines of JSON.
final class DataConsole: Console {
  private(set) var reports: [Report] = []

  var wantsData: Bool { true }

  /// What `--json` prints of them.
  var lines: [String] { reports.flatMap(\.values).map(\.line) }

  func show(_ report: Report) { reports.append(report) }

  func waitForRun() {}
}

extension Session {
  /// The lines of JSON that a text answers.
  func jsonLines(_ text: String, from origin: Source.Origin = .file("x.esp")) -> [String] {
    let console = DataConsole()
    run(Source(text, from: origin), on: console)
    return console.lines
  }

  /// The data of the last report that has some.
  func data(_ text: String) -> JSON? {
    let console = DataConsole()
    run(Source(text, from: .file("x.esp")), on: console)
    return console.reports.last { $0.data != nil }?.data?()
  }
}
