import Testing

@testable import Language

@Suite struct UnparserTests {
  @Test(
    arguments: [
      (Value.string("relu"), "relu"), (.string(""), "\"\""), (.string("10"), "\"10\""),
      (.string("yes"), "\"yes\""), (.string("1x4"), "\"1x4\""), (.string("a b"), "\"a b\""),
      (.string("a\"b\\$c\n\t"), "\"a\\\"b\\\\\\$c\\n\\t\""), (.string("#x"), "\"#x\""),
      (.string("x#"), "x#"), (.string("a=b"), "\"a=b\""), (.string("1=b"), "1=b"),
      (.string("until"), "\"until\""), (.string("res1.*"), "res1.*"), (.string("a,b"), "a,b"),
      (.string("“x”"), "\"“x”\""), (.string("a\u{A0}b"), "\"a\u{A0}b\""), (.string("=b"), "\"=b\""),
      (.string("99999999999999999999"), "\"99999999999999999999\""),
      (.integer(-3), "-3"), (.real(1e-5), "1e-05"), (.shape([1, 64]), "1x64"),
      (.boolean(true), "yes"), (.none, "none"),
    ] as [(Value, String)])
  func values(_ value: Value, _ text: String) throws {
    #expect(Unparser.text(of: value) == text)
    #expect(try Self.read("print \(text)").words.first?.value == value)
    #expect(try Self.read("print key=\(text)").options.first?.value.value == value)
  }

  @Test func numbersStayAsTyped() throws {
    let invocation = try Self.read("add bn eps=1e-5 input=1×64")
    #expect(invocation.options.map { Unparser.text(of: $0) } == ["eps=1e-5", "input=1×64"])
  }

  @Test func layersPrintAsTheyAreRead() throws {
    let text = """
      residual act=relu {
        conv 10 3 stride=2
        bn
        repeat 2 {
          conv 10 3
        }
      }
      parallel join=concat {
        relu
      } { }
      """
    let specifications = try Self.expand(text)
    #expect(Unparser.text(of: specifications) == text)
    #expect(
      specifications.map(Unparser.line(of:)) == [
        "residual act=relu { conv 10 3 stride=2; bn; repeat 2 { conv 10 3 } }",
        "parallel join=concat { relu } { }",
      ])
  }

  @Test func callsPrintAsCalls() throws {
    let specifications = try Self.expand("def f a { conv $a 3 }; seq { f 3 }")
    #expect(Unparser.text(of: specifications) == "seq {\n  f 3\n}")
  }

  /// Seeded random trees: what is printed reads back as the same tree.
  @Test func printAndReadIsIdentity() throws {
    var random = SeededRandom(seed: 7)
    for _ in 0..<100 {
      let text = RandomTree.block(depth: 3, &random)
      let first = try Self.expand(text)
      let printed = Unparser.text(of: first)
      let second = try Self.expand(printed)
      #expect(Listing.text(of: first) == Listing.text(of: second))
      #expect(Unparser.text(of: second) == printed)
      let line = first.map(Unparser.line(of:)).joined(separator: "; ")
      #expect(Listing.text(of: try Self.expand(line)) == Listing.text(of: first))
    }
  }

  static func read(_ text: String) throws -> Invocation {
    let statements = try Parser.parse(file: SourceText(text: text))
    let steps = try DryRun.steps(of: statements, in: Environment())
    return try #require(steps.first).invocation
  }

  static func expand(_ text: String) throws -> [Specification] {
    let statements = try Parser.parse(file: SourceText(text: text))
    return try Interpreter().specifications(of: statements)
  }
}

/// Random layers in random spellings.
private enum RandomTree {
  static func block(depth: Int, _ random: inout SeededRandom) -> String {
    (0..<Int.random(in: 0...4, using: &random))
      .map { _ in layer(depth: depth, &random) }
      .joined(separator: Bool.random(using: &random) ? "; " : "\n")
  }

  private static func layer(depth: Int, _ random: inout SeededRandom) -> String {
    var parts = [pick(["conv", "bn", "relu", "residual", "parallel", "seq"], &random)]
    for _ in 0..<Int.random(in: 0...3, using: &random) { parts.append(atom(&random)) }
    for key in ["act", "pad"] where Bool.random(using: &random) {
      parts.append("\(key)=\(atom(&random))")
    }
    if depth > 0 {
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        parts.append("{ \(block(depth: depth - 1, &random)) }")
      }
    }
    return parts.joined(separator: " ")
  }

  private static func atom(_ random: inout SeededRandom) -> String {
    pick(
      [
        "10", "-3", "0.5", "1e-5", "1x64", "3×3", "same", "yes", "none", "'a b'", "\"10\"", "''",
        "res1.*", "a..b", "1:2", "$(1 + 2)", "$(1 / 3)", "x$(4)", "'it\"s $x'", "\"\\n\\\\\"",
      ], &random)
  }

  private static func pick(_ choices: [String], _ random: inout SeededRandom) -> String {
    choices.randomElement(using: &random) ?? ""
  }
}
