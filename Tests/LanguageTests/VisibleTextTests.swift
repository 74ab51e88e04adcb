import Testing

@testable import Language

@Suite struct VisibleTextTests {
  @Test(
    arguments: [
      ("conv 3 3", "conv 3 3"), ("é日本 👩‍👧 ‹›", "é日本 👩‍👧 ‹›"), ("", ""),
      ("\u{1B}]0;title\u{7}", "^[]0;title^G"), ("\u{1B}[2J", "^[[2J"), ("a\tb\nc\rd", "a^Ib^Jc^Md"),
      ("\u{0}\u{7F}", "^@^?"), ("\u{9B}31m", "<U+009B>31m"), ("\u{85}", "<U+0085>"),
      ("a\u{202E}cba", "a<U+202E>cba"), ("\u{2066}x\u{2069}", "<U+2066>x<U+2069>"),
      ("\u{200B}\u{FEFF}\u{AD}", "<U+200B><U+FEFF><U+00AD>"), ("\u{2028}", "<U+2028>"),
      ("\u{E0041}", "<U+E0041>"), ("cat\u{200D}", "cat<U+200D>"), ("c\u{200D}at", "c<U+200D>at"),
      ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("❤\u{FE0F}\u{200D}🔥", "❤\u{FE0F}\u{200D}🔥"),
      ("1\u{FE0F}\u{20E3}", "1\u{FE0F}\u{20E3}"), ("\u{FE0F}x", "<U+FE0F>x"),
      ("a\u{3164}\u{115F}\u{34F}", "a<U+3164><U+115F><U+034F>"),
      ("é\u{200D}\u{200D}é", "é<U+200D><U+200D>é"),
    ])
  func spelled(text: String, shown: String) {
    #expect(VisibleText.of(text) == shown)
    #expect(VisibleText.of(shown) == shown)
  }

  @Test func tabsThatTheUserLaysOutAreKept() {
    #expect(VisibleText.of("a\tb\u{1B}", keepsTabs: true) == "a\tb^[")
  }

  @Test func nothingThatMovesOrHidesIsLeft() {
    for value in UInt32(0)...0x1_FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for left in VisibleText.of("a\(scalar)b").unicodeScalars where left.value != 0x200D {
        let category = left.properties.generalCategory
        #expect(
          (category != .control || left.value == 9) && (category != .format || left.value == 0x200C)
        )
        if (left.value < 0x20 && left.value != 9) || left.value == 0x7F { Issue.record("\(value)") }
      }
    }
  }
}
