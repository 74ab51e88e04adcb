import Sessions

/// Which colours roles have, by how many the terminal knows.
///
/// Colours are chosen to be read on dark and on light grounds, so none is near black or white; what
/// is plain keeps the terminal's own colour.
package enum Palette: Hashable, Sendable, CaseIterable {
  /// Attributes only, as with `NO_COLOR`.
  case none
  case colours8
  case colours256

  /// The same for light grounds.
  case light8
  case light256

  /// The same without distinctions that rest on red and green.
  case blind8
  case blind256

  /// The colour number of a role, or nothing for the terminal's own.
  package func colour(of role: Role) -> Int? {
    switch self {
    case .none: nil
    case .colours8: Self.few(role)
    case .colours256: Self.many(role)
    case .light8: Self.lightFew(role)
    case .light256: Self.lightMany(role)
    case .blind8: Self.blindFew(role)
    case .blind256: Self.blindMany(role)
    }
  }

  /// The palette of a theme for as many colours as this one has.
  package func themed(_ theme: Theme) -> Palette {
    switch (self, theme) {
    case (.none, _), (_, .plain): .none
    case (.colours8, .dark), (.light8, .dark), (.blind8, .dark): .colours8
    case (.colours8, .light), (.light8, .light), (.blind8, .light): .light8
    case (.colours8, .colourBlind), (.light8, .colourBlind), (.blind8, .colourBlind): .blind8
    case (.colours256, .dark), (.light256, .dark), (.blind256, .dark): .colours256
    case (.colours256, .light), (.light256, .light), (.blind256, .light): .light256
    case (.colours256, .colourBlind), (.light256, .colourBlind), (.blind256, .colourBlind):
      .blind256
    }
  }

  private var hasMany: Bool { [.colours256, .light256, .blind256].contains(self) }

  /// What stands in for a colour: emphasis that keeps roles apart without it.
  package func emphasis(of style: Style) -> Style.Emphasis {
    var emphasis = style.emphasis
    if !hasMany, style.role == .faint || style.role == .border {
      emphasis.insert(.dim)
    }
    if self == .none, style.role == .bad || style.role == .focus { emphasis.insert(.bold) }
    if [.blind8, .blind256].contains(self), style.role == .bad { emphasis.insert(.bold) }
    if emphasis.contains(.bold) { emphasis.remove(.dim) }
    return emphasis
  }

  private static func few(_ role: Role) -> Int? {
    switch role {
    case .plain, .strong, .faint, .border, .container, .shaping: nil
    case .title, .focus, .selection, .pooling, .key: 6
    case .convolution, .series0: 4
    case .dense, .series3: 5
    case .normalization, .good, .series2: 2
    case .activation, .warning, .changed, .mark, .skip, .series1: 3
    case .bad, .series4: 1
    case .regularization, .series5: 6
    case .prompt: 4
    }
  }

  private static func many(_ role: Role) -> Int? {
    switch role {
    case .plain, .strong, .container: nil
    case .faint: 245
    case .border: 240
    case .focus, .selection: 73
    case .title: 110
    case .convolution: 75
    case .dense: 141
    case .normalization: 108
    case .activation: 179
    case .pooling: 73
    case .shaping: 247
    case .regularization: 139
    case .skip: 173
    case .good: 71
    case .warning: 178
    case .bad: 203
    case .changed: 179
    case .mark: 173
    case .prompt: 110
    case .key: 110
    case .series0: 75
    case .series1: 209
    case .series2: 71
    case .series3: 141
    case .series4: 203
    case .series5: 178
    }
  }
}
