import Foundation
import Glibc
import Terminal
import Testing

/// Keys at random to both shells: the program goes on, or leaves as it was told, and never by a signal.
///
/// A few thousand of them here; with ESPALIER_PROVE=1, 200,000 for each shell. ESPALIER_SEED gives
/// another seed.
@Suite(.serialized) struct KeyWalkTests {
  /// What ~/.inputrc says.
  enum InitFile: String, CaseIterable {
    case none, everything, vi

    /// The share of the keys, in hundredths.
    fileprivate var share: Int {
      switch self {
      case .none: 50
      case .everything: 35
      case .vi: 15
      }
    }
  }

  private static let keys =
    ProcessInfo.processInfo.environment["ESPALIER_PROVE"] == "1" ? 200_000 : 2_000
  private static let seed =
    ProcessInfo.processInfo.environment["ESPALIER_SEED"].flatMap { UInt64($0) } ?? 1

  /// Keys after which the program is ended and started anew.
  private static let stretch = 2_000

  @Test(arguments: [["--plain"], []], InitFile.allCases)
  func nothingTypedEndsTheProgramByASignal(shell: [String], file: InitFile) throws {
    let home = try Pseudoterminal.Home()
    let bound = try write(file, to: home)
    var walk = KeyWalk(seed: Self.seed, bound: bound)
    var rest = Self.keys * file.share / 100
    var starts = 0
    while rest > 0 {
      starts += 1
      let typed = try stretch(of: min(rest, Self.stretch), &walk, shell, file, home, starts)
      rest -= max(1, typed)
    }
  }

  /// Each function alone: in a line, in a search, with counts, behind the beginning of a sequence.
  @Test(arguments: [["--plain"], []])
  func everyFunctionInEveryState(shell: [String]) throws {
    let home = try Pseudoterminal.Home()
    let bound = try write(.everything, to: home)
    let states = ["a b", "\u{12}a", "\u{1B}5", "\u{1B}-", "\u{18}", "\u{1D}", "\u{10}x", "\u{16}"]
    var terminal: Pseudoterminal?
    for keys in bound {
      let program = try terminal ?? start(shell, home)
      terminal = program
      for state in states where !program.hasEnded {
        // Ctrl-C drops what has not been read.
        if try program.press(Array((state + keys + "x" + keys + "\r").utf8)) {
          _ = try program.press([3])
        }
      }
      guard program.hasEnded else { continue }
      let ending = try program.end()
      let isRight = if case .exit = ending { true } else { false }
      #expect(isRight, "\(ending) after \(keys.debugDescription) of \(shell)")
      terminal = nil
    }
    guard let terminal else { return }
    terminal.send(SIGTERM)
    let ending = try terminal.end()
    let isRight = if case .exit = ending { true } else { ending == .signal(SIGTERM) }
    #expect(isRight, "\(ending)")
  }

  private func start(_ shell: [String], _ home: Pseudoterminal.Home) throws -> Pseudoterminal {
    try .blind(
      shell, home: home,
      environment: ["INPUTRC": home.folder.appending(path: "inputrc").path])
  }

  /// Types keys to one program until it has left or they are used up; gives how many it was.
  private func stretch(
    of keys: Int, _ walk: inout KeyWalk, _ shell: [String], _ file: InitFile,
    _ home: Pseudoterminal.Home, _ number: Int
  ) throws -> Int {
    let terminal = try start(shell, home)
    var typed: [UInt8] = []
    if number % 3 == 0 {
      // News come in between.
      typed += Array("data xor; input 2; add dense 2\rtrain 1000000 epochs\r".utf8)
      _ = try terminal.press(typed)
    }
    var goesOn = true
    while goesOn, typed.count < keys {
      switch walk.next() {
      case .keys(let keys):
        typed += keys
        goesOn = try terminal.press(keys)
      case .resize(let columns, let rows): terminal.resize(columns: columns, rows: rows)
      case .pause: goesOn = try terminal.press([])
      }
    }
    if !terminal.hasEnded { terminal.send(SIGTERM) }
    let tail = Self.shown(typed.suffix(2500))
    do {
      let ending = try terminal.end()
      let isRight =
        switch ending {
        case .exit: true
        case .signal(let signal): signal == SIGTERM
        }
      #expect(
        isRight, "\(ending) at seed \(Self.seed), start \(number) of \(shell) \(file): \(tail)")
    } catch {
      Issue.record(
        "does not end at seed \(Self.seed), start \(number) of \(shell) \(file): \(tail)")
      throw error
    }
    return typed.count
  }

  /// Writes the init file; gives the key sequences that it binds.
  private func write(_ file: InitFile, to home: Pseudoterminal.Home) throws -> [String] {
    var text = ""
    var bound: [String] = []
    switch file {
    case .none: break
    case .vi: text = "set editing-mode vi\nset show-mode-in-prompt on\n"
    case .everything:
      text = "set blink-matching-paren on\nset enable-active-region on\n"
      for (index, name) in LineEditor.functionNames.enumerated() {
        let letters = [index / 26, index % 26].compactMap { UnicodeScalar(97 + $0) }
        let keys = String(String.UnicodeScalarView(letters))
        for map in ["emacs", "vi-insert", "vi-command"] {
          text += "set keymap \(map)\n\"\\C-x\\C-v\(keys)\": \(name)\n"
        }
        bound.append("\u{18}\u{16}" + keys)
      }
      text += "set keymap emacs\n"
      for (index, macro) in ["print on\\C-p", "\\C-r", "on\\C-m", "\\C-x\\C-vzd"].enumerated() {
        let letter = ["a", "b", "c", "d"][index]
        text += "\"\\C-x\\C-vz\(letter)\": \"\(macro)\"\n"
        bound.append("\u{18}\u{16}z" + letter)
      }
    }
    try Data(text.utf8).write(to: home.folder.appending(path: "inputrc"))
    return bound
  }

  private static func shown(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
      (0x20..<0x7F).contains(byte)
        ? String(UnicodeScalar(byte)) : (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16)
    }.joined()
  }
}
