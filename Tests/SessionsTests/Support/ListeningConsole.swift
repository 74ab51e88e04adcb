import Language
import Testing

@testable import Sessions

/// A shell that keeps what it is shown as text.
final class ListeningConsole: Console {
  private(set) var lines: [String] = []
  private(set) var diagnostics: [Diagnostic] = []
  var isInterruptPending = false

  func show(_ report: Report) {
    lines += report.lines.map(\.text)
    diagnostics += report.diagnostics
    let formatter = DiagnosticFormatter()
    for diagnostic in report.diagnostics {
      lines += formatter.text(of: diagnostic).split(separator: "\n").map(String.init)
    }
  }

  func waitForRun() {}

  /// All that was shown since the last call.
  func take() -> (text: String, diagnostics: [Diagnostic]) {
    defer { (lines, diagnostics) = ([], []) }
    return (lines.joined(separator: "\n"), diagnostics)
  }
}

extension Session {
  /// What a text answers, and how it ends; as from a file unless said otherwise.
  ///
  /// Whatever is offered on the way is carried out on a copy, and must work.
  @discardableResult
  func answer(_ text: String, from origin: Source.Origin = .file("x")) -> (
    text: String, outcome: Report.Outcome
  ) {
    let console = ListeningConsole()
    let outcome = run(Source(text, from: origin), on: console)
    let (answer, diagnostics) = console.take()
    // What was refused within try may have been followed by what makes its offers idle.
    if running == nil, outcome != .done || !text.contains("try {") {
      var trial = OfferTrial()
      trial.check(diagnostics, after: text, in: self)
      #expect(trial.failures.isEmpty, "\(trial.failures.joined(separator: "\n"))")
    }
    return (answer, outcome)
  }

  /// The text that rebuilds the current network.
  var networkText: String { answer("script").text }
}
