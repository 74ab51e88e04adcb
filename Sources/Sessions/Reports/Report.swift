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

  /// What it tells of.
  package enum Subject: Hashable, Sendable {
    /// A command, by the full verb and as it was typed.
    case command(verb: String, typed: String)

    /// A run that has come to its end.
    case run

    /// Whatever else there is to say.
    case remark
  }

  package var lines: [StyledText]
  package var diagnostics: [Diagnostic]
  package var outcome: Outcome
  package var subject = Subject.remark

  /// Whether it is a text to be read from its first line on.
  package var isPage = false

  /// How its first lines are laid out, where they hang on the columns of a pane.
  package var layout: Layout?

  /// The facts that the lines are made of, for programs; made when it is asked for.
  package var data: (@Sendable () -> JSON)?

  /// An answer of lines.
  package init(
    _ lines: [StyledText] = [], diagnostics: [Diagnostic] = [], outcome: Outcome = .done
  ) {
    self.lines = lines
    self.diagnostics = diagnostics
    self.outcome = outcome
  }

  /// An answer of lines, and the facts that they are made of.
  init(_ lines: [StyledText], data: @escaping @Sendable () -> JSON) {
    self.init(lines)
    self.data = data
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
