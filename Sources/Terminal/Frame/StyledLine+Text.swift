import Sessions

extension StyledLine {
  /// A line of an answer in the styles of this terminal's front ends.
  package init(_ text: StyledText) {
    self.init(text.spans.map { Span($0.text, Style($0.role)) })
    isSetInColumns = text.isSetInColumns
    goesOn = text.goesOn
  }
}

extension Style {
  /// The look of what a stretch of an answer means.
  package init(_ meaning: TextRole) {
    let role: Role =
      switch meaning {
      case .plain, .clock: .plain
      case .emphasis: .strong
      case .dim: .faint
      case .good: .good
      case .bad: .bad
      case .warning: .warning
      case .typable: .key
      case .kind(let family): TreeView.role(of: family)
      case .series(let index): .series(index)
      }
    self.init(role, role == .strong ? .bold : [])
  }
}
