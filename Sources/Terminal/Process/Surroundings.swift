#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a shell has to know of where it runs.
package struct Surroundings: Sendable, Hashable {
  /// Which of standard input, output and error are terminals.
  package var inputIsTerminal: Bool
  package var outputIsTerminal: Bool
  package var errorIsTerminal: Bool

  /// The kind of terminal, by its name in the terminal database; empty where unknown.
  package var terminal: String

  /// Whether the user wants no colour.
  package var forbidsColour: Bool

  /// Whether text is written in UTF-8.
  package var isUTF8: Bool

  /// Surroundings made up of facts; by default a terminal of today.
  package init(
    inputIsTerminal: Bool = true, outputIsTerminal: Bool = true, errorIsTerminal: Bool = true,
    terminal: String = "xterm-256color", forbidsColour: Bool = false, isUTF8: Bool = true
  ) {
    self.inputIsTerminal = inputIsTerminal
    self.outputIsTerminal = outputIsTerminal
    self.errorIsTerminal = errorIsTerminal
    self.terminal = terminal
    self.forbidsColour = forbidsColour
    self.isUTF8 = isUTF8
  }

  /// The surroundings of this process; takes over the locale's characters, and those only.
  package static func ofProcess() -> Surroundings {
    setlocale(LC_CTYPE, "")
    var surroundings = Surroundings(
      inputIsTerminal: isatty(STDIN_FILENO) == 1, outputIsTerminal: isatty(STDOUT_FILENO) == 1,
      errorIsTerminal: isatty(STDERR_FILENO) == 1, terminal: variable("TERM") ?? "",
      forbidsColour: variable("NO_COLOR") != nil, isUTF8: codesetIsUTF8)
    // Open MPI reads output through a terminal of its own, wherever it goes from there.
    if Launch.ofProcess() != nil, !surroundings.inputIsTerminal {
      (surroundings.outputIsTerminal, surroundings.errorIsTerminal) = (false, false)
    }
    return surroundings
  }

  /// Whether the locale in force writes text in UTF-8.
  static var codesetIsUTF8: Bool {
    nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } == "UTF-8"
  }

  /// Whether the terminal can do more than print line after line.
  package var canMoveCursor: Bool { !["", "dumb", "unknown"].contains(terminal) }

  /// Whether a full screen can be shown and used.
  package var canShowPanes: Bool { inputIsTerminal && outputIsTerminal && canMoveCursor }

  /// The colours that the terminal knows and the user wants.
  package var palette: Palette {
    forbidsColour ? .none : terminal.contains("256color") ? .colours256 : .colours8
  }

  /// How answers are written.
  package var outputStyle: AnsiStyle {
    outputIsTerminal && canMoveCursor ? .palette(palette) : .bare
  }

  /// How errors and progress are written.
  package var errorStyle: AnsiStyle {
    errorIsTerminal && canMoveCursor ? .palette(palette) : .bare
  }

  /// A variable of the environment that is set and not empty.
  package static func variable(_ name: String) -> String? {
    guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
    return value
  }
}
