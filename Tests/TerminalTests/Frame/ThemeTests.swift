import Sessions
import Testing

@testable import Terminal

/// Themes, and what can be told apart in them.
@Suite struct ThemeTests {
  @Test("a theme has as many colours as the terminal, and none where none are wanted")
  func themes() {
    #expect(Theme.allCases.map { Palette.none.themed($0) } == [.none, .none, .none, .none])
    #expect(
      Theme.allCases.map { Palette.colours8.themed($0) } == [.colours8, .light8, .none, .blind8])
    #expect(
      Theme.allCases.map { Palette.blind256.themed($0) }
        == [.colours256, .light256, .none, .blind256])
    #expect(AnsiStyle.bare.themed(.light) == .bare)
  }

  @Test("colours that mean something else differ for those who cannot tell red from green")
  func colourBlind() {
    let groups: [[Role]] = [
      [.good, .bad, .warning], [.series0, .series1, .series2, .series3, .series4, .series5],
    ]
    for group in groups {
      for (index, first) in group.enumerated() {
        for second in group.dropFirst(index + 1) {
          let distance = Self.distance(first, second, in: .blind256)
          #expect(distance > 40, "\(first) \(second): \(distance)")
        }
      }
    }
  }

  @Test("bad stands out by more than its colour")
  func emphasis() {
    #expect(Palette.blind256.emphasis(of: Style(.bad)) == .bold)
    #expect(Palette.blind8.emphasis(of: Style(.bad)) == .bold)
    #expect(Palette.light256.emphasis(of: Style(.faint)) == [])
  }

  /// How far two colours are from one another where red and green look the same, after Viénot 1999.
  private static func distance(_ first: Role, _ second: Role, in palette: Palette) -> Double {
    let seen = [first, second].map { role -> [Double] in
      let (red, green, blue) = rgb(palette.colour(of: role) ?? 15)
      return [0.29 * red + 0.71 * green, blue]
    }
    let (x, y) = (seen[0][0] - seen[1][0], seen[0][1] - seen[1][1])
    return (x * x + y * y).squareRoot()
  }

  private static func rgb(_ colour: Int) -> (Double, Double, Double) {
    if colour >= 232 {
      let grey = Double(8 + 10 * (colour - 232))
      return (grey, grey, grey)
    }
    let cube = max(0, colour - 16)
    func level(_ index: Int) -> Double { index == 0 ? 0 : Double(55 + 40 * index) }
    return (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
  }
}
