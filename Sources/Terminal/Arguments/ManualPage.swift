import Sessions

/// The manual page, as `espalier --manual` prints it for man(1): options and commands are those of the tables.
package enum ManualPage {
  /// The page in the words of roff, a line each.
  package static var lines: [String] {
    [".TH ESPALIER 1 \"\" \"espalier \(ProgramVersion.text)\" \"User Commands\""]
      + section("NAME") + ["espalier \\- " + text("compose neural networks at a terminal prompt")]
      + section("SYNOPSIS")
      + [".B espalier", "[\\fIOPTION\\fR ...] [\\fIFILE\\fR [\\fIARGUMENT\\fR ...]]"]
      + section("DESCRIPTION") + [text(ProgramText.summary)]
      + paragraphs([
        ProgramText.inputs,
        "At the prompt, help lists the commands, help conv tells of one layer or command, and lesson "
          + "teaches residual networks in ten lessons.",
      ])
      + section("OPTIONS") + ProgramOption.allCases.flatMap { entry($0.row.usage, $0.row.summary) }
      + section("COMMANDS") + CommandRow.Group.allCases.flatMap(commands)
      + section("EXIT STATUS")
      + ProgramText.statuses.flatMap { entry($0.number, $0.reason.capitalizedStart + ".") }
      + section("ENVIRONMENT") + variables.flatMap { entry($0.0, $0.1) }
      + section("FILES") + files.flatMap { entry($0.0, $0.1) }
      + section("EXAMPLES")
      + ["Two layers, and what they make of an input:", ".PP", ".nf"]
      + [text("espalier -e 'input 1x64' -e 'add conv 10 3; add relu' -e summary"), ".fi", ".PP"]
      + ["A residual network that learns digits:", ".PP", ".nf"]
      + [text("espalier -e 'examples run residual'"), ".fi"]
  }

  private static let variables = [
    ("NO_COLOR", "Where it is set, no colours are used."),
    (
      "ESPALIER_PYTHON",
      "The Python that runs exported code for a comparison; python3 where it is not set."
    ),
    (
      "XDG_STATE_HOME, XDG_CONFIG_HOME",
      "Where the files below lie in place of ~/.local/state and ~/.config."
    ),
  ]

  private static let files = [
    ("~/.config/espalier/rc", "Commands that are run before a prompt."),
    (
      "~/.local/state/espalier",
      "Runs, the history of the prompt, and networks that are kept from session to session."
    ),
  ]

  private static func commands(of group: CommandRow.Group) -> [String] {
    [".SS " + text(group.rawValue)]
      + CommandTable.rows.filter { $0.group == group }
      .flatMap { entry($0.usage, $0.summary.capitalizedStart + ".") }
  }

  private static func section(_ name: String) -> [String] { [".SH " + name] }

  private static func paragraphs(_ texts: [String]) -> [String] {
    texts.flatMap { [".PP", text($0)] }
  }

  private static func entry(_ head: String, _ explanation: String) -> [String] {
    [".TP", "\\fB" + text(head) + "\\fR", text(explanation)]
  }

  /// A text whose signs mean themselves.
  private static func text(_ text: String) -> String {
    var result = text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" : ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "\n": result += " "
      default: result.append(character)
      }
    }
    return result
  }
}

extension String {
  /// With a capital first letter.
  fileprivate var capitalizedStart: String { prefix(1).uppercased() + dropFirst() }
}
