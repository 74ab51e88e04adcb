import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the tree shows of a row's gradient: its norm as a number, and a bar or its copies where there is room.
struct GradientCell {
  /// The widths of a number with a bar, and of a number alone.
  static let widths = [numberWidth + 1 + barWidth, numberWidth]

  private static let numberWidth = 5
  private static let barWidth = 6

  private let norm: Double?
  private let copies: [Double]
  private let range: ClosedRange<Double>?
  private let glyphs: Glyphs

  /// Whether the row has parameters, so that an unknown norm is worth a sign.
  private let hasParameters: Bool

  /// The gradient of a block; of a join, that of the layers on its shortcut.
  init(_ row: OutlineRow, _ tree: TreeState) {
    let figures = tree.figures[row.id]
    switch row.part {
    case .input: (norm, copies) = (nil, [])
    case .block: (norm, copies) = (figures?.gradientNorm, figures?.copyNorms ?? [])
    case .join: (norm, copies) = (figures?.shortcutNorm, [])
    }
    (range, glyphs) = (tree.gradientRange, tree.glyphs)
    hasParameters = (row.parameters ?? 0) > 0
  }

  /// The cell in one of its widths; a repeat shows its copies where there is room for one of both.
  func line(width: Int) -> StyledLine {
    guard let norm else { return StyledLine(hasParameters ? glyphs.dash : "", .faint) }
    guard norm.isFinite else {
      return StyledLine(Numbers.significant(norm, digits: 1), Style(.bad, .bold))
    }
    let number = Self.text(norm)
    let hasRoom = width > Self.numberWidth
    if copies.count > 1, !hasRoom { return spark(columns: Self.numberWidth) }
    var line = StyledLine(number, Self.style(of: norm))
    guard hasRoom else { return line }
    line.append(String(repeating: " ", count: max(0, Self.numberWidth - number.count) + 1))
    return line + (copies.count > 1 ? spark(columns: Self.barWidth) : bar(norm))
  }

  /// A sign of one column, as high as the norm and in its colour, for trees without room for the cell.
  var mark: (sign: Character, style: Style)? {
    guard let norm else { return nil }
    guard norm.isFinite else { return ("!", Style(.bad, .bold)) }
    return (glyphs.heights[height(norm)], Self.style(of: norm))
  }

  /// A norm in at most five characters: `0.023`, `12`, `1e-4`.
  static func text(_ norm: Double) -> String {
    if norm == 0 { return "0" }
    if norm >= 0.01, norm < 999.5 { return Numbers.significant(norm, digits: 2) }
    var exponent = Int(log10(norm).rounded(.down))
    var digit = Int((norm / pow(10, Double(exponent))).rounded())
    if digit == 10 { (digit, exponent) = (1, exponent + 1) }
    return "\(digit)e\(exponent)"
  }

  /// The colour of a norm's order of magnitude.
  static func style(of norm: Double) -> Style {
    switch norm {
    case 100...: Style(.bad)
    case 10...: Style(.warning)
    case 1e-2...: Style(.good)
    case 1e-4...: Style(.series0)
    case 1e-6...: Style(.series3)
    default: .faint
    }
  }

  /// A bar as long as the norm's logarithm stands between those of the least and the greatest norm.
  private func bar(_ norm: Double) -> StyledLine {
    let sign = glyphs == .unicode ? "▆" : "="
    let count = norm > 0 ? 1 + Int((share(norm) * Double(Self.barWidth - 1)).rounded()) : 0
    return StyledLine(String(repeating: sign, count: count), Self.style(of: norm))
  }

  /// The copies of a repeat in their order, neighbours joined where there are more of them than columns.
  private func spark(columns: Int) -> StyledLine {
    let count = min(columns, copies.count)
    var line = StyledLine()
    for column in 0..<count {
      let part = copies[(column * copies.count / count)..<((column + 1) * copies.count / count)]
      guard !part.contains(where: { !$0.isFinite }) else {
        line.append("!", Style(.bad, .bold))
        continue
      }
      let mean = exp(part.reduce(0) { $0 + log(max($1, 1e-45)) } / Double(max(part.count, 1)))
      line.append(String(glyphs.heights[height(mean)]), Self.style(of: mean))
    }
    return line
  }

  private func height(_ norm: Double) -> Int {
    1 + Int((share(norm) * Double(glyphs.heights.count - 2)).rounded())
  }

  private func share(_ norm: Double) -> Double {
    guard norm > 0, let range else { return 0 }
    let least = log(min(range.lowerBound, range.upperBound / 100))
    let span = log(range.upperBound) - least
    return span > 0 ? min(1, max(0, (log(norm) - least) / span)) : 1
  }
}
