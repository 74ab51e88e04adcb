import Foundation
import Glibc
import Testing

/// Keys in both shells that readline alone cannot do, and what they do instead.
@Suite(.serialized) struct KeyTests {
  private let home: Pseudoterminal.Home

  init() throws { home = try Pseudoterminal.Home() }

  /// A shell on a terminal, whose line begins with `begin`.
  private struct Shell {
    let terminal: Pseudoterminal
    let begin: String

    /// Types keys and waits for what the line reads then.
    func type(_ keys: String, line: String, location: SourceLocation = #_sourceLocation) throws {
      try terminal.type(keys)
      try terminal.until(
        line: (begin + line).trimmedAtEnd, location: location)
    }

    /// Types `ab ` and an accent that has no letter, and goes to vi's commands.
    func commandBehindAnAccent() throws {
      let start = begin.count
      try terminal.type("ab \u{5BC}")
      try terminal.until("the line is typed") { $0.column == start + 3 }
      try terminal.type("\u{1B}")
      try terminal.until("Escape moves to the left") { $0.column < start + 3 }
    }

    /// Leaves by Ctrl-D on an empty line.
    func leave(location: SourceLocation = #_sourceLocation) throws {
      try terminal.type("\u{3}")
      try terminal.until(line: begin.trimmedAtEnd, location: location)
      try terminal.type("\u{4}")
      #expect(try terminal.end(location: location) == .exit(0), sourceLocation: location)
    }
  }

  /// Both shells, with an init file and lines that were entered before.
  private func shells(_ file: String = "", entered: [String] = ["print alpha", "print beta gamma"])
    throws -> [Shell]
  {
    let path = home.folder.appending(path: "inputrc")
    try Data(file.utf8).write(to: path)
    return try [["--plain"], []].map { arguments in
      let terminal = try Pseudoterminal(
        espalier: arguments, home: home, environment: ["INPUTRC": path.path], columns: 100,
        rows: 30)
      let shell = Shell(terminal: terminal, begin: arguments.isEmpty ? " main › " : "main › ")
      try terminal.until(line: shell.begin.trimmedAtEnd)
      for line in entered {
        try terminal.type(line + "\r")
        try terminal.until(showing: String(line.dropFirst(6)))
        try terminal.until(line: shell.begin.trimmedAtEnd)
      }
      return shell
    }
  }

  /// These ended the program by a signal.
  @Test(arguments: [
    "\u{12}a\u{18}e", "\u{12}a\u{18})", "\u{1D}\u{1B}\u{7}",
    "\u{12}\u{18}e", "\u{1D}\u{1B}y", "\u{18}(ab\u{18})\u{18}e", "\u{18}e",
    "a\u{1B}<\u{1B}n\u{1B}[200~pasted\u{1B}[201~\r\u{10}\r",
    "\u{12}\u{3}\u{12}\u{12}alp\u{18}\u{12}", "\u{1B}2\r", "\u{1B}-\u{1B}.",
  ])
  func survives(keys: String) throws {
    for shell in try shells() {
      // Ctrl-C drops what has not been read.
      _ = try shell.terminal.press(Array((keys + "\u{7}\r").utf8))
      try shell.type("\u{3}", line: "")
      try shell.type("\r", line: "")
      try shell.terminal.type("print $(40 + 2) is here\r")
      try shell.terminal.until(showing: "42 is here")
      try shell.leave()
    }
  }

  @Test func entersALineWithACount() throws {
    for shell in try shells() {
      try shell.terminal.type("print counted\u{1B}2\r")
      try shell.terminal.until(showing: "counted")
      try shell.type("next", line: "next")
      try shell.leave()
    }
  }

  @Test func keepsEditedLinesUntilEnter() throws {
    for shell in try shells() {
      try shell.type("draft", line: "draft")
      try shell.type("\u{10}", line: "print beta gamma")
      try shell.type("!", line: "print beta gamma!")
      try shell.type("\u{10}", line: "print alpha")
      try shell.type("\u{E}", line: "print beta gamma!")
      try shell.type("\u{1F}", line: "print beta gamma")
      try shell.type("\u{E}", line: "draft")
      try shell.type("\u{1B}<", line: "print alpha")
      try shell.type("?", line: "print alpha?")
      try shell.type("\u{1B}>", line: "draft")
      try shell.type("\u{3}", line: "")
      try shell.type("\u{10}\u{10}", line: "print alpha")
      try shell.leave()
    }
  }

  @Test func goesOnWithTheNextEntry() throws {
    for shell in try shells() {
      try shell.type("\u{10}\u{10}", line: "print alpha")
      try shell.type("\u{F}", line: "print beta gamma")
      try shell.leave()
    }
  }

  @Test func searchesAndComesBack() throws {
    for shell in try shells() {
      try shell.type("draft", line: "draft")
      try shell.terminal.type("\u{12}alp")
      try shell.terminal.until(showing: "(reverse-i-search)`alp': print alpha")
      try shell.type("\u{1B}", line: "print alpha")
      try shell.type("\u{1B}>", line: "draft")
      try shell.terminal.type("\u{1B}pgam")
      try shell.terminal.until(showing: "(reverse-i-search)`gam': print beta gamma")
      try shell.type("\u{7}", line: "draft")
      try shell.leave()
    }
  }

  @Test func takesWordsFromTheHistory() throws {
    for shell in try shells(entered: ["print alpha", "print beta <"]) {
      try shell.type("\u{1B}.", line: "<")
      try shell.type("\u{1B}.", line: "alpha")
      try shell.type(" \u{1B}\u{19}", line: "alpha beta")
      try shell.leave()
    }
  }

  /// Functions that ring, macros, and functions of ours are found wherever ~/.inputrc binds them.
  @Test func looksThroughTheInitFile() throws {
    let file = """
      "\\C-o": dump-functions
      "\\C-t": history-search-backward
      "\\C-xm": "mac\\C-xn"
      "\\C-xn": "ro"
      "\\C-xr": "\\C-xr"
      "q": do-lowercase-version
      "\\C-xi": re-read-init-file

      """
    for shell in try shells(file) {
      try shell.type("print q\u{F}a", line: "print a")
      try shell.type("\u{18}i\u{F}ql\u{14}", line: "print alpha")
      try shell.leave()
    }
  }

  /// The end of a word is looked for in vain behind an accent without a letter.
  @Test func movesBehindAnAccent() throws {
    for shell in try shells("set editing-mode vi\n") {
      try shell.commandBehindAnAccent()
      try shell.terminal.type("0")
      try shell.terminal.until("the cursor is at the start") { $0.column == shell.begin.count }
      try shell.terminal.type("eeeES")
      try shell.type("on", line: "on")
      try shell.leave()
    }
  }

  /// Completion goes to the end of the word first, which may end in an accent without a letter.
  @Test(arguments: ["\\", "*"])
  func completesBehindAnAccent(key: String) throws {
    for shell in try shells("set editing-mode vi\n") {
      try shell.commandBehindAnAccent()
      try shell.terminal.type(key + "behind")
      try shell.terminal.until(showing: "behind")
      try shell.leave()
    }
  }

  @Test func insertsWhatWasKilled() throws {
    for shell in try shells() {
      try shell.type("a\u{19}\u{1B}yb", line: "ab")
      try shell.type("\u{15}one\u{15}", line: "")
      try shell.type("two\u{1B}bx\u{B}\u{19}", line: "xtwo")
      try shell.type("\u{15}\u{19}!", line: "xtwo!")
      try shell.leave()
    }
  }

  /// A key that gives up, behind keys that readline has pushed back.
  @Test func givesUpBehindKeysThatWerePushedBack() throws {
    let file = "\"\\C-xbo\": insert-completions\n\"\\C-xfg\": vi-yank-pop\n"
    for shell in try shells(file) {
      try shell.type("n\u{1B}-3\u{18}fg\u{1B}-3\u{18}\u{19}\u{1B}3\u{7}x", line: "nx")
      try shell.leave()
    }
  }

  @Test func doesMacrosOfTheInitFile() throws {
    let file = """
      "\\C-xm": "mac\\C-xn"
      "\\C-xn": "ro"
      "\\C-xr": "x\\C-xr"
      "\\C-xe": "print entered\\C-mnext"

      """
    for shell in try shells(file) {
      try shell.type("\u{18}m", line: "macro")
      try shell.type("\u{15}\u{18}e", line: "next")
      try shell.terminal.until(showing: "entered")
      try shell.type("\u{15}\u{18}r", line: String(repeating: "x", count: 64))
      try shell.leave()
    }
  }

  /// Bytes that are no UTF-8 made some of readline's functions run for ever.
  @Test func dropsBytesThatAreNoText() throws {
    for shell in try shells("set editing-mode vi\n") {
      for bytes in [[0xC3], [0xFF, 0x80], [0xE2, 0x82]] as [[UInt8]] {
        _ = try shell.terminal.press(bytes)
      }
      try shell.type("äb", line: "äb")
      try shell.terminal.type("\u{1B}E")
      try shell.leave()
    }
  }
}

extension String {
  /// Without blanks at its end.
  fileprivate var trimmedAtEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
