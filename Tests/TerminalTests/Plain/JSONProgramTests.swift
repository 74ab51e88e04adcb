import Foundation
import Sessions
import Terminal
import Testing

/// `--json`: what the program writes for other programs.
@Suite(.serialized) struct JSONProgramTests {
  private let home: Pseudoterminal.Home

  init() throws { home = try Pseudoterminal.Home() }

  /// Runs a shell command in which `$ESPALIER` is the program.
  private func shell(_ command: String) throws -> (Pseudoterminal.Ending, String) {
    let program = try Pseudoterminal.espalier()
    let terminal = try Pseudoterminal(
      "/bin/sh", ["-c", command], environment: home.environment(["ESPALIER": program]),
      columns: 400)
    let ending = try terminal.end()
    return (ending, terminal.screen.text)
  }

  @Test func theAnswersOfAProgramAreJSONToTheError() throws {
    #expect(
      try shell("$ESPALIER --json -e 'print good' -e 'expect 1 == 2' -e 'print no'") == (
        .exit(3),
        #"""
        {"espalier":1,"command":"print","typed":"print good","ok":true,"text":["good"],"data":null}
        {"espalier":1,"command":"expect","typed":"expect 1 == 2","ok":false,"error":{"code":"E-EXPECT","message":"expected 1 == 2, found 1","file":"-e","line":1,"column":8,"notes":[],"offers":[]}}
        """#
      ))
    #expect(
      try shell("printf 'print a\\nquit 7\\nprint b\\n' | $ESPALIER --json") == (
        .exit(7),
        #"""
        {"espalier":1,"command":"print","typed":"print a","ok":true,"text":["a"],"data":null}
        {"espalier":1,"command":"quit","typed":"quit 7","ok":true,"text":[],"data":null}
        """#
      ))
    #expect(
      try shell("$ESPALIER --json /no/such.esp") == (
        .exit(2),
        #"{"espalier":1,"command":null,"typed":null,"ok":false,"error":{"code":"E-FILE","message":"cannot read /no/such.esp: No such file or directory","file":null,"line":null,"column":null,"notes":[],"offers":[]}}"#
      ))
  }

  @Test func standardErrorIsEmptyAndEpochsAreEvents() throws {
    let run = "$ESPALIER --json -e 'data moons count=40; add dense 2; train 2; nonsense'"
    #expect(try shell("\(run) 2>&1 >/dev/null | cat") == (.exit(0), ""))
    let lines = try shell("\(run) | cut -c1-390").1.split(separator: "\n")
    #expect(lines.count == 7)
    for (index, line) in lines.enumerated() where (3...4).contains(index) {
      #expect(
        line.hasPrefix(
          #"{"espalier":1,"event":"epoch","ok":true,"network":"main","epoch":\#(index - 2),"epochs":2,"step":\#(2 * (index - 2)),"loss":0."#
        ))
    }
    #expect(
      lines[5].hasPrefix(#"{"espalier":1,"event":"run","ok":true,"text":["trained main for 4"#))
  }

  @Test func aPromptHasNoJSON() throws {
    let refusal =
      "espalier: --json answers files, -e and standard input, not a prompt; try: espalier --json FILE"
    #expect(try shell("$ESPALIER --json") == (.exit(2), refusal))
    #expect(try shell("$ESPALIER --json -i -e 'print no'") == (.exit(2), refusal))
  }

  @Test func thePrinterHasNoBarAndSpellsNothing() throws {
    let streams = try Streams()
    var options = PrinterOptions()
    options.isJSON = true
    let printer = Printer(
      Surroundings(isUTF8: false), options, output: streams.output, errors: streams.errors)
    printer.drawBar(Progress(network: "net", epochs: 2))
    printer.print(Report("1×64 \u{1B}[2J"))
    printer.print(
      EpochSummary(network: "net", epoch: 1, step: 3, loss: .infinity, samplesPerSecond: 10))
    printer.printUnreadable("cannot read x: why")
    #expect(
      try streams.text("output") == #"""
        {"espalier":1,"event":"remark","ok":true,"text":["1×64 ^[[2J"],"data":null}
        {"espalier":1,"event":"epoch","ok":true,"network":"net","epoch":1,"epochs":null,"step":3,"loss":"inf","accuracy":null,"test_loss":null,"test_accuracy":null,"samples_per_second":10.0}
        {"espalier":1,"command":null,"typed":null,"ok":false,"error":{"code":"E-FILE","message":"cannot read x: why","file":null,"line":null,"column":null,"notes":[],"offers":[]}}

        """#)
    #expect(try streams.text("errors") == "")
  }
}
