import Sessions

/// The line under the prompt: how the command is typed, and what it would make.
package struct HintLine: Hashable, Sendable {
  /// What pressing Enter would lead to.
  package enum Outcome: Hashable, Sendable {
    case nothing

    /// The shape and price, such as `32×4×4, + 544 parameters`.
    case result(String)

    /// Why it would be refused.
    case refusal(String)
  }

  package var signature: StyledLine
  package var outcome: Outcome

  /// A hint, empty unless said otherwise.
  package init(signature: StyledLine = StyledLine(), outcome: Outcome = .nothing) {
    self.signature = signature
    self.outcome = outcome
  }

  /// The hint in one row; the outcome stays whole longest.
  package func draw(_ place: Rectangle, indent: Int, glyphs: Glyphs, into frame: inout Frame) {
    let consequence: StyledLine =
      switch outcome {
      case .nothing: StyledLine()
      case .result(let text):
        StyledLine(glyphs.arrow + " ", .faint) + StyledLine(glyphs.spell(text), Style(.good))
      case .refusal(let text):
        StyledLine((glyphs == .unicode ? "✗ " : "! "), Style(.bad, .bold))
          + StyledLine(glyphs.spell(text), Style(.bad))
      }
    let needed = signature.width + consequence.width + 3
    let start = max(1, min(indent, place.width - needed - 1))
    let outcomeWidth = min(consequence.width, place.width - 2)
    let signatureEnd =
      consequence.isEmpty ? place.right - 1 : max(start, place.right - 1 - outcomeWidth - 3)
    var x = place.x + start
    if signatureEnd - x >= min(24, signature.width) {
      x = write(signature, x, signatureEnd, place.y, glyphs, &frame)
      if !signature.isEmpty, !consequence.isEmpty { x += 3 }
    }
    _ = write(consequence, x, place.right - 1, place.y, glyphs, &frame)
  }

  /// Writes a line, its end cut with an ellipsis where it does not fit.
  private func write(
    _ line: StyledLine, _ x: Int, _ end: Int, _ y: Int, _ glyphs: Glyphs, _ frame: inout Frame
  ) -> Int {
    let after = frame.write(line, x: x, y: y, limit: end)
    if line.width > end - x, end > x {
      frame.write(glyphs.ellipsis, x: end - 1, y: y, style: .faint, limit: end)
    }
    return after
  }
}
