import Testing

@testable import Language

/// The seed's block, RES_CNN1D(10, 3, 2, chain_length=3), in the spellings of the language.
@Suite struct SpecificationTests {
  static let definitions = """
    def CNN1D channels kernel stride=1 pad=same { conv $channels $kernel stride=$stride pad=$pad; bn; relu }
    def RES_CNN1D channels kernel initial_stride chain_length=1 stride=1 {
        residual act=relu {
            CNN1D $channels $kernel stride=$initial_stride
            repeat $(chain_length - 1) { CNN1D $channels $kernel stride=$stride }
        }
    }

    """

  static let expansion = """
    @RES_CNN1D 10 3 2 chain_length=3 { residual act=relu { \
    @CNN1D 10 3 stride=2 { conv 10 3 stride=2 pad=same; bn; relu }; \
    repeat 2 { @CNN1D 10 3 stride=1 { conv 10 3 stride=1 pad=same; bn; relu } } } }
    """

  @Test(arguments: [
    "RES_CNN1D 10 3 2 chain_length=3", "add RES_CNN1D 10 3 2 chain_length=3",
    "RES_CNN1D(10, 3, 2, chain_length=3)",
  ])
  func seedByDefinition(_ call: String) {
    #expect(expand(Self.definitions + call) == Self.expansion)
  }

  @Test func seedStepByStep() {
    let steps = """
      input 1x64
      add conv 10 3 stride=2; add bn; add relu
      repeat 2 { conv 10 3; bn; relu }
      wrap residual act=relu
      """
    #expect(
      run(steps) == """
        input 1x64
        add conv 10 3 stride=2
        add bn
        add relu
        repeat 2 {3}
        wrap residual act=relu
        """)
    #expect(expand("repeat 2 { conv 10 3; bn; relu }") == "repeat 2 { conv 10 3; bn; relu }")
  }

  @Test func commandsBecomeSpecifications() throws {
    let source = SourceText(text: Self.definitions + "RES_CNN1D 10 3 2 chain_length=3")
    let statements = try Parser.parse(file: source)
    let step = try #require(DryRun.steps(of: statements, in: Environment()).first)
    let specification = try step.interpreter.specification(of: step.invocation)
    #expect(Listing.text(of: specification) == Self.expansion)
    #expect(specification.origin == nil)
    let residual = try #require(specification.blocks.first?.first)
    #expect(residual.origin == "RES_CNN1D")
    #expect(residual.blocks[0][0].blocks[0][0].origin == "CNN1D")
  }

  @Test(arguments: [
    ("for i in 1..3 { conv $i 3 }", "conv 1 3; conv 2 3; conv 3 3"),
    ("for i in 3..1 { bn }", ""),
    ("for c in 16, 32 64 { conv $c 3 }", "conv 16 3; conv 32 3; conv 64 3"),
    ("for i in 1..2 { for j in 1..$i { conv $i $j } }", "conv 1 1; conv 2 1; conv 2 2"),
    ("let n = 2; if n > 1 { bn } else { relu }", "bn"),
    ("if no { a } else if yes { b } else { c }", "b"),
    ("let n = 1; for i in 1..3 { let n = n * 2 }; conv $n 3", "conv 8 3"),
    ("def b x { conv $x 3 }; let x = 5; b 7; conv $x 1", "@b 7 { conv 7 3 }; conv 5 1"),
    (
      "def b a c=$(a * 2) { conv $a $c }; b 3; b c=1 a=2",
      "@b 3 { conv 3 6 }; @b c=1 a=2 { conv 2 1 }"
    ),
    ("def f n { bn; if n > 1 { f $(n - 1) } }; f 2", "@f 2 { bn; @f 1 { bn } }"),
    ("def act a { $a }; act relu", "@act relu { relu }"),
    ("seq { add conv 3 3; add seq { bn } }", "seq { conv 3 3; seq { bn } }"),
    (
      "parallel join=concat { conv 1 1 } { identity }",
      "parallel join=concat { conv 1 1 } { identity }"
    ),
    ("let w = 4; def g { conv $w 3 }; g", "@g { conv 4 3 }"),
    ("repeat $(2 + 1) {\n  conv 1 3 # comment\n\n  bn\n}", "repeat 3 { conv 1 3; bn }"),
  ])
  func expansions(_ text: String, _ expected: String) {
    #expect(expand(text) == expected)
  }
}
