import Language

/// By which looks a screen tells its parts apart.
package enum Theme: String, CaseIterable, Sendable {
  /// For a dark ground, and for most light ones.
  case dark
  case light

  /// No colours: bold, dim and reversed text alone.
  case plain

  /// Whose colours differ also for those who cannot tell red from green.
  case colourBlind = "colour-blind"
}

extension CommandTable {
  /// The command that chooses the colours.
  static let themeRow = CommandRow(
    "theme", .script, usage: "theme [dark|light|plain|colour-blind]",
    "chooses the colours, for a dark or a light ground, none, or for those who cannot tell red from green",
    details: [
      "In ~/.config/espalier/rc it counts for all sessions. Where NO_COLOR is set there are none.",
      "Saved pictures have colours of their own.",
    ],
    examples: ["theme light", "theme colour-blind", "theme"],
    slots: [.words(Theme.allCases.map(\.rawValue))], words: 1,
    run: { try $0.theme($1) })
}

extension CommandScope {
  /// Answers `theme [NAME]`.
  mutating func theme(_ invocation: Invocation) throws -> Report {
    let names = Theme.allCases.map(\.rawValue)
    guard let word = invocation.words.first else {
      return Report("theme \(context.theme.rawValue); there are \(names.joined(separator: ", "))")
    }
    let name = try word.choice("theme", among: names)
    guard let theme = Theme(rawValue: name) else { return Report() }
    ask(for: .theme(theme))
    return Report("theme \(name)")
  }
}
