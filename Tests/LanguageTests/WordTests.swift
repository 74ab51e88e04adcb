import Testing

@testable import Language

@Suite struct WordTests {
  @Test(arguments: [
    LineCase("add conv 10 3 stride=2", "add conv 10 3 stride=2"),
    LineCase("  add   bn;add relu  # rest", "add bn\nadd relu"),
    LineCase("add conv \\\n 10 3", "add conv 10 3"),
    LineCase("add conv \\  \r\n 10 3\r\n", "add conv 10 3"),
    LineCase("print a#b #c", "print a#b"),
    LineCase("#!/usr/bin/env espalier\nprint 1", "print 1"),
    LineCase("\u{FEFF}print\u{A0}1", "print 1"),
    LineCase("print 'a b' \"c\\n\\t\\\"\\\\\\$\"", "print 'a b' 'c\n\t\"\\$'"),
    LineCase("print a'b'\"c\" ''", "print 'abc' ''"),
    LineCase("print \"5$ $\"", "print '5$ $'"),
    LineCase("RES_CNN1D(10, 3, 2, chain_length=3)", "RES_CNN1D 10 3 2 chain_length=3"),
    LineCase(
      "add Conv1D(10, kernel_size = (3,5),\n  use_bias=False, # why\n  act='relu', x=None) pad=0",
      "add Conv1D 10 kernel_size=3x5 use_bias=no act='relu' x=none pad=0"),
    LineCase("predict>out.npy", "predict > out.npy"),
    LineCase("plot loss > 'my file.svg' &", "plot loss > my file.svg &"),
    LineCase("train 5 epochs &", "train 5 epochs &"),
    LineCase("train a,b 5 epochs until loss < 0.1 &", "train a,b 5 epochs if<loss < 0.1> &"),
    LineCase("explain until", "explain until"),
    LineCase("conv?; ?", "help conv\nhelp"),
    LineCase("add residual act=relu { conv 10 3; bn }", "add residual act=relu {2}"),
    LineCase("add parallel join=add { bn } { }", "add parallel join=add {1} {0}"),
    LineCase("insert seq { bn } before res1", "insert seq before res1 {1}"),
    LineCase("wrap residual conv1..relu3", "wrap residual conv1..relu3"),
    LineCase("wrap residual each res*.conv?", "wrap residual each res*.conv?"),
    LineCase("let n = 3; print $n x$n $(n * 2)x4 \"$n\"", "print 3 x3 6x4 '3'"),
    LineCase("let s = \"a b\"; print $s x=$s", "print 'a b' x='a b'"),
    LineCase("time add bn", "time\nadd bn"),
    LineCase("time { add bn; add relu }", "time\nadd bn\nadd relu"),
    LineCase("input 1×64", "input 1×64"),
    LineCase("save ../out/net-1.esp", "save ../out/net-1.esp"),
  ])
  func lines(_ example: LineCase) {
    #expect(run(example.input) == example.expected)
  }

  @Test(
    arguments: [
      ("10", Value.integer(10), Atom.Kind.number), ("-1", .integer(-1), .number),
      ("0.9", .real(0.9), .number), ("1e-5", .real(1e-5), .number), (".5", .real(0.5), .number),
      ("1x64", .shape([1, 64]), .shape), ("3×32×32", .shape([3, 32, 32]), .shape),
      ("same", .string("same"), .name), ("conv-1", .string("conv-1"), .name),
      ("yes", .boolean(true), .name), ("false", .boolean(false), .name), ("none", .none, .name),
      ("res1.body.conv2", .string("res1.body.conv2"), .path),
      ("conv1..relu3", .string("conv1..relu3"), .path), ("res*", .string("res*"), .path),
      ("rep1.*", .string("rep1.*"), .path), ("1..9", .string("1..9"), .text),
      ("1:2", .string("1:2"), .text), ("./x", .string("./x"), .text), ("3x", .string("3x"), .text),
      ("-", .string("-"), .text), ("1e", .string("1e"), .text), ("a...b", .string("a...b"), .text),
      ("inf", .string("inf"), .name), ("0x1p3", .string("0x1p3"), .text),
    ] as [(String, Value, Atom.Kind)])
  func atoms(_ text: String, _ value: Value, _ kind: Atom.Kind) throws {
    let atom = try #require(Atom(bare: text))
    #expect(atom.value == value)
    #expect(atom.kind == kind)
    #expect(atom.text == text)
  }

  @Test func numbersTooLargeAreNoAtoms() {
    #expect(Atom(bare: "99999999999999999999") == nil)
    #expect(Atom(bare: "1e999") == nil)
    #expect(Atom(bare: "1x99999999999999999999") == nil)
  }
}
