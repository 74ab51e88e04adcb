import Testing

@testable import Terminal

/// What is typed behind the program's name.
@Suite struct ProgramArgumentsTests {
  @Test func optionsStandBeforeTheFile() throws {
    let read = try ProgramArguments([
      "-e", "-x", "--seed=3", "--threads", "2", "-iq", "--plain", "--no-record", "a.esp", "--batch",
      "-e", "--",
    ])
    #expect(read.commands == ["-x"])
    #expect(read.seed == 3 && read.threads == 2)
    #expect(read.flags == [.prompt, .quiet, .plain, .noRecord])
    #expect(read.file == "a.esp")
    #expect(read.arguments == ["--batch", "-e", "--"])
  }

  @Test func dashesAlone() throws {
    #expect(try ProgramArguments(["-", "a"]).file == "-")
    #expect(try ProgramArguments(["--", "-x", "y"]).file == "-x")
    #expect(try ProgramArguments(["--", "-x", "y"]).arguments == ["y"])
    #expect(try ProgramArguments(["--"]).file == nil)
    #expect(try ProgramArguments([""]).file == "")
  }

  @Test func theLastWordHolds() throws {
    #expect(try ProgramArguments(["--no-record", "--record"]).flags == [])
    #expect(try ProgramArguments(["--record", "--no-record"]).flags == [.noRecord])
    #expect(try ProgramArguments(["--seed", "1", "--seed", "2"]).seed == 2)
    #expect(try ProgramArguments(["--version", "--help"]).print == .version)
  }

  @Test func everyOptionIsReadByEachOfItsNames() throws {
    for option in ProgramOption.allCases {
      let values = option.row.choices + ["1"]
      for name in option.row.names {
        let words = [ProgramOption.typed(name)] + (option.row.value == nil ? [] : [values[0]])
        let read = try ProgramArguments(words)
        #expect(read != (try ProgramArguments([])), "\(words)")
      }
    }
  }

  @Test(arguments: [
    (["--nonsense"], "espalier: no option is called --nonsense; try: espalier --help"),
    (["--sed", "3"], "espalier: no option is called --sed; try: espalier --seed"),
    (["--thread=2"], "espalier: no option is called --thread; try: espalier --threads"),
    (["-z"], "espalier: no option is called -z; try: espalier --help"),
    (["-qz"], "espalier: no option is called -z; try: espalier --help"),
    (["--e"], "espalier: no option is called --e; try: espalier --help"),
    (["-e"], "espalier: -e expects a command, found nothing; try: espalier -e 'input 1x64'"),
    (["-eq"], "espalier: -e expects a command, found nothing; try: espalier -e 'input 1x64'"),
    (["--plain=3"], "espalier: --plain takes no value, found 3; try: espalier --plain"),
    (
      ["--seed", "-1"],
      "espalier: --seed expects a whole number from 0 to 18446744073709551615, found -1; "
        + "try: espalier --seed 1"
    ),
    (
      ["--threads="],
      "espalier: --threads expects a number from 1 to 256, found ; try: espalier --threads 2"
    ),
    (
      ["--completion", "tcsh"],
      "espalier: --completion expects bash, zsh, fish, found tcsh; try: espalier --completion bash"
    ),
  ])
  func refusals(words: [String], message: String) throws {
    let problem = #expect(throws: ArgumentProblem.self) { try ProgramArguments(words) }
    #expect(problem?.message == message)
    // What is to be tried can be typed.
    let offer = try #require(message.split(separator: "espalier ").last)
    let typed = offer.split(separator: " ", maxSplits: 1).map { $0.trimming("'") }
    let option = try #require(ProgramOption.allCases.first { $0.row.usage.contains(typed[0]) })
    let value = option.row.value == nil || typed.count > 1 ? [] : ["1"]
    #expect(throws: Never.self) { try ProgramArguments(typed + value) }
  }
}

extension Substring {
  /// Without a sign at both ends.
  fileprivate func trimming(_ sign: Character) -> String {
    var text = self
    if text.first == sign { text.removeFirst() }
    if text.last == sign { text.removeLast() }
    return String(text)
  }
}
