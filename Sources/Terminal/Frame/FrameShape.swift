/// Signs of a terminal that are drawn as shapes, since fonts have them in other widths or not at all: braille dots,
/// shades, blocks and lines.
enum FrameShape {
  /// Dots by the bits of a braille sign.
  case dots(UInt32)

  /// The whole cell, more or less dense.
  case shade(Double)

  /// A block from the lower edge up to a share of the height.
  case bar(Double)

  /// Lines from the middle to the left, the right, the upper and the lower edge.
  case line(left: Bool, right: Bool, up: Bool, down: Bool)

  /// The shape of a sign; nothing where it is a letter.
  static func shape(of character: Character) -> FrameShape? {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
      return nil
    }
    switch scalar.value {
    case 0x2801...0x28FF: return .dots(scalar.value - 0x2800)
    case 0x2581...0x2587: return .bar(Double(scalar.value - 0x2580) / 8)
    case 0x2588: return .shade(1)
    case 0x2591...0x2593: return .shade([0.28, 0.5, 0.75][Int(scalar.value - 0x2591)])
    default: return lines[character]
    }
  }

  private static let lines: [Character: FrameShape] = [
    "─": .line(left: true, right: true, up: false, down: false),
    "│": .line(left: false, right: false, up: true, down: true),
    "╭": .line(left: false, right: true, up: false, down: true),
    "╮": .line(left: true, right: false, up: false, down: true),
    "╰": .line(left: false, right: true, up: true, down: false),
    "╯": .line(left: true, right: false, up: true, down: false),
    "├": .line(left: false, right: true, up: true, down: true),
    "┤": .line(left: true, right: false, up: true, down: true),
    "┬": .line(left: true, right: true, up: false, down: true),
    "┴": .line(left: true, right: true, up: true, down: false),
    "┼": .line(left: true, right: true, up: true, down: true),
    "└": .line(left: false, right: true, up: true, down: false),
    "┌": .line(left: false, right: true, up: false, down: true),
    "┐": .line(left: true, right: false, up: false, down: true),
    "┘": .line(left: true, right: false, up: true, down: false),
  ]

  /// The shape in a cell, as an element of SVG.
  func path(
    x: Double, y: Double, width: Double, height: Double, fill: String, isDim: Bool
  ) -> String {
    let opacity = isDim ? 0.55 : 1
    switch self {
    case .dots(let bits):
      return Self.element(Self.dots(bits, x, y, width, height), fill, opacity)
    case .shade(let density):
      return Self.element(Self.box(x, y, width, height), fill, opacity * density)
    case .bar(let share):
      return Self.element(
        Self.box(x, y + height * (1 - share), width, height * share), fill, opacity)
    case .line(let left, let right, let up, let down):
      let (middleX, middleY) = (x + width / 2, y + height / 2)
      var path = ""
      if left { path += Self.box(x, middleY - 0.5, width / 2 + 0.5, 1) }
      if right { path += Self.box(middleX - 0.5, middleY - 0.5, width / 2 + 0.5, 1) }
      if up { path += Self.box(middleX - 0.5, y, 1, height / 2 + 0.5) }
      if down { path += Self.box(middleX - 0.5, middleY - 0.5, 1, height / 2 + 0.5) }
      return Self.element(path, fill, opacity)
    }
  }

  private static func element(_ path: String, _ fill: String, _ opacity: Double) -> String {
    let faint = opacity < 1 ? " opacity=\"\(number(opacity))\"" : ""
    return "<path d=\"\(path)\" fill=\"\(fill)\"\(faint)/>\n"
  }

  /// Columns and rows of the dots by their bits.
  private static let places: [(column: Double, row: Double)] = [
    (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3),
  ]

  private static func dots(
    _ bits: UInt32, _ x: Double, _ y: Double, _ width: Double, _ height: Double
  ) -> String {
    let size = 2.2
    var path = ""
    for (bit, place) in places.enumerated() where bits & (1 << UInt32(bit)) != 0 {
      path += box(
        x + (place.column + 0.5) * width / 2 - size / 2,
        y + (place.row + 0.5) * height / 4 - size / 2,
        size, size)
    }
    return path
  }

  private static func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
    "M\(number(x)) \(number(y))h\(number(width))v\(number(height))h-\(number(width))z"
  }

  /// A number that is not negative, with at most two digits behind the point.
  private static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    if hundredths.isMultiple(of: 100) { return "\(hundredths / 100)" }
    let digits = hundredths % 100
    return digits.isMultiple(of: 10)
      ? "\(hundredths / 100).\(digits / 10)"
      : "\(hundredths / 100).\(digits < 10 ? "0" : "")\(digits)"
  }
}
