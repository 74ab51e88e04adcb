import Foundation
import Testing

/// Terminals of few abilities, and users of few wishes.
@Suite(.serialized) struct FullScreenTerminalTests {
  /// The colours that were asked for: numbers of Select Graphic Rendition from 30 on.
  private func colours(_ output: [UInt8]) -> Set<String> {
    let text = String(decoding: output, as: UTF8.self)
    var found: Set<String> = []
    for match in text.matches(of: /\u{1B}\[([0-9;]*)m/) {
      let numbers = match.1.split(separator: ";").compactMap { Int($0) }
      if numbers.contains(where: { (30...38).contains($0) || (90...97).contains($0) }) {
        found.insert(String(match.1))
      }
    }
    return found
  }

  @Test func usesNoColourWhereNoneIsWanted() throws {
    let screen = try FullScreen(["NO_COLOR": "1"])
    try screen.enter("input 1x64; add conv 4 3", showing: "▎  conv1")
    try screen.leave()
    #expect(colours(screen.terminal.output) == [])
  }

  @Test func usesTheColoursThereAre() throws {
    let many = try FullScreen()
    try many.enter("input 1x64; add conv 4 3", showing: "▎  conv1")
    try many.leave()
    #expect(colours(many.terminal.output).contains { $0.contains("38;5;75") })
    let few = try FullScreen(["TERM": "xterm"])
    try few.enter("input 1x64; add conv 4 3", showing: "▎  conv1")
    try few.leave()
    let asked = colours(few.terminal.output)
    #expect(!asked.isEmpty && !asked.contains { $0.contains("38;5") })
  }

  @Test func staysPlainOnADumbTerminal() throws {
    for terminal in ["dumb", ""] {
      let home = try HomeFolder()
      let plain = try Pseudoterminal(
        Pseudoterminal.espalier(), environment: ["TERM": terminal, "HOME": home.url.path])
      try plain.until(showing: "main ›")
      try plain.type("input 1x64\n")
      try plain.until(line: "main 1×64 ›")
      try plain.type("\u{4}")
      #expect(try plain.end() == .exit(0))
      #expect(!String(decoding: plain.output, as: UTF8.self).contains("\u{1B}[?1049h"))
    }
  }

  @Test func staysPlainWhenAsked() throws {
    let home = try HomeFolder()
    let plain = try Pseudoterminal(
      Pseudoterminal.espalier(), ["--plain"], environment: ["HOME": home.url.path])
    try plain.until(showing: "main ›")
    try plain.type("\u{4}")
    #expect(try plain.end() == .exit(0))
    #expect(!String(decoding: plain.output, as: UTF8.self).contains("\u{1B}[?1049h"))
  }

  @Test func speaksASCIIWhereThereIsNothingElse() throws {
    let screen = try FullScreen(["LC_ALL": "C"])
    try screen.enter("input 1x64; residual { conv 4 3 }", showing: "'-+ projection")
    try screen.leave()
    #expect(screen.terminal.output.allSatisfy { $0 < 0x80 })
  }

  @Test func drawsOnOldTerminals() throws {
    for name in ["vt100", "linux", "screen", "tmux-256color"] {
      let screen = try FullScreen(["TERM": name])
      try screen.enter("input 1x64; add conv 4 3", showing: "▎  conv1")
      try screen.terminal.type("\u{4}")
      #expect(try screen.terminal.end() == .exit(0))
    }
  }
}
