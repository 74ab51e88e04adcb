import Testing

@testable import Language

/// A host hears of each pass of a loop, and decides whether an error ends more than the pass.
struct LoopEventTests {
  /// A host that writes down loops and commands; `fail` fails.
  private struct Listener: CommandHost {
    var lines: [String] = []
    var goesOn = false

    mutating func execute(_ invocation: Invocation, with interpreter: inout Interpreter) throws {
      if invocation.verb.text == "fail" {
        throw Diagnostic("E-TEST", "failed on purpose", at: invocation.verb.range)
      }
      lines.append(([invocation.verb] + invocation.words).map(\.text).joined(separator: " "))
    }

    mutating func follow(_ event: LoopEvent) {
      switch event {
      case .begins(let name): lines.append("begins \(name)")
      case .passBegins: lines.append("pass")
      case .ends: lines.append("ends")
      }
    }

    mutating func endsPass(_ error: any Error) -> Bool { goesOn }
  }

  private func run(_ text: String, goesOn: Bool = false) throws -> (lines: [String], failed: Bool) {
    var listener = Listener(goesOn: goesOn)
    var interpreter = Interpreter()
    let statements = try Parser.parse(file: SourceText(text: text))
    do { try interpreter.run(statements, host: &listener) } catch {
      return (listener.lines, true)
    }
    return (listener.lines, false)
  }

  @Test("loops in one another")
  func nested() throws {
    let (lines, failed) = try run("for a in x y { for b in 1..2 { print $a $b } }; print end")
    #expect(
      lines == [
        "begins a", "pass", "begins b", "pass", "print x 1", "pass", "print x 2", "ends",
        "pass", "begins b", "pass", "print y 1", "pass", "print y 2", "ends", "ends", "print end",
      ])
    #expect(!failed)
  }

  @Test("an error ends the loop, or the pass where the host has it so", arguments: [false, true])
  func errors(goesOn: Bool) throws {
    let (lines, failed) = try run("for a in 1..2 { print $a; fail; print behind }", goesOn: goesOn)
    #expect(
      lines == ["begins a", "pass", "print 1"] + (goesOn ? ["pass", "print 2"] : []) + ["ends"])
    #expect(failed != goesOn)
  }
}
