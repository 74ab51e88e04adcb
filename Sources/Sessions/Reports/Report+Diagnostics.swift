import Language

extension Report {
  /// The diagnostics as they are shown: place, message, the text with a caret, notes, next steps.
  package func diagnosticLines(columns: Int, isASCII: Bool) -> [StyledText] {
    let formatter = DiagnosticFormatter(columns: columns, isASCII: isASCII)
    return diagnostics.flatMap { diagnostic in
      formatter.lines(of: diagnostic).map { segments in
        var line = StyledText()
        for segment in segments {
          line.append(segment.text, Self.role(of: segment.role, diagnostic.severity))
        }
        return line
      }
    }
  }

  private static func role(
    of role: DiagnosticFormatter.Role, _ severity: Diagnostic.Severity
  ) -> TextRole {
    switch role {
    case .location, .note: .dim
    case .severity, .caret: severity == .error ? .bad : .warning
    case .message: .emphasis
    case .offer: .typable
    case .source, .plain: .plain
    }
  }
}
