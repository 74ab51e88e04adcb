import Testing

@testable import Language

/// Every bound and what is said when it is exceeded.
@Suite struct LimitTests {
  static func limits(_ change: (inout LanguageLimits) -> Void) -> LanguageLimits {
    var limits = LanguageLimits()
    change(&limits)
    return limits
  }

  static func parse(_ text: String, _ change: (inout LanguageLimits) -> Void) -> String {
    outcome {
      var options = ParserOptions()
      change(&options.limits)
      return "\(try Parser.parse(file: SourceText(text: text), options: options).count)"
    }
  }

  @Test func fileSize() {
    #expect(Self.parse("bn\nbn", { $0.fileSize = 5 }) == "2")
    #expect(
      Self.parse("bn\nrelu", { $0.fileSize = 5 }) == """
        line 1:1: error[E-LIMIT]: the text has 7 bytes, more than the 5 that are read
          bn
          ^
        """)
  }

  @Test func lineLength() {
    #expect(Self.parse("abcde\nabcde", { $0.lineLength = 5 }) == "2")
    #expect(
      Self.parse("bn\nabcdef\n", { $0.lineLength = 5 }) == """
        line 2:1: error[E-LIMIT]: the line has 6 bytes, more than the 5 that are read
          abcdef
          ^
        """)
  }

  @Test func statements() {
    #expect(
      Self.parse("a; b; c", { $0.statements = 2 }) == """
        error[E-LIMIT]: the text has more than 2 statements
          a; b; c
                ^
        """)
  }

  @Test func nesting() {
    #expect(Self.parse("a { b { c } }", { $0.nesting = 2 }) == "1")
    #expect(
      Self.parse("a { b { c } }", { $0.nesting = 1 }) == """
        error[E-LIMIT]: more than 1 braces and parentheses stand within each other
          a { b { c } }
                ^
        """)
    let deep = String(repeating: "(", count: 5000)
    for text in [
      "let x = " + deep, "let x = " + String(repeating: "not ", count: 5000),
      "let x = " + String(repeating: "- ", count: 5000),
      "print " + String(repeating: "$(", count: 5000),
      String(repeating: "a{", count: 5000), String(repeating: "try ", count: 5000),
      "print " + String(repeating: "\"$(", count: 5000),
      "let x = " + String(repeating: "f(", count: 5000),
      String(repeating: "if a {} else ", count: 4000) + "if a {",
    ] {
      let result = Self.parse(text) { _ in }
      #expect(result.contains("E-LIMIT") || result.contains("never closed"))
    }
  }

  @Test func deepestExpansionEndsInADiagnostic() {
    let opening = String(repeating: "seq { if yes { ", count: 20)
    let closing = String(repeating: "} }", count: 20)
    let text = "def f n { \(opening) f $(n + 1) \(closing) }; f 1"
    #expect(expand(text).contains("more than 256 blocks, loops and calls"))
    let commands =
      String(repeating: "time if yes { ", count: 25) + String(repeating: "}", count: 25)
    #expect(run(commands) == Array(repeating: "time", count: 25).joined(separator: "\n"))
  }

  @Test func manyOptionsAndParametersTakeLinearTime() {
    let names = (0..<20_000).map { "a\($0)" }
    let parameters = names.map { "\($0)=1" }.joined(separator: " \\\n")
    #expect(expand("def f \(parameters) { bn }; f \(parameters)").hasSuffix("{ bn }"))
  }

  @Test func longChainsNeedNoDeepStack() {
    let sum = String(repeating: "1 + ", count: 15_000) + "1"
    #expect(run("let x = \(sum)\nprint $x") == "print 15001")
    let all = String(repeating: "yes and ", count: 8_000) + "no"
    #expect(run("let x = \(all)\nprint $x") == "print no")
  }

  @Test func recursion() {
    #expect(
      expand("def f n { f $n }; f 1", limits: Self.limits { $0.recursion = 3 }) == """
        error[E-LIMIT]: 'f' calls itself, or others, more than 3 deep
          def f n { f $n }; f 1
                    ^
        note: in 'f', called here
          def f n { f $n }; f 1
                            ^
        """)
  }

  @Test func expansionDepth() {
    #expect(
      expand("seq { if yes { bn } }", limits: Self.limits { $0.expansionDepth = 1 }) == """
        error[E-LIMIT]: more than 1 blocks, loops and calls stand within each other
          seq { if yes { bn } }
                ^~~~~~~~~~~~~
        """)
  }

  @Test func specifications() {
    #expect(
      expand("for i in 1..9 { bn }", limits: Self.limits { $0.specifications = 8 }) == """
        error[E-LIMIT]: the command expands to more than 8 layers and containers
          for i in 1..9 { bn }
                          ^~
          note: 'repeat N { … }' keeps one copy of the text for N blocks
        """)
    let doubling = (1...40).map { "def f\($0) { f\($0 - 1); f\($0 - 1) }" }.joined(separator: "\n")
    #expect(expand("def f0 { }\n\(doubling)\nf40").contains("more than 200000 layers"))
  }

  @Test func iterations() {
    #expect(
      run("for i in 1..5 { for j in 1..5 { } }", limits: Self.limits { $0.iterations = 20 }) == """
        error[E-LIMIT]: the command loops more than 20 times
          for i in 1..5 { for j in 1..5 { } }
                          ^~~~~~~~~~~~~~~~~
        """)
    #expect(run("for i in 1..9223372036854775807 { }").contains("more than 1000000 times"))
    #expect(
      run("for i in 9223372036854775806..9223372036854775807 { print $i }") == """
        print 9223372036854775806
        print 9223372036854775807
        """)
  }

  @Test func steps() {
    #expect(
      run("for i in 1..5 { a; b }", limits: Self.limits { $0.steps = 10 }) == """
        error[E-LIMIT]: the command executes more than 10 statements
          for i in 1..5 { a; b }
          ^~~~~~~~~~~~~~~~~~~~~~
        """)
  }

  @Test func limitsCountPerCommand() {
    let limits = Self.limits { $0.iterations = 5 }
    let loop = "for i in 1..4 { }"
    #expect(run("\(loop)\n\(loop)\nprint done", limits: limits) == "print done")
    #expect(run("time { \(loop); \(loop) }", limits: limits).contains("more than 5 times"))
  }

  @Test func wordLength() {
    #expect(
      run("let s = \"ab\"; print $s$s", limits: Self.limits { $0.wordLength = 3 }) == """
        error[E-LIMIT]: the word has 4 bytes after substitution, more than the limit of 3
          let s = "ab"; print $s$s
                              ^~~~
        """)
    let growing = "let s = \"x\"; for i in 1..100 { let s = \"$s$s\" }"
    #expect(run(growing).contains("more than the limit of 65536"))
  }

  @Test func substitutedText() {
    #expect(
      run(
        "let s = \"ab\"; for i in 1..9 { print x$s }",
        limits: Self.limits { $0.substitutedText = 20 }) == """
          error[E-LIMIT]: the command makes more than 20 bytes of text by substitution
            let s = "ab"; for i in 1..9 { print x$s }
                                                ^~~
          """)
  }

  @Test func keptText() {
    let limits = Self.limits { $0.keptText = 20 }
    #expect(
      run(
        "let a = \"12345678\"; let a = \"87654321\"; let b = \"12345678\"; print $a", limits: limits
      ) == "print '87654321'")
    #expect(
      run("let a = \"12345678\"; let b = \"1234567890123\"", limits: limits) == """
        error[E-LIMIT]: the names and texts that let keeps would have more than 20 bytes
          let a = "12345678"; let b = "1234567890123"
                              ^~~~~~~~~~~~~~~~~~~~~~~
        """)
    // A loop's name is kept while the loop runs, and no longer.
    #expect(
      run("for i in 1..9 { let a = \"1234567\" }; print $a", limits: limits) == "print '1234567'")
  }

  @Test func runDepth() {
    let text = "time { time { time { bn } } }"
    #expect(run(text, limits: Self.limits { $0.runDepth = 4 }) == "time\ntime\ntime\nbn")
    #expect(
      run(text, limits: Self.limits { $0.runDepth = 3 }) == """
        error[E-LIMIT]: more than 3 blocks and files run within each other
          time { time { time { bn } } }
                               ^~
        """)
  }

  @Test func tryDoesNotSwallowLimits() {
    #expect(
      run("try { for i in 1..9 { } }\nprint on", limits: Self.limits { $0.iterations = 5 })
        .contains("E-LIMIT"))
  }
}
