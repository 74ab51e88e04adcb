import Testing

@testable import Language

/// A text and what comes of it.
struct LineCase: Sendable, CustomTestStringConvertible {
  let input: String
  let expected: String

  init(_ input: String, _ expected: String) {
    self.input = input
    self.expected = expected
  }

  var testDescription: String { input }
}

/// A host that writes down what it is given.
struct Recorder: CommandHost {
  var lines: [String] = []
  var failures: [Diagnostic] = []
  var values: [String: Value] = [:]
  var cancelsAfter = Int.max

  mutating func execute(_ invocation: Invocation, with interpreter: inout Interpreter) throws {
    switch invocation.verb.text {
    case "time":
      lines.append("time")
      for block in invocation.blocks { try interpreter.run(block.statements, host: &self) }
    case "expect":
      try invocation.condition?.check(facts, message: invocation.words.first?.text)
      lines.append("expect holds")
    case "fail":
      throw Diagnostic("E-TEST", "failed on purpose", at: invocation.verb.range)
    default: lines.append(Listing.text(of: invocation))
    }
  }

  mutating func attemptFailed(_ diagnostic: Diagnostic) { failures.append(diagnostic) }

  var facts: FactProvider {
    FactProvider(names: ["params", "out", "loss"]) { query in
      let arguments = query.arguments.map(\.text).joined(separator: ",")
      return values[arguments.isEmpty ? query.name : "\(query.name)(\(arguments))"]
    }
  }

  var isCancelled: Bool { lines.count >= cancelsAfter }
}

/// Plain text of trees, for comparison in tests.
enum Listing {
  static func text(of invocation: Invocation) -> String {
    var parts = [invocation.verb.text]
    parts += invocation.words.map(text)
    parts += invocation.options.map { "\($0.name)=\(text(of: $0.value))" }
    parts += invocation.blocks.map { "{\($0.statements.count)}" }
    if let condition = invocation.condition { parts.append("if<\(condition.text)>") }
    if let redirect = invocation.redirect { parts.append("> \(redirect.text)") }
    if invocation.isBackground { parts.append("&") }
    return parts.joined(separator: " ")
  }

  static func text(of word: Word) -> String {
    switch word.kind {
    case .string: "'\(word.text)'"
    default: word.text
    }
  }

  static func text(of specifications: [Specification]) -> String {
    specifications.map(text).joined(separator: "; ")
  }

  static func text(of specification: Specification) -> String {
    var parts = [(specification.form == .group ? "@" : "") + specification.kind.text]
    parts += specification.words.map(text)
    parts += specification.options.map { "\($0.name)=\(text(of: $0.value))" }
    parts += specification.blocks.map { "{ \(text(of: $0)) }" }
    return parts.joined(separator: " ")
  }
}

/// The text of whatever diagnostic a piece of work throws, or what it returns.
func outcome(_ body: () throws -> String) -> String {
  do {
    return try body()
  } catch let diagnostic as Diagnostic {
    return DiagnosticFormatter().text(of: diagnostic)
  } catch {
    return "another error: \(error)"
  }
}

/// Runs a text as a command file and lists what the host was given, one line each.
func run(_ text: String, _ host: Recorder = Recorder(), limits: LanguageLimits = LanguageLimits())
  -> String
{
  outcome {
    var host = host
    var interpreter = Interpreter(limits: limits)
    let statements = try Parser.parse(file: SourceText(text: text))
    try interpreter.run(statements, host: &host)
    return host.lines.joined(separator: "\n")
  }
}

/// Expands a text as a block of layers.
func expand(_ text: String, limits: LanguageLimits = LanguageLimits()) -> String {
  outcome {
    let statements = try Parser.parse(file: SourceText(text: text))
    let interpreter = Interpreter(limits: limits)
    return Listing.text(of: try interpreter.specifications(of: statements))
  }
}

/// A small generator whose sequence depends on the seed alone (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
