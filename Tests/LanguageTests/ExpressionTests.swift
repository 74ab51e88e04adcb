import Testing

@testable import Language

@Suite struct ExpressionTests {
  @Test(
    arguments: [
      ("1 + 2 * 3", Value.integer(7)), ("(1 + 2) * 3", .integer(9)), ("7 - 2 - 1", .integer(4)),
      ("7 / 2", .real(3.5)), ("8 / 2", .real(4)), ("7 // 2", .integer(3)),
      ("-7 // 2", .integer(-4)),
      ("7 // -2", .integer(-4)), ("-7 % 3", .integer(2)), ("7 % -3", .integer(-2)),
      ("7.5 // 2", .real(3)), ("7.5 % 2", .real(1.5)), ("-7.5 % 2", .real(0.5)),
      ("-9223372036854775808 % -1", .integer(0)), ("-9223372036854775808", .integer(.min)),
      ("2 ** 10", .integer(1024)), ("2 ** 3 ** 2", .integer(512)), ("-2 ** 2", .integer(-4)),
      ("(-2) ** 3", .integer(-8)), ("2 ** -1", .real(0.5)), ("2 * 3 ** 2", .integer(18)),
      ("0 ** 0", .integer(1)), ("9 ** 0.5", .real(3)), ("2**3", .integer(8)),
      ("-1 ** 0", .integer(-1)), ("2 ** 62", .integer(1 << 62)), ("(-2) ** 63", .integer(.min)),
      ("- 2 ** - 2", .real(-0.25)), ("1 ** 9223372036854775807", .integer(1)),
      ("n ** 2 - 1", .integer(15)), ("(-8) ** 3.0", .real(-512)),
      ("2 -3", .integer(-1)), ("2 - -3", .integer(5)), ("- - 3", .integer(3)), ("+3", .integer(3)),
      ("1e3", .real(1000)), (".5 * 2", .real(1)), ("1.", .real(1)), ("2*3", .integer(6)),
      ("1x64", .shape([1, 64])), ("3×32×32", .shape([3, 32, 32])),
      ("1 < 2", .boolean(true)), ("2 <= 1", .boolean(false)), ("2 > 1.5", .boolean(true)),
      ("2 >= 2.0", .boolean(true)), ("2 == 2.0", .boolean(true)), ("2 != 3", .boolean(true)),
      ("10x32 == 10x32", .boolean(true)), ("10 == 10x1", .boolean(false)),
      ("\"a\" == 'a'", .boolean(true)), ("\"1\" == 1", .boolean(false)),
      ("none == none", .boolean(true)),
      ("yes and not no", .boolean(true)), ("no and 1 / 0 > 1", .boolean(false)),
      ("yes or 1 / 0 > 1", .boolean(true)), ("no or no or yes", .boolean(true)),
      ("not 1 > 2", .boolean(true)), ("not not yes", .boolean(true)),
      ("min(3, 1, 2)", .integer(1)), ("max(1, 2.5)", .real(2.5)), ("min(n, $n + 1)", .integer(4)),
      ("n * n", .integer(16)), ("$n // 2", .integer(2)), ("$(n + 1) * 2", .integer(10)),
      ("\"n is $n, $(n + 1)\"", .string("n is 4, 5")), ("'$n'", .string("$n")),
      ("params(net)", .integer(750)), ("params(net) - n", .integer(746)), ("loss", .real(0.25)),
      ("out(res1.body)", .shape([10, 32])), ("rate(5)", .real(0.5)), ("$# + 1", .integer(1)),
      ("params(net)\n", .integer(750)), ("(1 +\n 2 # more\n)", .integer(3)),
      ("false", .boolean(false)),
    ] as [(String, Value)])
  func values(_ text: String, _ expected: Value) throws {
    var host = Recorder()
    host.values = [
      "params(net)": .integer(750), "loss": .real(0.25), "out(res1.body)": .shape([10, 32]),
      "rate(5)": .real(0.5),
    ]
    var interpreter = Interpreter()
    let statements = try Parser.parse(file: SourceText(text: "let n = 4\nlet x = \(text)"))
    try interpreter.run(statements, host: &host)
    #expect(interpreter.environment.value(of: "x") == expected)
  }

  @Test func factsAreAskedForNamesNotVariables() {
    var host = Recorder()
    host.values = ["params(net)": .integer(7), "params(3)": .integer(8)]
    #expect(
      run("let net = 3; print $(params(net)) $(params($net)) $net", host) == "print 7 8 3")
  }

  @Test func conditionsAreCheckedAgain() throws {
    let statements = try Parser.parse(file: SourceText(text: "let n = 0.3; train 5 until loss < n"))
    let step = try #require(try DryRun.steps(of: statements, in: Environment()).first)
    let condition = try #require(step.invocation.condition)
    #expect(condition.text == "loss < n")
    for (loss, holds) in [(0.5, false), (0.2, true)] {
      let facts = FactProvider(names: ["loss"]) { $0.name == "loss" ? .real(loss) : nil }
      #expect(try condition.holds(facts) == holds)
    }
  }

  @Test func allFactsOfAConditionAreAsked() throws {
    let text = "train 5 until not (loss < 1 and f1(test, cat) > -mae) or 1 + min(top5(a), 2) == 3"
    let statements = try Parser.parse(file: SourceText(text: text))
    let step = try #require(try DryRun.steps(of: statements, in: Environment()).first)
    let condition = try #require(step.invocation.condition)
    var asked: [String] = []
    try condition.askAll(
      FactProvider(names: []) { query in
        asked.append(([query.name] + query.arguments.map(\.text)).joined(separator: " "))
        return .real(2)
      })
    #expect(asked == ["loss", "f1 test cat", "mae", "top5 a"])
    #expect(throws: Diagnostic.self) {
      try condition.askAll(FactProvider(names: ["loss"]) { $0.name == "loss" ? .real(0) : nil })
    }
  }
}
