import Testing

@testable import Interchange

/// Text in the language of Graphviz: quoted, and nothing in it taken for more than it is.
struct DotTextTests {
  @Test(arguments: [
    ("main", #""main""#), (#"a "b""#, #""a \"b\"""#), (#"end\"#, #""end\\""#),
    (#"\"; x"#, #""\\\"; x""#), ("a & b", #""a & b""#),
    ("a\u{202E}b\u{7}", "\"a\u{FFFD}b\u{FFFD}\""),
    ("größe", #""größe""#), ("", #""""#),
  ])
  func quotesNames(text: String, quoted: String) {
    #expect(DotText.name(text) == quoted)
  }

  @Test func labelsHoldNoEscapesAndNoEntities() {
    #expect(DotText.label(["a", "b"]) == #""a\nb""#)
    #expect(DotText.label(["a", "b"], .left) == #""a\lb\l""#)
    #expect(DotText.label([#"\N "x" &lt;"#]) == #""\\N \"x\" &amp;lt;""#)
    #expect(DotText.label([]) == #""""#)
  }
}
