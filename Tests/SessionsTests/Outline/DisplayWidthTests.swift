import Testing

@testable import Sessions

/// How many columns characters take, and texts cut to columns.
struct DisplayWidthTests {
  @Test(arguments: [
    ("a", 1), (" ", 1), ("~", 1), ("é", 1), ("e\u{301}", 1), ("×", 1),
    ("⊕", 1), ("│", 1), ("⠿", 1), ("▾", 1), ("→", 1), ("漢", 2), ("かな", 4), ("한", 2),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("Ａ", 2), ("｡", 1), ("😀", 2), ("👩‍👩‍👧", 2), ("👍🏽", 2),
    ("🇩🇪", 2), ("❤️", 2), ("⚡", 2), ("\u{200B}", 0), ("\u{301}", 0), ("𠮷", 2), ("1️⃣", 2),
    ("net 残差", 8),
  ])
  func columns(text: String, columns: Int) {
    #expect(DisplayWidth.columns(of: text) == columns)
  }

  @Test(arguments: [
    ("residual", 8, "residual"), ("residual", 7, "residu…"), ("residual", 1, "…"),
    ("residual", 0, ""), ("漢字漢字", 5, "漢字…"), ("漢字漢字", 4, "漢…"),
  ])
  func truncated(text: String, columns: Int, result: String) {
    #expect(DisplayWidth.truncate(text, to: columns) == result)
    #expect(DisplayWidth.columns(of: result) <= columns)
  }

  @Test func fittedTextHasExactlyTheColumns() {
    #expect(DisplayWidth.fit("漢字漢字", to: 6) == "漢字… ")
    #expect(DisplayWidth.fit("750", to: 6, alignment: .right) == "   750")
  }

  @Test(arguments: [
    ("1×64 → 10×32", "1x64 -> 10x32"), ("μ ± σ", "mean +- sd"), ("naïve 漢", "na?ve ??"),
    ("plain", "plain"),
  ])
  func asciiSpelling(text: String, spelled: String) {
    #expect(Glyphs.ascii.spell(text) == spelled)
    #expect(Glyphs.unicode.spell(text) == text)
  }
}
