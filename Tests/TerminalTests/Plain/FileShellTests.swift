import Foundation
import Sessions
import Terminal
import Testing

/// Files, `-e` and standard input, run on an application that repeats what it is told.
@Suite struct FileShellTests {
  /// What a run of inputs came to.
  private struct Result {
    var status: Ending
    var output: String
    var errors: String
    var sources: [Source]
  }

  private func run(_ inputs: [FileShell.Input], standardInput: String = "") throws -> Result {
    let streams = try Streams()
    let surroundings = Surroundings(
      inputIsTerminal: false, outputIsTerminal: false, errorIsTerminal: false)
    let printer = Printer(surroundings, output: streams.output, errors: streams.errors)
    let parrot = Parrot()
    let file = streams.folder.appending(path: "input")
    try Data(standardInput.utf8).write(to: file)
    let input = open(file.path, O_RDONLY | O_CLOEXEC)
    defer { close(input) }
    let runner = try #require(SourceRunner(parrot, printer: printer))
    let shell = FileShell(parrot, printer: printer, runner: runner, input: input)
    let status = shell.run(inputs) ?? shell.finish()
    return Result(
      status: status, output: try streams.text("output"), errors: try streams.text("errors"),
      sources: parrot.sources)
  }

  @Test(arguments: [
    (["one; two", "three"], Ending.good, "one\ntwo\nthree\n"),
    (["one; fail; two", "three"], .failed, "one\n"),
    (["one", "expect", "three"], .unexpected, "one\n"),
    (["one; stop", "three"], .interrupted, "one\n"),
    (["one; quit", "three"], .given(0), "one\n"),
    (["one; quit 300", "three"], .given(300), "one\n"),
    (["one; notice", "two"], .good, "one\nnoticed\ntwo\n"),
    (["one; omen", "two"], .failed, "one\nan omen\n"),
  ])
  func stopsAtTheFirstFailure(texts: [String], status: Ending, output: String) throws {
    let result = try run(texts.map(FileShell.Input.text))
    #expect(result.status == status)
    #expect(result.output == output)
    #expect(result.errors == "")
  }

  @Test(arguments: [
    (Ending.good, 0), (.failed, 1), (.usage, 2), (.unexpected, 3), (.interrupted, 130),
    (.given(7), 7), (.given(300), 44), (.given(-1), 255),
  ])
  func endsWithTheNumbersOfTheManual(status: Ending, number: Int) {
    #expect(Int(status.number) == number)
  }

  @Test func runsFilesWithTheirArguments() throws {
    let streams = try Streams()
    let path = streams.folder.appending(path: "first file.esp").path
    try Data("#!/usr/bin/env espalier\ntree $2".utf8).write(to: URL(filePath: path))
    let result = try run([.file(path, arguments: ["a", "b"])])
    #expect(result.status == .good)
    #expect(
      result.sources == [
        Source("#!/usr/bin/env espalier\ntree $2", from: .file(path), arguments: ["a", "b"])
      ])
  }

  @Test(
    "Arguments that a file does not use are refused",
    arguments: [
      (
        "tree", ["bad.esp"],
        "PATH uses no argument, found bad.esp: one file at a time; "
          + "try: espalier PATH && espalier bad.esp"
      ),
      (
        "add conv $1 3", ["8", "--json", "-q"],
        "PATH uses one argument, found --json: options stand before the file; "
          + "try: espalier --json -q PATH 8"
      ),
      (
        "print ${2} $(2 * $1)", ["8", "9", "-e", "tree"],
        "PATH uses 2 arguments, found -e: options stand before the file; "
          + "try: espalier -e tree PATH 8 9"
      ),
    ])
  func refusesUnusedArguments(text: String, arguments: [String], message: String) throws {
    let streams = try Streams()
    let path = streams.folder.appending(path: "file.esp").path
    try Data(text.utf8).write(to: URL(filePath: path))
    let result = try run([.file(path, arguments: arguments), .text("two")])
    #expect(result.status == .usage)
    #expect(result.output == "")
    #expect(
      result.errors == "espalier: \(message.replacingOccurrences(of: "PATH", with: path))\n")
  }

  @Test func takesAnyNumberOfArgumentsWhereAFileCountsThem() throws {
    let streams = try Streams()
    let path = streams.folder.appending(path: "file.esp").path
    try Data("print $#".utf8).write(to: URL(filePath: path))
    #expect(try run([.file(path, arguments: ["a", "b"])]).status == .good)
  }

  @Test func saysWhichFileCannotBeRead() throws {
    let result = try run([.text("one"), .file("/no/such.esp", arguments: []), .text("two")])
    #expect(result.status == .usage)
    #expect(result.output == "one\n")
    #expect(result.errors == "espalier: cannot read /no/such.esp: No such file or directory\n")
    let folder = try run([.file("/", arguments: [])])
    #expect(folder.errors == "espalier: cannot read /: Is a directory\n")
  }

  @Test func runsStandardInputStatementByStatement() throws {
    let text = "one\n\nrepeat {\n  two\n}\nfail\nthree\n"
    for input in [FileShell.Input.standardInput, .file("-", arguments: [])] {
      let result = try run([input], standardInput: text)
      #expect(result.status == .failed)
      #expect(
        result.sources == [
          Source("one", from: .standardInput),
          Source("repeat {\n  two\n}", from: .standardInput, firstLine: 3),
          Source("fail", from: .standardInput, firstLine: 6),
        ])
    }
  }

  @Test func waitsForRunsWithALineForEachEpoch() throws {
    let result = try run([.text("train 3; done")])
    #expect(result.status == .good)
    #expect(result.output == "done\n")
    #expect(
      result.errors == """
        epoch 1/3  step 10  loss 0.5000  100 samples/s
        epoch 2/3  step 20  loss 0.5000  100 samples/s
        epoch 3/3  step 30  loss 0.5000  100 samples/s

        """)
  }

  @Test func waitsAtTheEndForRunsInTheBackground() throws {
    let result = try run([.text("train 2000 &; done; notice")])
    #expect(result.status == .good)
    #expect(result.output == "done\nnoticed\n")
  }

  @Test func plansTheShellsThatSuit() {
    let terminal = Surroundings()
    let pipe = Surroundings(inputIsTerminal: false)
    let file = FileShell.Input.file("a.esp", arguments: [])
    func plan(_ program: Program, _ surroundings: Surroundings) -> Program.Plan {
      program.plan(surroundings)
    }
    #expect(plan(Program(), terminal) == .init(inputs: [], hasPrompt: true))
    #expect(plan(Program(), pipe) == .init(inputs: [.standardInput], hasPrompt: false))
    #expect(
      plan(Program(isBatch: true), terminal) == .init(inputs: [.standardInput], hasPrompt: false))
    #expect(plan(Program(inputs: [file]), terminal) == .init(inputs: [file], hasPrompt: false))
    #expect(
      plan(Program(inputs: [file], staysInteractive: true), terminal)
        == .init(inputs: [file], hasPrompt: true))
    #expect(
      plan(Program(staysInteractive: true), pipe) == .init(inputs: [], hasPrompt: true))
  }

  @Test func findsTheStartUpFile() {
    #expect(Program.startUpPath(configHome: "/c", home: "/h") == "/c/espalier/rc")
    #expect(Program.startUpPath(configHome: "c", home: "/h") == "/h/.config/espalier/rc")
    #expect(Program.startUpPath(configHome: nil, home: nil) == nil)
  }
}
