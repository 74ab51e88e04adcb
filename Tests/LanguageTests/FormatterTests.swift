import Testing

@testable import Language

@Suite struct FormatterTests {
  static func diagnostic(_ text: String, _ token: String, name: String = "") -> Diagnostic {
    let source = SourceText(name: name, text: text)
    let bytes = Array(text.utf8)
    let wanted = Array(token.utf8)
    let start = bytes.indices.first { bytes[$0...].starts(with: wanted) } ?? bytes.count
    return Diagnostic("E-TEST", "message", at: source.range(start, start + wanted.count))
  }

  @Test func fileLineAndColumn() {
    var diagnostic = Self.diagnostic("input 1x64\nadd cnov 10\n", "cnov", name: "net.esp")
    diagnostic.notes = [
      .init("a note"), .init("a place", at: diagnostic.range?.source.range(6, 10)),
    ]
    diagnostic.offers = ["add conv 10", "help layers"]
    #expect(
      DiagnosticFormatter().text(of: diagnostic) == """
        net.esp:2:5: error[E-TEST]: message
          add cnov 10
              ^~~~
          note: a note
        net.esp:1:7: note: a place
          input 1x64
                ^~~~
          try: add conv 10
          try: help layers
        """)
  }

  @Test func withoutAPlace() {
    let diagnostic = Diagnostic("W-TEST", "look out", at: nil, severity: .warning)
    #expect(DiagnosticFormatter().text(of: diagnostic) == "warning[W-TEST]: look out")
  }

  @Test(arguments: [
    ("print 日本 x", "x", "  print 日本 x\n             ^"),
    ("print 日本 x", "日本", "  print 日本 x\n        ^~~~"),
    ("e\u{301}e\u{301} x", "x", "  e\u{301}e\u{301} x\n     ^"),
    ("👩‍👩‍👧 x", "x", "  👩‍👩‍👧 x\n     ^"),
    ("\tbn x", "x", "      bn x\n         ^"),
    ("a\u{1B}[1m x", "x", "  a^[[1m x\n         ^"),
    ("bn\r\nx\r\n", "x", "  x\n  ^"),
    ("bn", "zz", "  bn\n    ^"),
    ("seq {\n bn\n}", "{\n bn\n}", "  seq {\n      ^"),
  ])
  func caretColumns(_ text: String, _ token: String, _ expected: String) {
    let lines = DiagnosticFormatter().text(of: Self.diagnostic(text, token)).split(separator: "\n")
    #expect(lines.dropFirst().joined(separator: "\n") == expected)
  }

  @Test func longLinesAreCutRoundTheCaret() {
    let text = String(repeating: "abcdefghi ", count: 50)
    let source = SourceText(text: text)
    func excerpt(_ start: Int, _ end: Int, isASCII: Bool = false) -> String {
      let diagnostic = Diagnostic("E-TEST", "m", at: source.range(start, end))
      return DiagnosticFormatter(columns: 32, isASCII: isASCII).text(of: diagnostic)
    }
    #expect(
      excerpt(0, 3) == """
        error[E-TEST]: m
          abcdefghi abcdefghi abcdefgh…
          ^~~
        """)
    #expect(
      excerpt(250, 259) == """
        error[E-TEST]: m
          …bcdefghi abcdefghi abcdefghi…
                    ^~~~~~~~~
        """)
    #expect(
      excerpt(490, 499, isASCII: true) == """
        error[E-TEST]: m
          ~cdefghi abcdefghi abcdefghi\u{20}
                             ^~~~~~~~~
        """)
  }

  @Test("a line of any length is cut as a short one is", arguments: [50, 100_000])
  func veryLongLines(count: Int) {
    let source = SourceText(text: String(repeating: "日本語 ", count: count))
    let formatter = DiagnosticFormatter(columns: 24)
    func excerpt(_ word: Int) -> String {
      let diagnostic = Diagnostic(
        "E-TEST", "m", at: source.range(word * 10, word * 10 + 9))
      return formatter.text(of: diagnostic)
    }
    #expect(
      excerpt(0) == """
        error[E-TEST]: m
          日本語 日本語 日本語…
          ^~~~~~
        """)
    #expect(
      excerpt(count / 2) == """
        error[E-TEST]: m
          …本語 日本語 日本語 …
                ^~~~~~
        """)
    #expect(
      excerpt(count - 1) == """
        error[E-TEST]: m
          …本語 日本語 日本語\u{20}
                       ^~~~~~
        """)
  }

  @Test func messagesCannotSteerTheTerminal() {
    let diagnostic = Diagnostic("E-TEST", "x\u{1B}[2Jy\u{9B}z", at: nil, offers: ["a\nb"])
    #expect(
      DiagnosticFormatter().text(of: diagnostic)
        == "error[E-TEST]: x^[[2Jy<U+009B>z\n  try: a^Jb")
  }

  @Test func segmentsHaveRoles() {
    let lines = DiagnosticFormatter().lines(of: Self.diagnostic("add x", "x", name: "f"))
    #expect(
      lines.map { $0.map(\.role) } == [
        [.location, .severity, .message], [.plain, .source], [.plain, .caret],
      ])
  }

  @Test func widths() {
    for (text, columns) in [
      ("", 0), ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("👍🏽", 2), ("🇩🇪", 2), ("⚠️", 2), ("├─", 2),
      ("…", 1), ("ｱ", 1), ("Ａ", 2), ("×", 1), ("\u{200B}", 0),
    ] {
      #expect(DisplayWidth.columns(of: text) == columns, "\(text)")
    }
  }

  @Test func positions() {
    let source = SourceText(text: "añb\nc\r\n\nd")
    for (offset, line, column) in [
      (0, 1, 1), (3, 1, 3), (5, 2, 1), (8, 3, 1), (9, 4, 1), (99, 4, 2),
    ] {
      let position = source.position(at: offset)
      #expect(position.line == line && position.column == column, "\(offset)")
    }
    #expect((0..<4).map { source.text(in: source.bytes(ofLine: $0)) } == ["añb", "c", "", "d"])
  }

  @Test(arguments: [
    ("cnov", ["conv"]), ("conv", []), ("CONV", ["conv"]), ("co", []), ("con", ["conv"]),
    ("resi", ["residual"]), ("re", []), ("rel", ["relu"]), ("residaul", ["residual"]),
    ("resnet2", ["resnet20", "resnet56"]), ("xyz", []), ("sofmax", ["softmax"]),
    ("resnet", ["resnet20", "resnet56"]),
    ("strid", ["stride"]), ("parralel", ["parallel"]), ("wrapp", ["wrap"]),
  ])
  func didYouMean(_ word: String, _ expected: [String]) {
    let known = [
      "conv", "relu", "residual", "parallel", "resnet20", "resnet56", "softmax", "stride", "wrap",
    ]
    #expect(DidYouMean.suggestions(for: word, among: known) == expected)
    #expect(DidYouMean.nearest(word, among: known) == expected.first)
  }
}
