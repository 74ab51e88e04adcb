/// An option of the program, which is typed before a file.
///
/// Reading, help, the manual page and completion all follow from `row`.
package enum ProgramOption: CaseIterable, Sendable {
  case command, prompt, plain, batch, json, quiet, times, seed, threads, noRecord, check
  case completion, manual, version, help

  /// What there is to say of an option.
  package struct Row: Sendable {
    /// The names that it may be typed by, without dashes; one letter for one dash, more for two.
    package let names: [String]

    /// What stands for its value in texts, in capitals; nothing for one that takes none.
    package let value: String?

    /// The words that its value may be; none where it may be others.
    package let choices: [String]

    /// What it does, a sentence.
    package let summary: String

    init(
      _ names: [String], value: String? = nil, among choices: [String] = [], _ summary: String
    ) {
      self.names = names
      self.value = value
      self.choices = choices
      self.summary = summary
    }

    /// `-q, --quiet`, `--seed N`.
    package var usage: String {
      names.map(ProgramOption.typed).joined(separator: ", ") + (value.map { " " + $0 } ?? "")
    }
  }

  /// What there is to say of it.
  package var row: Row {
    switch self {
    case .command: Row(["e"], value: "COMMAND", "Run a command; may be repeated.")
    case .prompt: Row(["i"], "Stay at a prompt after the file.")
    case .plain: Row(["plain"], "A readline prompt without panes.")
    case .batch: Row(["batch"], "Never ask, no colour.")
    case .json: Row(["json"], "Answer in JSON, a line for each command.")
    case .quiet: Row(["q", "quiet"], "No word of how far training is.")
    case .times:
      Row(["times"], "Tell how long training took in files and pipes, too, where it is left out.")
    case .seed: Row(["seed"], value: "N", "The seed of all random numbers.")
    case .threads: Row(["threads"], value: "N", "Threads for large networks, 1 to 256.")
    case .noRecord: Row(["no-record"], "Do not remember runs for the command runs.")
    case .check: Row(["check"], "Only parse and check shapes; a lesson is typed through.")
    case .completion:
      Row(
        ["completion"], value: "SHELL", among: CompletionScript.Shell.allCases.map(\.rawValue),
        "Print what completes these options in bash, zsh or fish.")
    case .manual: Row(["manual"], "Print the manual page, for man(1).")
    case .version: Row(["version"], "Print the version, and those of the libraries.")
    case .help: Row(["h", "help"], "Print this.")
    }
  }

  /// A name as it is typed, with its dashes.
  static func typed(_ name: String) -> String { (name.count == 1 ? "-" : "--") + name }

  /// The option of a name without dashes.
  init?(named name: String) {
    guard let option = Self.allCases.first(where: { $0.row.names.contains(name) }) else {
      return nil
    }
    self = option
  }
}
