import Language

/// A command file that is gone through statement by statement.
struct FileWalk: Sendable {
  let statements: [Statement]
  let arguments: [Atom]
  let folder: String

  /// The word that names the file.
  let file: Word
}

/// What a key says before a statement of a file runs.
package enum WalkKey: Hashable, Sendable {
  /// Runs it.
  case goOn

  /// Takes back the one before it.
  case takeBack

  /// Leaves the file.
  case leave

  /// What a key of a keyboard says; nothing where it says nothing.
  package init?(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\r"), UInt8(ascii: "\n"): self = .goOn
    case 0x7F, 0x08: self = .takeBack
    case UInt8(ascii: "q"), UInt8(ascii: "Q"), 0x04: self = .leave
    default: return nil
    }
  }
}

extension Session {
  /// Goes through a file, a key for each statement.
  ///
  /// - Throws: The diagnostic of a statement that was refused, or that nobody can press a key.
  func walk(_ walk: FileWalk, with interpreter: inout Interpreter) throws {
    let outer = folder
    folder = walk.folder
    defer { folder = outer }
    var states: [SessionState] = []
    while states.count < walk.statements.count {
      let statement = walk.statements[states.count]
      guard let key = console?.key(before: Self.shown(statement, glyphs)) else {
        throw Diagnostic(
          .state, "step=yes waits for keys, and no terminal is there to press them at",
          at: walk.file.range, offers: ["source \(walk.file.text)"])
      }
      if isInterrupted { return }
      switch key {
      case .goOn:
        states.append(state)
        try run(statement, of: walk, with: &interpreter)
      case .takeBack: takeBack(&states, of: walk, with: &interpreter)
      case .leave:
        let line = statement.range.source.position(at: statement.range.lowerBound).line
        show(Report([StyledText("left before line \(line)", .dim)]))
        return
      }
    }
  }

  /// Runs one statement of a file, so that `undo` takes back it alone.
  ///
  /// - Throws: The diagnostic that refuses it, with the file that it stands in.
  func run(_ statement: Statement, of walk: FileWalk, with interpreter: inout Interpreter) throws {
    var host = SessionHost(session: self)
    checkpoint = state
    do {
      try interpreter.run([statement], arguments: walk.arguments, host: &host)
    } catch var diagnostic as Diagnostic {
      diagnostic.addSource(walk.file)
      throw diagnostic
    }
    state.environment = interpreter.environment
    remember(before: Self.firstLine(of: statement.range.text))
    checkpoint = state
  }

  private func takeBack(
    _ states: inout [SessionState], of walk: FileWalk, with interpreter: inout Interpreter
  ) {
    if trainer.isRunning {
      return show(Report([StyledText("a run goes on; take back after it", .warning)]))
    }
    guard let before = states.popLast() else {
      return show(Report([StyledText("this is the first line", .dim)]))
    }
    state = before
    interpreter.environment = state.environment
    let command = Self.firstLine(of: walk.statements[states.count].range.text)
    show(Report([StyledText("undone: \(command)", .dim)]))
  }

  /// A statement as it is shown before it runs: an empty line, then its own.
  private static func shown(_ statement: Statement, _ glyphs: Glyphs) -> [StyledText] {
    let sign = glyphs == .unicode ? "▶ " : "> "
    let lines = statement.range.text.split(separator: "\n", omittingEmptySubsequences: false)
    return [StyledText()]
      + lines.enumerated().map { index, line in
        var shown = StyledText(index == 0 ? sign : "  ", .good)
        shown.append(String(line), .emphasis)
        return shown
      }
  }
}
