import Testing

@testable import Sessions

/// Curves in characters.
struct CharacterPlotTests {
  private func text(_ values: [[Double]], _ glyphs: Glyphs = .unicode) -> String {
    let curves = values.enumerated().map { index, values in
      CharacterPlot.Curve(
        name: "c\(index)", points: values.enumerated().map { (step: $0, value: $1) })
    }
    return CharacterPlot(curves: curves, glyphs: glyphs).lines.map(\.text).joined(separator: "\n")
  }

  @Test("curves lie over one another, the first on top")
  func two() {
    #expect(
      text([[0, 1, 2, 3], [3, 2, 2, 0]], .ascii)
        == """
        3.000 |o                                                          *
              |
              |
              |
              |                   o                   *
              |
              |
              |                   *
              |
              |
              |
            0 |*                                                          o
              0 … step 3
              * c0   o c1
        """)
  }

  @Test("steps that a file may hold are drawn, whatever they are")
  func steps() {
    let points = [(-5, 1.0), (0, 2.0), (Int.max / 2, 3.0), (Int.max, 4.0)]
    let curve = CharacterPlot.Curve(
      name: "c", points: points.map { (step: $0.0, value: $0.1) })
    let lines = CharacterPlot(curves: [curve], glyphs: .ascii).lines.map(\.text)
    #expect(lines.first == "4.000 |" + String(repeating: " ", count: 59) + "*")
    #expect(lines[11] == "1.000 |*")
    #expect(lines[4] == "      |" + String(repeating: " ", count: 29) + "*")
  }

  @Test("values far apart are drawn by their logarithms")
  func logarithmic() {
    let lines = text([[1000, 100, 10, 1]]).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[12].hasSuffix("0 … step 3, logarithmic"))
    #expect(lines[4].contains("●") || lines[3].contains("●"))
  }

  @Test("a level curve has its place, what is no number none, and nothing gives nothing")
  func edges() {
    #expect(text([]) == "" && text([[.nan]]) == "")
    #expect(
      text([[1, 1, .infinity]]).split(separator: "\n").filter { $0.contains("●") }.count == 2)
  }
}
