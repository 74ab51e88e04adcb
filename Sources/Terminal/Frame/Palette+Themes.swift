import Sessions

/// The colours of the themes besides the usual one.
extension Palette {
  /// Eight colours on a light ground, where yellow and cyan are hard to read.
  static func lightFew(_ role: Role) -> Int? {
    switch role {
    case .plain, .strong, .faint, .border, .container, .shaping: nil
    case .title, .focus, .selection, .pooling, .key, .convolution, .series0, .prompt: 4
    case .dense, .series3, .regularization, .series5, .activation, .warning, .changed, .mark: 5
    case .skip, .bad, .series1, .series4: 1
    case .normalization, .good, .series2: 2
    }
  }

  /// Dark colours for a light ground.
  static func lightMany(_ role: Role) -> Int? {
    switch role {
    case .plain, .strong, .container: nil
    case .faint: 242
    case .border: 246
    case .focus, .selection, .pooling: 30
    case .title, .convolution, .prompt, .key, .series0: 25
    case .dense, .series3: 91
    case .normalization, .good, .series2: 28
    case .activation, .warning, .changed, .series5: 94
    case .shaping: 240
    case .regularization: 96
    case .skip, .mark, .series1: 130
    case .bad, .series4: 160
    }
  }

  /// Eight colours in which blue is good and yellow bad.
  static func blindFew(_ role: Role) -> Int? {
    switch role {
    case .plain, .strong, .faint, .border, .container, .shaping: nil
    case .title, .focus, .selection, .pooling, .key, .regularization: 6
    case .convolution, .series0, .prompt, .good, .normalization: 4
    case .dense, .series3: 5
    case .activation, .warning, .changed, .mark, .skip, .bad, .series1: 3
    case .series2: 6
    case .series4: 7
    case .series5: 2
    }
  }

  /// Blue, sky, orange, yellow and purple, after Okabe and Ito 2008.
  static func blindMany(_ role: Role) -> Int? {
    switch role {
    case .plain, .strong, .container: nil
    case .faint: 245
    case .border: 240
    case .focus, .selection, .pooling: 117
    case .title, .prompt, .key: 110
    case .convolution, .good, .series0: 33
    case .dense, .series3: 175
    case .normalization: 67
    case .activation, .changed: 179
    case .shaping: 247
    case .regularization: 139
    case .skip, .mark, .bad, .series1: 208
    case .warning, .series2: 227
    case .series4: 117
    case .series5: 252
    }
  }
}
