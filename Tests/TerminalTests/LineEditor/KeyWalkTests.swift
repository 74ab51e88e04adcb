import Foundation
import Testing

@testable import Terminal

/// Keys of every sort in both shells: none may kill the program.
@Suite(.serialized)
struct KeyWalkTests {
  /// Keys in the suite, and with the slow proofs.
  private static let isProof = ProcessInfo.processInfo.environment["ESPALIER_PROVE"] != nil
  private static let keys = isProof ? 50_000 : 1_500

  /// An inputrc that binds every function of readline behind Ctrl-X and two letters, and to macros.
  private static let everything: String = {
    var lines: [String] = []
    for (index, name) in ReadlineFunctions.all.enumerated() {
      lines.append("\"\\C-x\(letters(index))\": \(name)")
    }
    lines += [#""\C-xzz": "a\C-xzz""#, #""\ez": "print 1\C-m""#, ""]
    return lines.joined(separator: "\n")
  }()

  /// Two letters for a number.
  private static func letters(_ index: Int) -> String {
    let bytes: [UInt8] = [UInt8(97 + index / 26), UInt8(97 + index % 26)]
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: KeyWalk.Shell.allCases)
  func anyKeys(shell: KeyWalk.Shell) throws {
    try KeyWalk(shell: shell, seed: 1).press(Self.keys * 2)
  }

  @Test(arguments: KeyWalk.Shell.allCases)
  func anyKeysOfVi(shell: KeyWalk.Shell) throws {
    try KeyWalk(shell: shell, seed: 2, inputrc: "set editing-mode vi\n").press(Self.keys)
  }

  @Test(arguments: KeyWalk.Shell.allCases)
  func everyFunction(shell: KeyWalk.Shell) throws {
    try KeyWalk(shell: shell, seed: 3, inputrc: Self.everything).press(Self.keys)
    let all = ReadlineFunctions.all.indices.map { "\u{18}" + Self.letters($0) }
    let home = try HomeFolder()
    try Self.everything.write(to: home.file("inputrc"), atomically: true, encoding: .utf8)
    for keys in all {
      let terminal = try Pseudoterminal(
        Pseudoterminal.espalier(), shell == .plain ? ["--plain"] : [],
        environment: ["HOME": home.url.path, "INPUTRC": home.file("inputrc").path])
      try terminal.until("a prompt is shown") { $0.text.contains("main") }
      for around in [("a b", "\r"), ("\u{12}a", "\r"), ("\u{1B}5", "x"), ("\u{18}", "\u{10}\r")] {
        if terminal.pass(around.0 + keys + around.1 + "\r") != nil { break }
      }
      terminal.send(SIGTERM)
      let ending = try? terminal.end(knowingSequences: false)
      #expect(
        ending == .signal(SIGTERM) || ending == .exit(0),
        "\(shell.rawValue) \(keys.debugDescription)")
    }
  }

  /// Keys that have killed the program: a search left by a prefix, a search for a character met by a key that
  /// aborts, a search that is not incremental met by a paste.
  @Test(
    arguments: KeyWalk.Shell.allCases,
    [
      "\u{12}a\u{18}e", "\u{12}a\u{18})", "\u{1D}\u{1B}y", "\u{1D}\u{1B}\u{7}",
      "a\u{1B}<\u{1B}n\u{1B}[200~foo\u{1B}[201~\r\u{10}\r",
    ])
  func knownKillers(shell: KeyWalk.Shell, keys: String) throws {
    let home = try HomeFolder()
    let terminal = try Pseudoterminal(
      Pseudoterminal.espalier(), shell == .plain ? ["--plain"] : [],
      environment: ["HOME": home.url.path])
    try terminal.until("a prompt is shown") { $0.text.contains("main") }
    try terminal.type(keys + "\r\u{3}\rprint $(40 + 2) is here\r")
    try terminal.until(showing: "42 is here")
    terminal.send(SIGTERM)
    #expect(try terminal.end(knowingSequences: false) == .signal(SIGTERM))
  }
}
