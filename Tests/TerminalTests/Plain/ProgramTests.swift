import Foundation
import Terminal
import Testing

/// The built program without a prompt: arguments, files, pipes, and the status it ends with.
@Suite(.serialized) struct ProgramTests {
  private let home: Pseudoterminal.Home

  init() throws { home = try Pseudoterminal.Home() }

  /// Runs the program on a terminal and gives its ending and what is on the screen.
  private func run(_ arguments: String...) throws -> (Pseudoterminal.Ending, String) {
    let terminal = try Pseudoterminal(
      espalier: arguments, home: home, environment: ["NO_COLOR": "1"], columns: 100)
    let ending = try terminal.end()
    return (ending, terminal.screen.text)
  }

  /// Runs a shell command in which `$ESPALIER` is the program.
  private func shell(_ command: String) throws -> (Pseudoterminal.Ending, String) {
    let program = try Pseudoterminal.espalier()
    let terminal = try Pseudoterminal(
      "/bin/sh", ["-c", command],
      environment: home.environment(["ESPALIER": program, "NO_COLOR": "1"]), columns: 150)
    let ending = try terminal.end()
    return (ending, terminal.screen.text)
  }

  /// All that the program writes to a pipe.
  private func output(_ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: try Pseudoterminal.espalier())
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func file(_ name: String, _ text: String) throws -> String {
    let file = home.folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  @Test func hasRoomForFilesWithinFilesWhereTheStackIsSmall() throws {
    let path = try file("self.esp", "source self.esp\n")
    let (ending, text) = try shell("ulimit -S -s 1024; exec \"$ESPALIER\" \(path)")
    #expect(ending == .exit(1))
    #expect(text.contains("error[E-LIMIT]: more than 160 blocks and files run within each other"))
  }

  @Test func endsWithTheStatusOfTheManual() throws {
    #expect(try run("-e", "print good") == (.exit(0), "good"))
    #expect(try run("-e", "quit 9", "-e", "print no") == (.exit(9), ""))
    #expect(
      try run("-e", "expect 1 == 2", "-e", "print no") == (
        .exit(3),
        """
        -e:1:8: error[E-EXPECT]: expected 1 == 2, found 1
          expect 1 == 2
                 ^~~~~~
        """
      ))
    #expect(try run("-e", "nonsense").0 == .exit(1))
    #expect(
      try run("/no/such.esp") == (
        .exit(2), "espalier: cannot read /no/such.esp: No such file or directory"
      ))
    #expect(
      try run("--nonsense") == (
        .exit(2),
        """
        Error: Unknown option '--nonsense'
        Usage: espalier [options] [FILE [ARG…]]
          See 'espalier --help' for more information.
        """
      ))
    #expect(
      try run("--threads", "0").1.hasPrefix(
        "Error: --threads expects a number from 1 to 256, found 0"))
  }

  @Test func tellsOptionsFromTheArgumentsOfAFile() throws {
    let path = try file("words.esp", "print $1 $2 $3\n")
    #expect(try run(path, "a", "--seed", "-e") == (.exit(0), "a --seed -e"))
    #expect(try run("--batch", "-e", "print first", path, "1", "2", "3").1 == "first\n1 2 3")
    let (ending, version) = try run("--version")
    #expect(ending == .exit(0))
    let names = ["espalier", "oneDNN", "vector instructions", "MPI", "GNU readline", "ncurses"]
    let lines = version.split(separator: "\n")
    #expect(lines.count == names.count)
    for (line, name) in zip(lines, names) { #expect(line.hasPrefix(name + " "), "\(line)") }
  }

  @Test func usesTheInstructionsThatAreAskedFor() throws {
    let (ending, text) = try run(
      "--instructions", "baseline", "-e", "data moons", "-e", "input 2", "-e", "add dense 2", "-e",
      "plan steps=2")
    #expect(ending == .exit(0))
    #expect(text.contains("this machine, baseline: "))
    let sets = ["avx512, avx2, baseline", "avx2, baseline", "baseline"]
    for (command, asked, offer) in [
      ("$ESPALIER --instructions sse9 -e 'print 1'", "--instructions", "espalier --instructions "),
      (
        "ESPALIER_INSTRUCTIONS=sse9 $ESPALIER -e 'print 1'", "ESPALIER_INSTRUCTIONS",
        "ESPALIER_INSTRUCTIONS="
      ),
    ] {
      let refusal = try shell(command)
      #expect(refusal.0 == .exit(2))
      #expect(
        sets.contains {
          refusal.1.hasPrefix(
            "Error: \(asked) expects a set that is available (\($0)), found sse9; "
              + "try: \(offer)\($0.prefix { $0 != "," })\n")
        }, "\(refusal.1)")
    }
  }

  @Test func helpManualAndCompletionHaveTheSameOptions() throws {
    let help = try output("--help")
    let manual = try output("--manual").replacing("\\-", with: "-")
    let completion = try output("--generate-completion-script", "bash")
    for option in ProgramOption.allCases {
      #expect(manual.contains("\\fB\(option.row.usage)\\fR"), "\(option)")
      for name in option.row.names {
        #expect(help.contains(name), "\(name)")
        #expect(completion.contains(name), "\(name)")
      }
    }
    let known = Set(ProgramOption.allCases.flatMap(\.row.names))
    for word in help.split(whereSeparator: { " \n,/[]()".contains($0) })
    where word.hasPrefix("--") { #expect(known.contains(String(word)), "\(word)") }
  }

  @Test func placesErrorsOfStandardInput() throws {
    let (ending, text) = try shell(
      "printf 'print a\\n\\n\\nprint b; nonsense\\nprint c\\n' | $ESPALIER")
    #expect(ending == .exit(1))
    #expect(
      text.hasPrefix("a\nb\nstandard input:4:10: error[E-NAME]: no command is called nonsense"))
    #expect(try shell("echo 'print piped' | $ESPALIER -").1 == "piped")
    #expect(try shell("$ESPALIER </dev/null; echo $?").1 == "0")
  }

  @Test func endsQuietlyWhenNobodyReads() throws {
    let loop = "$ESPALIER -e 'for i in 1..100000 { print $i }'"
    #expect(try shell("{ \(loop); echo $? >&2; } | head -n 1") == (.exit(0), "1\n141"))
    #expect(try shell("trap '' PIPE; { \(loop); echo $? >&2; } | head -n 1").1 == "1\n141")
  }

  @Test func saysWhenAnswersCannotBeWritten() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let (ending, text) = try shell("$ESPALIER -e 'print lost' >/dev/full")
    #expect(ending == .exit(1))
    #expect(text == "espalier: cannot write the answer: No space left on device")
  }

  @Test(arguments: ["--help", "-h", "--version", "--manual"])
  func saysWhenItsTextsCannotBeWritten(option: String) throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let (ending, text) = try shell("$ESPALIER \(option) >/dev/full")
    #expect(ending == .exit(1))
    #expect(text == "espalier: cannot write the answer: No space left on device")
    #expect(try shell("$ESPALIER \(option) >/dev/null") == (.exit(0), ""))
  }

  @Test func trainsWithABarThatGoesAway() throws {
    let path = try file(
      "train.esp", "data digits; input 1x8x8; add dense 10; train 1000000 epochs; print no\n")
    let terminal = try Pseudoterminal(espalier: [path], home: home, columns: 150)
    try terminal.until("the bar is drawn") { $0.line($0.row).contains("/1,000,000  ░") }
    #expect(terminal.screen.line(terminal.screen.row).hasPrefix("epoch "))
    terminal.send(SIGINT)
    #expect(try terminal.end() == .exit(130))
    #expect(!terminal.screen.text.contains("░"))
    #expect(terminal.screen.text.contains("stopped, everything learned is kept"))
    #expect(!terminal.screen.text.contains("\nno"))
  }

  @Test func interruptsWhatIsBusy() throws {
    let terminal = try Pseudoterminal(
      espalier: ["-e", "print begun; for i in 1..1000 { for k in 1..1000 { let x = $i } }"],
      home: home, blocking: [SIGINT])
    try terminal.until(showing: "begun")
    try terminal.type("\u{3}")
    #expect(try terminal.end() == .exit(130))
  }

  @Test func reportsEachEpochWhereThereIsNoTerminal() throws {
    let (ending, text) = try shell(
      "$ESPALIER -e 'data digits; input 1x8x8; add dense 10; train 3 epochs' 2>&1 >/dev/null | cat")
    #expect(ending == .exit(0))
    let lines = text.split(separator: "\n")
    #expect(lines.count == 3)
    for (index, line) in lines.enumerated() {
      #expect(line.hasPrefix("epoch \(index + 1)/3  step \(45 * (index + 1))  loss "))
    }
  }

  @Test("a thousand tiny epochs have about twenty lines, and the answer is the same in each run")
  func manyEpochs() throws {
    let script =
      "data moons count=20; add dense 2; train 1000; train 100000 until epochs >= 700"
    let (ending, text) = try shell("$ESPALIER -e '\(script)' 2>&1 >/dev/null | cat")
    #expect(ending == .exit(0))
    let lines = text.split(separator: "\n")
    #expect(lines.count < 80, "\(lines.count)")
    #expect(lines.contains { $0.hasPrefix("epoch 1,000/1,000  ") })
    #expect(lines.last?.hasPrefix("epoch 700") == true, "\(lines.last ?? "")")
    let answer = try shell("$ESPALIER -q -e '\(script)' 2>&1 | grep trained").1
    #expect(try shell("$ESPALIER -q -e '\(script)' 2>&1 | grep trained").1 == answer)
    #expect(!answer.contains("steps/s"), "\(answer)")
    let timed = try shell("$ESPALIER -q --times -e '\(script)' 2>&1 | grep trained").1
    #expect(timed.contains("steps/s"), "\(timed)")
  }
}
