import Testing

@testable import Interchange

@Suite struct XMLTextTests {
  @Test(
    arguments: [
      ("a", "a"), ("<a & \"b\">", "&lt;a &amp; &quot;b&quot;&gt;"),
      ("<\u{301}script>", "&lt;\u{301}script&gt;"), ("&\u{301}", "&amp;\u{301}"),
      ("a\u{0}\u{1B}\u{7F}b", "a\u{FFFD}\u{FFFD}\u{FFFD}b"),
      ("\u{FFFE}\u{FFFF}", "\u{FFFD}\u{FFFD}"),
      ("\u{202E}x\u{2028}", "\u{FFFD}x\u{FFFD}"), ("a\tb\r\n", "a\tb\u{FFFD}\n"),
    ])
  func escaped(text: String, written: String) { #expect(XMLText.escaped(text) == written) }
}
