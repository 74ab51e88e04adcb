import Testing

@testable import Language

@Suite struct IncompleteTests {
  @Test(arguments: [
    ("add conv 10 3", "finished"), ("", "finished"), ("# {", "finished"),
    ("add residual {", "brace at 13"), ("add residual { conv 10 3", "brace at 13"),
    ("seq { seq { bn }", "brace at 4"), ("seq { seq { bn }}", "finished"),
    ("print 'a", "string at 6"), ("print \"a\n", "string at 6"), ("print \"a\nb\"", "finished"),
    ("print \"a\\", "string at 6"), ("add conv \\", "line at 9"), ("add conv \\\n", "finished"),
    ("add conv \\\n 10", "finished"), ("CNN(10,", "parenthesis at 3"),
    ("CNN(10,\n 3)", "finished"), ("CNN(kernel=", "parenthesis at 3"),
    ("CNN((3,", "parenthesis at 4"), ("print $(1 + 2", "parenthesis at 7"),
    ("let x = (1 + 2", "parenthesis at 8"), ("expect params(net", "parenthesis at 13"),
    ("if x > 1 {\n", "brace at 9"), ("for i in 1..3 {", "brace at 14"),
    ("def f a {\n conv $a 3\n", "brace at 8"), ("try {", "brace at 4"),
    ("seq { print 'x", "string at 12"), ("seq { add conv \\", "line at 15"),
    ("if yes { bn } else {", "brace at 19"),
  ])
  func openEnds(_ text: String, _ expected: String) throws {
    let result = try Parser.parse(SourceText(text: text))
    #expect(Self.listing(of: result.incompleteness) == expected)
  }

  @Test func whatIsOpenCountsAsClosed() throws {
    let source = SourceText(text: "add residual { conv 10 3; seq { bn; print 'x")
    let result = try Parser.parse(source)
    let step = try #require(
      DryRun.steps(of: result.statements, in: Environment()).last)
    let specification = try step.interpreter.specification(of: step.invocation)
    #expect(Listing.text(of: specification) == "residual { conv 10 3; seq { bn; print 'x' } }")
  }

  static func listing(of incompleteness: Incompleteness?) -> String {
    switch incompleteness {
    case nil: "finished"
    case .openBrace(let range)?: "brace at \(range.lowerBound)"
    case .openParenthesis(let range)?: "parenthesis at \(range.lowerBound)"
    case .openString(let range)?: "string at \(range.lowerBound)"
    case .continuedLine(let range)?: "line at \(range.lowerBound)"
    }
  }
}
