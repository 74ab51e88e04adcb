#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Curves drawn over one another in characters, each with a sign of its own.
struct CharacterPlot {
  /// Points of one curve in the order of their steps.
  struct Curve {
    let name: String
    let points: [(step: Int, value: Double)]
  }

  let curves: [Curve]
  let glyphs: Glyphs

  /// What stands below the curves, in place of their steps.
  var axis: String?

  private static let (width, height) = (60, 12)

  /// A sign for each curve, over and over.
  private var signs: [Character] { Array(glyphs == .unicode ? "●○◆◇■□" : "*o+x#@") }

  /// The plot with its axes and what each sign stands for; nothing where there is no point.
  var lines: [StyledText] {
    let points = curves.flatMap(\.points).filter { $0.value.isFinite }
    guard let least = points.map(\.value).min(), let greatest = points.map(\.value).max() else {
      return []
    }
    let last = max(points.map(\.step).max() ?? 1, 1)
    let isLogarithmic = least > 0 && greatest / least > 30
    let place = { (value: Double) -> Double in
      guard greatest > least else { return 0.5 }
      return isLogarithmic
        ? log(value / least) / log(greatest / least)
        : (value - least) / (greatest - least)
    }
    var grid = Array(
      repeating: [Character](repeating: " ", count: Self.width), count: Self.height)
    // The first curve is drawn last, so that it lies on top.
    for (index, curve) in curves.enumerated().reversed() {
      let sign = signs[index % signs.count]
      for point in curve.points where point.value.isFinite {
        // A step from a file may be any number.
        let product = min(max(point.step, 0), last).multipliedFullWidth(by: Self.width - 1)
        let column = last.dividingFullWidth(product).quotient
        let row = Int((place(point.value) * Double(Self.height - 1)).rounded())
        grid[Self.height - 1 - min(max(row, 0), Self.height - 1)][column] = sign
      }
    }
    let labels = [Numbers.loss(greatest), Numbers.loss(least)]
    let margin = labels.map(\.count).max() ?? 0
    var lines = grid.enumerated().map { index, row in
      let label = index == 0 ? labels[0] : index == Self.height - 1 ? labels[1] : ""
      let blank = String(repeating: " ", count: margin - label.count)
      let drawn = String(String(row).reversed().drop { $0 == " " }.reversed())
      return StyledText("\(blank)\(label) ", .dim) + StyledText(bar + drawn)
    }
    lines.append(
      StyledText(
        String(repeating: " ", count: margin + 1) + (axis ?? "0 … step \(Numbers.grouped(last))")
          + (isLogarithmic ? ", logarithmic" : ""), .dim))
    lines.append(
      StyledText(
        String(repeating: " ", count: margin + 1)
          + curves.enumerated().map { "\(signs[$0 % signs.count]) \($1.name)" }
          .joined(separator: "   ")))
    return lines.map(\.inColumns)
  }

  private var bar: String { glyphs == .unicode ? "│" : "|" }
}
