/// The set of signs that text and screens are drawn with: Unicode, or plain ASCII for `LANG=C`.
package enum Glyphs: Sendable, Hashable, CaseIterable {
  case unicode
  case ascii

  private func pick(_ unicode: String, _ ascii: String) -> String {
    self == .unicode ? unicode : ascii
  }

  package var times: String { pick("×", "x") }
  package var ellipsis: String { pick("…", "~") }
  package var arrow: String { pick("→", "->") }
  package var separator: String { pick("·", "-") }
  package var frozen: String { pick("❆", "frozen") }
  package var recomputed: String { pick("↻", "again") }
  package var dash: String { pick("–", "-") }
  package var infinity: String { pick("∞", "inf") }
  package var norm: String { pick("‖g‖", "|g|") }
  package var weightNorm: String { pick("‖w‖", "|w|") }
  package var micro: String { pick("µ", "u") }
  package var mean: String { pick("μ", "mean") }
  package var plusMinus: String { pick("±", "+-") }

  /// Bars of growing height, one column each; the first is empty.
  package var heights: [Character] { Array(pick(" ▁▂▃▄▅▆▇█", " .:-=+*#@")) }

  /// Bars of growing length within one column; the first is empty and the last full.
  package var lengths: [Character] { Array(pick(" ▏▎▍▌▋▊▉█", " #")) }

  /// The join of a skip connection: what happens to the two values that meet there.
  package func join(_ join: OutlineJoin) -> String {
    switch join {
    case .add: pick("⊕", "+")
    case .multiply: pick("⊗", "*")
    case .highway: pick("⊖", "%")
    case .concatenate: pick("⊞", "#")
    }
  }

  /// The sign of a row that can be folded, or a blank.
  package func fold(_ fold: OutlineFold) -> String {
    switch fold {
    case .leaf: " "
    case .open: pick("▾", "-")
    case .closed: pick("▸", "+")
    }
  }

  /// Two columns of a rail: the line itself and the stroke that leads to what stands right of it.
  package func rail(_ rail: OutlineRail) -> String {
    switch rail {
    case .blank: "  "
    case .pass: pick("│ ", "| ")
    case .branch: pick("├ ", "|-")
    case .last: pick("└ ", "`-")
    case .skip: pick("│ ", "! ")
    case .skipOpens: pick("╭ ", ".-")
    case .skipTap: pick("├╴", "!-")
    case .skipCloses: pick("╰─", "'-")
    case .skipFolded(let join): self.join(join) + " "
    }
  }

  /// The text in signs that this set has: with ASCII, known signs are spelled and others become `?`.
  package func spell(_ text: String) -> String {
    if self == .unicode || text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var spelled = ""
    for character in text {
      if character.isASCII {
        spelled.append(character)
      } else if let known = Self.spellings[character] {
        spelled += known
      } else {
        spelled += String(repeating: "?", count: max(1, DisplayWidth.columns(of: character)))
      }
    }
    return spelled
  }

  private static let spellings: [Character: String] = [
    "×": "x", "→": "->", "←": "<-", "↑": "^", "↓": "v", "…": "...", "·": "-", "–": "-", "—": "-",
    "−": "-", "±": "+-", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "‖": "|", "∞": "inf",
    "µ": "u", "μ": "mean", "σ": "sd", "Δ": "delta ", "⊕": "+", "⊗": "*", "⊖": "%", "⊞": "#",
    "▾": "-",
    "▸": "+",
    "│": "|", "─": "-", "├": "|", "└": "`", "╭": ".", "╰": "'", "╮": ".", "╯": "'", "┌": ".",
    "┐": ".", "┘": "'", "┬": "+", "┴": "+", "┤": "|", "┼": "+", "●": "*", "✓": "ok", "✗": "x",
    "‘": "'", "’": "'", "“": "\"", "”": "\"", "›": ">", "‹": "<", "²": "^2", "³": "^3", "√": "sqrt",
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "\u{A0}": " ", "✱": "*",
    "❆": "frozen", "∂": "d", "Σ": "sum ", "Φ": "Phi", "α": "alpha", "π": "pi", "⌊": "floor(",
    "⌋": ")", "⌈": "ceil(", "⌉": ")", "½": "1/2", "⁻": "^-", "ˣ": "^x", "ᵀ": "^T", "ⁿ": "^n",
    "╱": "/", "↻": "again",
  ]
}
