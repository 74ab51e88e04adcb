import Testing

@testable import Language

/// Random text never crashes, always ends, and what it expands to prints back.
@Suite struct FuzzTests {
  static let pieces = [
    "let ", "for ", "in ", "if ", "else ", "def ", "try ", "time ", "expect ", "until ", "train ",
    "add ", "conv ", "residual ", "f ", "x ", "n", "net", "{", "}", "(", ")", ";", "\n", "\\\n",
    "\\",
    "\"", "'", "$", "$(", "$x", "$1", "$#", "#", " # ", ">", " > ", "&", " & ", "=", " = ", "==",
    "!=",
    "<", "<=", "+", "-", "*", "/", "//", "%", "and ", "or ", "not ", "min(", "max(", "params(", ",",
    "..", ".", "1", "3 ", "10", "0", "1x64", "×", "9223372036854775807", "1e308", "0.5", "yes ",
    "none ",
    "k=", "stride=2 ", " ", "  ", "\t", "\r\n", "?", "conv?", "[", "]", "日", "\u{301}", "“",
    "\u{A0}",
    "\u{1B}", "def f a b=1 { conv $a $b }\n", "for x in 1..3 { ", "seq { ", "let x = ", "f 1 2\n",
    "1..3",
  ]

  #if DEBUG
    static let rounds = 10_000
  #else
    static let rounds = 100_000
  #endif

  @Test func anyTextIsReadOrRefused() throws {
    var random = SeededRandom(seed: 20_260)
    var limits = LanguageLimits()
    limits.iterations = 200
    limits.steps = 500
    limits.specifications = 300
    limits.wordLength = 400
    limits.substitutedText = 4000
    var finished = 0
    for _ in 0..<Self.rounds {
      var text = ""
      for _ in 0..<Int.random(in: 1...14, using: &random) {
        text += Self.pieces.randomElement(using: &random) ?? ""
      }
      if try Self.exercise(
        text, limits, cursor: Int.random(in: 0...text.utf8.count, using: &random))
      {
        finished += 1
      }
    }
    #expect(finished > Self.rounds / 100)
  }

  /// Reads, runs, expands and prints a text; true when nothing was wrong with it.
  static func exercise(_ text: String, _ limits: LanguageLimits, cursor: Int) throws -> Bool {
    let source = SourceText(text: text)
    _ = CursorContext(of: source, at: cursor)
    let formatter = DiagnosticFormatter(columns: 40)
    do {
      let result = try Parser.parse(source)
      var host = Recorder()
      host.values = ["params(net)": .integer(750), "n": .integer(3)]
      var interpreter = Interpreter(limits: limits)
      _ = try? interpreter.run(result.statements, host: &host)
      for failure in host.failures { _ = formatter.text(of: failure) }
      let specifications = try Interpreter(limits: limits)
        .specifications(of: result.statements, facts: host.facts)
      let printed = Unparser.text(of: specifications)
      let definitions = interpreter.environment
      let again = try Interpreter(environment: definitions, limits: limits)
        .specifications(of: try Parser.parse(file: SourceText(text: printed)))
      #expect(Unparser.text(of: again) == printed, "\(text.debugDescription)")
      return true
    } catch let diagnostic as Diagnostic {
      #expect(!formatter.text(of: diagnostic).isEmpty)
      return false
    }
  }
}
