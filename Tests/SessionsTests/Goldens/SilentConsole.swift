import Sessions

/// A shell for commands whose answers are looked at only when they fail.
final class SilentConsole: Console {
  private var reports: [Report] = []

  func show(_ report: Report) { reports.append(report) }

  func waitForRun() {}

  /// All that was shown, a line each.
  var text: String {
    reports.flatMap { $0.lines.map(\.text) + $0.diagnostics.map(\.message) }
      .joined(separator: "\n")
  }
}
