import Foundation
import Sessions
import Testing

@testable import Terminal

/// Help, manual page and completion, which are made of the tables.
@Suite struct ProgramTextTests {
  @Test func help() {
    #expect(
      ProgramHelp.lines(columns: 80).joined(separator: "\n") == """
        Compose neural networks at a prompt, see every shape, watch the loss run.

        usage: espalier [OPTION…] [FILE [ARGUMENT…]]

        Without a file: a full screen on a terminal, or commands from standard input.
        FILE - is standard input. ARGUMENT… is what $1 $2 … stand for in the file.

        options:
          -e COMMAND          Run a command; may be repeated.
          -i                  Stay at a prompt after the file.
          --plain             A readline prompt without panes.
          --batch             Never ask, no colour.
          --json              Answer in JSON, a line for each command.
          -q, --quiet         No word of how far training is.
          --times             Tell how long training took in files and pipes, too, where
                              it is left out.
          --seed N            The seed of all random numbers.
          --threads N         Threads for large networks, 1 to 256.
          --no-record         Do not remember runs for the command runs.
          --check             Only parse and check shapes; a lesson is typed through.
          --completion SHELL  Print what completes these options in bash, zsh or fish.
          --manual            Print the manual page, for man(1).
          --version           Print the version, and those of the libraries.
          -h, --help          Print this.

        exit status:
          0    all went well
          1    a command failed
          2    usage, or a file that cannot be read
          3    an expect failed
          130  interrupted

        Type help at the prompt for the commands.
        """)
  }

  @Test(arguments: [40, 60, 80, 200])
  func helpFits(columns: Int) {
    #expect(ProgramHelp.lines(columns: columns).allSatisfy { $0.count <= columns })
  }

  /// The lines that begin the entries of a page, as they are read.
  private func heads(_ lines: [String]) -> [String] {
    zip(lines, lines.dropFirst()).filter { $0.0 == ".TP" }.map { _, head in
      head.replacing("\\fB", with: "").replacing("\\fR", with: "").replacing("\\-", with: "-")
        .replacing("\\(ti", with: "~").replacing("\\(aq", with: "'")
    }
  }

  @Test func theManualPageHasEveryOptionAndCommand() {
    let heads = heads(ManualPage.lines)
    for option in ProgramOption.allCases { #expect(heads.contains(option.row.usage)) }
    for row in CommandTable.rows { #expect(heads.contains(row.usage), "\(row.usage)") }
  }

  @Test func theManualPageIsRoff() throws {
    let lines = ManualPage.lines
    #expect(lines[0] == ".TH ESPALIER 1 \"\" \"espalier \(ProgramVersion.text)\" \"User Commands\"")
    let requests: Set = [".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".nf", ".fi"]
    for line in lines {
      let isRequest = line.hasPrefix(".") || line.hasPrefix("'")
      #expect(
        !isRequest || requests.contains(String(line.prefix { $0 != " " })), "\(line)")
      #expect(!line.isEmpty && !line.contains("\n"), "\(line)")
    }
  }

  @Test func versions() {
    let lines = VersionText.lines
    #expect(lines[0] == "espalier \(ProgramVersion.text)")
    let names = ["oneDNN", "vector instructions", "MPI", "GNU readline", "ncurses"]
    #expect(lines.count == names.count + 1)
    for (line, name) in zip(lines.dropFirst(), names) {
      #expect(line.hasPrefix(name + " ") && line.count > name.count + 1, "\(line)")
    }
  }

  @Test(arguments: CompletionScript.Shell.allCases)
  func completionKnowsEveryOption(shell: CompletionScript.Shell) {
    let text = CompletionScript.lines(for: shell).joined(separator: "\n")
    for option in ProgramOption.allCases {
      for name in option.row.names {
        let typed =
          switch shell {
          case .bash, .zsh: ProgramOption.typed(name)
          case .fish: (name.count == 1 ? "-s " : "-l ") + name
          }
        #expect(text.contains(typed), "\(typed)")
      }
      if shell != .bash { #expect(text.contains(option.row.summary)) }
    }
  }

  /// What a shell prints, or nothing where it is not there.
  private func run(_ shell: String, _ script: String, _ arguments: String...) throws -> String? {
    let folders = ["/bin/", "/usr/bin/", "/opt/homebrew/bin/"]
    guard
      let path = folders.map({ $0 + shell }).first(where: FileManager.default.isExecutableFile)
    else { return nil }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = ["-c", script] + arguments
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }

  @Test(arguments: [
    (["--se"], "--seed"), (["--completion", ""], "bash zsh fish"), (["-e", "x", "--js"], "--json"),
    (["--seed", ""], ""), (["-"], "-e -i"), (["--threads", "2", "fi"], "first.esp"),
    (["f.esp", "--ba"], ""), (["f.esp", "s"], "second.txt"), (["d"], "deeper"),
  ])
  func bashCompletes(words: [String], expected: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "deeper"), withIntermediateDirectories: true)
    for name in ["first.esp", "second.txt"] {
      try Data().write(to: folder.appending(path: name))
    }
    let script = CompletionScript.lines(for: .bash).joined(separator: "\n")
    let call = """
      \(script)
      cd "$0" || exit
      COMP_WORDS=(espalier "$@") COMP_CWORD=$#
      _espalier
      echo "${COMPREPLY[*]}"
      """
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    guard FileManager.default.isExecutableFile(atPath: "/bin/bash") else { return }
    process.arguments = ["-c", call, folder.path] + words
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let found = String(decoding: output, as: UTF8.self).split(separator: "\n").joined()
    #expect(expected == "-e -i" ? found.hasPrefix(expected) : found == expected)
  }

  @Test(arguments: ["zsh", "fish"])
  func otherShellsTakeTheirScripts(name: String) throws {
    let shell = try #require(CompletionScript.Shell(rawValue: name))
    let script = CompletionScript.lines(for: shell).joined(separator: "\n")
    // Zsh has _arguments only where it completes, so there a function of that name stands in.
    let said = try run(name, name == "zsh" ? "_arguments() { }; \(script)" : script)
    #expect(said == nil || said == "")
  }
}
