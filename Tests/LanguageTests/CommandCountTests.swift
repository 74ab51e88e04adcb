import Testing

@testable import Language

/// How often commands would run, found out without running any.
struct CommandCountTests {
  /// What `train` in a text comes to; `source` may do anything.
  private func count(_ text: String, _ environment: Environment = Environment()) throws
    -> CommandCount?
  {
    let statements = try Parser.parse(file: SourceText(text: text))
    return CommandCount.of(statements, in: environment) { command in
      let verb = command.range.text.prefix { $0.isLetter }
      return verb == "source" ? nil : verb == "train" ? 1 : 0
    }
  }

  @Test(
    "loops multiply",
    arguments: [
      ("print 1", 0, []), ("train 1; train 2", 2, []), ("for a in x y z { train $a }", 3, [3]),
      ("for a in 1..0 { train 1 }", 0, []),
      ("for a in 1..10 { for b in 1 2 3..5 { lr 0.1; train 1 } }", 50, [10, 5]),
      ("for a in 1..4 { for b in 1..$a { train 1 } }", 10, [4, 1]),
      ("for a in 1..4 { let n = $a + 1; for b in 1..$n { train 1 } }", 14, [4, 2]),
      ("for a in 1..3 { if $a > 2 { train 1; train 2 } else { train 1 } }", 4, [3]),
      ("if 1 > 2 { train 1 }", 0, []), ("try { for a in 1..3 { train 1 } }", 3, [3]),
      (
        "for a in 1..1000 { for b in 1..1000 { for c in 1..1000 { train 1 } } }", 1_000_000_000,
        [1000, 1000, 1000]
      ),
      (
        "for a in 1..9223372036854775807 { for b in 1..2 { train 1 } }", .max,
        [.max, 2]
      ),
      (
        "for a in -9223372036854775807..9223372036854775807 { train 1 }", .max, [.max]
      ),
    ] as [(String, Int, [Int])])
  func exact(text: String, times: Int, loops: [Int]) throws {
    #expect(try count(text) == CommandCount(times: times, isExact: true, loops: loops))
  }

  @Test(
    "of a choice that hangs on what is learned the branch with the most counts",
    arguments: [
      ("for a in 1..3 { if accuracy(test) > 0.5 { train 1 } }", 3),
      ("if loss > 1 { train 1 } else if loss > 2 { train 1; train 2 } else { print no }", 2),
      ("if loss > 1 { print no } else if 2 > 1 { train 1 } else { train 1; train 2 }", 1),
    ])
  func atMost(text: String, times: Int) throws {
    let count = try #require(try count(text))
    #expect(count.times == times)
    #expect(!count.isExact)
  }

  @Test(
    "nothing is said of what hangs on what commands do, or takes too long",
    arguments: [
      "source a.esp", "for a in 1..$(steps(main)) { train 1 }",
      "let n = steps(main); for a in 1..$n { train 1 }", "for a in 1..x { train 1 }",
      "for a in 1..4 { for b in 1..$a { for c in 1..$b { for d in 1..$c { source x } } } }",
      "for a in 1..300 { for b in 1..$a { for c in 1..$b { train 1 } } }",
    ])
  func unknown(text: String) throws { #expect(try count(text) == nil) }

  @Test("names in force count, and are as before")
  func environment() throws {
    var environment = Environment()
    environment.bind("n", to: .integer(4))
    #expect(try count("for a in 1..$n { train 1 }", environment)?.times == 4)
  }
}
