import Testing

@testable import Language

@Suite struct InterpreterTests {
  @Test(arguments: [
    LineCase("for i in 1..3 { print $i }", "print 1\nprint 2\nprint 3"),
    LineCase(
      "for x in a 'b c' 1..2,d { print $x }", "print a\nprint 'b c'\nprint 1\nprint 2\nprint d"),
    LineCase("for p in conv1..relu3 ../x { print $p }", "print conv1..relu3\nprint ../x"),
    LineCase("let a = 2; for i in $a..$(a + 1) { print $i }", "print 2\nprint 3"),
    LineCase("let i = 9; for i in 1..2 { }; print $i", "print 9"),
    LineCase("let t = 0; for i in 1..4 { let t = t + i }; print $t", "print 10"),
    LineCase("if 1 > 2 { a } else if 2 > 1 { b } else { c }", "b"),
    LineCase("if no { a }", ""),
    LineCase("let a = 1\nlet a = a + 1\nprint $a", "print 2"),
    LineCase("def f a { bn }; f 1", "f 1"),
    LineCase("expect 1 < 2; expect 2 > 1 \"fine\"", "expect holds\nexpect holds"),
    LineCase("time for i in 1..2 { print $i }", "time\nprint 1\nprint 2"),
  ])
  func commands(_ example: LineCase) {
    #expect(run(example.input) == example.expected)
  }

  @Test func tryGoesOnBehindFailures() throws {
    var host = Recorder()
    var interpreter = Interpreter()
    let text = "try { a; fail; b; for i in 1..2 { fail; print $i }; print $nothing; c }; d"
    try interpreter.run(try Parser.parse(file: SourceText(text: text)), host: &host)
    #expect(host.lines == ["a", "b", "print 1", "print 2", "c", "d"])
    #expect(
      host.failures.map(\.message) == [
        "failed on purpose", "failed on purpose", "failed on purpose", "'$nothing' has no value",
      ])
  }

  @Test func failuresOutsideTryEndTheRun() throws {
    var host = Recorder()
    var interpreter = Interpreter()
    let statements = try Parser.parse(file: SourceText(text: "try fail; a; fail; b"))
    #expect(throws: Diagnostic.self) { try interpreter.run(statements, host: &host) }
    #expect(host.lines == ["a"])
    #expect(host.failures.count == 1)
  }

  @Test func cancellationEndsALoopEvenInTry() {
    var host = Recorder()
    host.cancelsAfter = 100
    #expect(
      run("try { for i in 1..1000000 { print $i } }", host) == """
        error[E-INTERRUPTED]: interrupted
          try { for i in 1..1000000 { print $i } }
                ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        """)
  }

  @Test func cancellationEndsAnExpansion() throws {
    let statements = try Parser.parse(
      file: SourceText(text: "for i in 1..1000000 { if yes { } }"))
    var asked = 0
    let text = outcome {
      let specifications = try Interpreter().specifications(of: statements) {
        asked += 1
        return asked > 5
      }
      return Listing.text(of: specifications)
    }
    #expect(text.hasPrefix("error[E-INTERRUPTED]: interrupted\n"))
  }

  @Test func filesHaveArgumentsOfTheirOwn() throws {
    var host = Recorder()
    var interpreter = Interpreter()
    interpreter.environment.arguments = [Atom(quoted: "outer")]
    let inner = try Parser.parse(file: SourceText(text: "print $1 $2 $# x$1; let seen = yes"))
    let arguments = try ["7", "a.csv"].map { try #require(Atom(bare: $0)) }
    try interpreter.run(inner, arguments: arguments, host: &host)
    try interpreter.run(try Parser.parse(file: SourceText(text: "print $1 $#")), host: &host)
    #expect(host.lines == ["print 7 a.csv 2 x7", "print 'outer' 1"])
    #expect(interpreter.environment.value(of: "seen") == .boolean(true))
  }

  @Test func aDryRunLeavesTheEnvironmentAlone() throws {
    var environment = Environment()
    environment.bind("n", to: .integer(1))
    let text = "let n = n + 1; def f a { conv $a 3 }; add conv $n 3; add f $n"
    let statements = try Parser.parse(file: SourceText(text: text))
    let steps = try DryRun.steps(of: statements, in: environment)
    #expect(steps.map { Listing.text(of: $0.invocation) } == ["add conv 2 3", "add f 2"])
    let last = try #require(steps.last)
    let specification = try last.interpreter.specification(of: last.invocation)
    #expect(Listing.text(of: specification) == "@f 2 { conv 2 3 }")
    #expect(environment.value(of: "n") == .integer(1))
    #expect(environment.definitions.isEmpty)
    let many = try Parser.parse(file: SourceText(text: "for i in 1..100 { add bn }"))
    #expect(try DryRun.steps(of: many, in: environment, mostSteps: 10).count == 10)
  }

  @Test func abbreviationsWorkOutsideBraces() throws {
    var options = ParserOptions()
    options.fullVerb = { ["le": "let", "pr": "print", "tr": "train"][$0] ?? $0 }
    let text = "le n = 3; pr $n; tr 5 until loss < 1; seq { pr }"
    let result = try Parser.parse(SourceText(text: text), options: options)
    let steps = try DryRun.steps(of: result.statements, in: Environment())
    #expect(
      steps.map { Listing.text(of: $0.invocation) } == [
        "print 3", "train 5 if<loss < 1>", "seq {1}",
      ])
    #expect(steps[0].invocation.verb.range.text == "pr")
  }

  @Test func definitionsAreDescribed() throws {
    let text = """
      #!/usr/bin/env espalier
      # Not directly above.

      # A block of convolution,
      #   twice.
      def twice channels kernel=3 pad=same { conv $channels $kernel }
      def inside a {
        # Said inside.

        bn
      }
      def bare { bn }  # behind
      def braced { # at the brace
        # and below
        bn }
      def python(a, b=2) { conv $a $b }
      """
    var host = Recorder()
    var interpreter = Interpreter()
    try interpreter.run(try Parser.parse(file: SourceText(text: text)), host: &host)
    let definitions = interpreter.environment.definitions
    #expect(definitions["twice"]?.signature == "twice channels kernel=3 pad=same")
    #expect(definitions["twice"]?.documentation == "A block of convolution,\n  twice.")
    #expect(definitions["inside"]?.documentation == "Said inside.")
    #expect(definitions["bare"]?.documentation == nil)
    #expect(definitions["braced"]?.documentation == "at the brace\nand below")
    #expect(definitions["python"]?.signature == "python a b=2")
    #expect(definitions["bare"]?.text == "def bare { bn }")
  }
}
