import Foundation
import Testing

/// Random keys for a program on a terminal, which may leave but must not be killed.
struct KeyWalk {
  /// Where the keys go.
  enum Shell: String, CaseIterable {
    case plain
    case screen
  }

  let shell: Shell
  let seed: UInt64
  var environment: [String: String] = [:]

  /// What `~/.inputrc` holds.
  var inputrc = ""

  /// Presses so many keys, starting the program again where they have made it leave.
  func press(_ count: Int) throws {
    var random = SeededGenerator(seed: seed)
    let home = try HomeFolder()
    try inputrc.write(to: home.file("inputrc"), atomically: true, encoding: .utf8)
    var terminal = try start(home)
    var recent: [String] = []
    var pressed = 0
    while pressed < count {
      var batch = (0..<Int.random(in: 1...12, using: &random)).map { _ in key(&random) }
      pressed += batch.count
      recent = (recent + batch).suffix(60)
      if Int.random(in: 0..<40, using: &random) == 0 {
        terminal.resize(
          columns: Int.random(in: 1...120, using: &random),
          rows: Int.random(in: 1...40, using: &random))
      }
      if Int.random(in: 0..<30, using: &random) == 0 { batch.append("\u{3}") }
      if let ending = terminal.pass(batch.joined()) {
        let isFine = if case .exit(let status) = ending { status == 0 } else { false }
        if !isFine {
          Issue.record(
            "\(shell.rawValue), seed \(seed), after \(pressed) keys: \(ending), last keys \(recent)"
          )
          return
        }
        terminal = try start(home)
      }
    }
    terminal.send(SIGTERM)
    let ending = try terminal.end(knowingSequences: false)
    #expect(
      ending == .signal(SIGTERM) || ending == .exit(0), "\(shell.rawValue), seed \(seed): \(recent)"
    )
  }

  private func start(_ home: HomeFolder) throws -> Pseudoterminal {
    var variables = ["HOME": home.url.path, "INPUTRC": home.file("inputrc").path]
    variables.merge(environment) { $1 }
    // What is typed may write files: not where the tests run.
    let terminal = try Pseudoterminal(
      "/bin/sh",
      ["-c", "cd \"$HOME\" && exec \"$0\" \"$@\"", Pseudoterminal.espalier()]
        + (shell == .plain ? ["--plain"] : []),
      environment: variables)
    try terminal.until("a prompt is shown") { $0.text.contains("main") }
    return terminal
  }

  /// A key, more often one that edits, searches or ends a line than any byte.
  private func key(_ random: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<22, using: &random) {
    case 0...3: return one(of: Self.letters, &random)
    case 4...6: return "\u{1B}" + character(0x20...0x7E, &random)
    case 7: return "\u{18}" + character(0x00...0x7E, &random)
    case 8: return "\u{1D}" + (Bool.random(using: &random) ? character(0x20...0x7E, &random) : "")
    case 9: return "\u{1B}[200~" + one(of: Self.pastes, &random) + "\u{1B}[201~"
    case 10: return "\r"
    case 11:
      return one(of: ["\u{12}", "\u{13}", "\u{1B}n", "\u{1B}p", "\u{10}", "\u{0E}"], &random)
    case 12: return "\u{1B}" + character(0x30...0x39, &random)
    case 13: return one(of: Self.sequences, &random)
    case 14: return "\u{1B}" + character(0x00...0x1F, &random)
    case 15: return "\t"
    case 16: return one(of: ["\u{19}", "\u{0B}", "\u{17}", "\u{1F}", "\u{1B}y", "\u{7}"], &random)
    case 17: return one(of: ["\u{11}", "\u{16}"], &random) + character(0x01...0x7E, &random)
    default: return character(0x01...0x7E, &random)
    }
  }

  /// Ctrl-C, Ctrl-D, Ctrl-Z and Ctrl-\ interrupt, end or stop the program.
  private static let leaving: Set<UInt8> = [3, 4, 0x1A, 0x1C]

  private static let letters = [
    "a", "b", " ", "x", "1", "conv", "{", "}", "é", "日", "print hi", "#",
  ]
  private static let pastes = ["foo", "a\rb", "print 1\nprint 2\n", "", "é", "{ a\n b"]
  private static let sequences = [
    "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}[3~", "\u{1B}[1;5C", "\u{1B}OP",
    "\u{1B}[H", "\u{1B}[Q", "\u{1B}[12~", "\u{1B}[200~", "\u{1B}[201~", "\u{1B}O", "\u{1B}[",
  ]

  private func character(_ range: ClosedRange<UInt8>, _ random: inout SeededGenerator) -> String {
    let byte = UInt8.random(in: range, using: &random)
    return Self.leaving.contains(byte) ? "é" : String(UnicodeScalar(byte))
  }

  private func one(of choices: [String], _ random: inout SeededGenerator) -> String {
    choices[Int.random(in: choices.indices, using: &random)]
  }
}
