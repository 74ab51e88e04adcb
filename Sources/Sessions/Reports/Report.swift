import Language

/// What a command answers.
package struct Report: Sendable {
  /// What became of the command.
  package enum Outcome: Hashable, Sendable {
    case done
    case failed

    /// An `expect` did not hold.
    case unexpected

    /// Stopped by the user.
    case interrupted

    /// The session ends with this exit status.
    case quit(Int32)
  }

  package var lines: [StyledText]
  package var diagnostics: [Diagnostic]
  package var outcome: Outcome

  /// An answer of lines.
  package init(
    _ lines: [StyledText] = [], diagnostics: [Diagnostic] = [], outcome: Outcome = .done
  ) {
    self.lines = lines
    self.diagnostics = diagnostics
    self.outcome = outcome
  }

  /// An answer of one line; a line break within it is spelled out.
  package init(_ line: String) { self.init([StyledText(line)]) }

  /// An answer of the lines of a text that the user lays out, tabs and all.
  package init(text: String) {
    self.init(
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { StyledText(tabbed: String($0)) })
  }

  /// A refusal; the session stays as it was.
  package init(_ diagnostic: Diagnostic) {
    let outcome: Outcome =
      switch diagnostic.code {
      case .expect: .unexpected
      case .interrupted: .interrupted
      default: .failed
      }
    self.init([], diagnostics: [diagnostic], outcome: outcome)
  }

  /// The lines without their roles.
  package var text: String { lines.map(\.text).joined(separator: "\n") }
}
