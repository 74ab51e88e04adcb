/// An option of the program, which is typed before a file: what help and the manual page say of it.
package enum ProgramOption: CaseIterable, Sendable {
  case command, prompt, plain, batch, json, quiet, times, seed, threads, instructions, record
  case check, manual, version, help

  /// What there is to say of an option.
  package struct Row: Sendable {
    /// How it is typed, without its value.
    package let names: [String]

    /// What stands for its value in texts; nothing for one that takes none.
    package let value: String?

    /// What it does, a sentence.
    package let summary: String

    init(_ names: [String], value: String? = nil, _ summary: String) {
      self.names = names
      self.value = value
      self.summary = summary
    }

    /// `-q, --quiet`, `--seed <seed>`.
    package var usage: String {
      names.joined(separator: ", ") + (value.map { " <\($0)>" } ?? "")
    }
  }

  /// What there is to say of it.
  package var row: Row {
    switch self {
    case .command: Row(["-e"], value: "command", "Run a command; may be repeated.")
    case .prompt: Row(["-i"], "Stay at a prompt after the file.")
    case .plain: Row(["--plain"], "A readline prompt without panes.")
    case .batch: Row(["--batch"], "Never ask, no colour.")
    case .json: Row(["--json"], "Answer in JSON, a line for each command.")
    case .quiet: Row(["-q", "--quiet"], "No word of how far training is.")
    case .times:
      Row(["--times"], "Tell how long training took in files and pipes, too, where it is left out.")
    case .seed: Row(["--seed"], value: "seed", "The seed of all random numbers.")
    case .threads: Row(["--threads"], value: "threads", "Threads for large networks, 1 to 256.")
    case .instructions:
      Row(
        ["--instructions"], value: "set",
        "Instructions of the processor: avx512, avx2 or baseline; else the most that it has.")
    case .record:
      Row(["--record", "--no-record"], "Whether runs are remembered, for the command runs.")
    case .check: Row(["--check"], "Only parse and check shapes; a lesson is typed through.")
    case .manual: Row(["--manual"], "Print the manual page, for man(1).")
    case .version: Row(["--version"], "Print the version, and those of the libraries.")
    case .help: Row(["-h", "--help"], "Show help information.")
    }
  }
}
