import Sessions
import Terminal
import Testing

/// What the printer writes on standard output and standard error.
@Suite struct PrinterTests {
  private static let report = Report([
    StyledText("1×64 → ", .plain) + StyledText("10×32", .emphasis), StyledText("750 parameters"),
  ])

  @Test func printsPlainlyWhereThereIsNoTerminal() throws {
    let streams = try Streams()
    let surroundings = Surroundings(outputIsTerminal: false, errorIsTerminal: false)
    let printer = Printer(surroundings, output: streams.output, errors: streams.errors)
    printer.print(Self.report)
    printer.drawBar(Progress(network: "net"))
    printer.clearBar()
    printer.printError("espalier: no")
    #expect(try streams.text("output") == "1×64 → 10×32\n750 parameters\n")
    #expect(try streams.text("errors") == "espalier: no\n")
  }

  @Test func coloursAndDrawsBarsOnTerminals() throws {
    let streams = try Streams()
    let printer = Printer(Surroundings(), output: streams.output, errors: streams.errors)
    printer.drawBar(Progress(network: "net", epochs: 2))
    printer.print(Self.report)
    printer.clearBar()
    #expect(try streams.text("output") == "1×64 → \u{1B}[1m10×32\u{1B}[0m\n750 parameters\n")
    #expect(
      try streams.text("errors")
        == "\repoch 1/2  ░░░░░░░░░░░░░░░░░░░  step 0\u{1B}[K\r\u{1B}[K")
  }

  @Test func batchHasNeitherColourNorBar() throws {
    let streams = try Streams()
    let printer = Printer(
      Surroundings(), isBatch: true, output: streams.output, errors: streams.errors)
    printer.drawBar(Progress(network: "net", epochs: 2))
    printer.print(Self.report)
    #expect(try streams.text("output") == "1×64 → 10×32\n750 parameters\n")
    #expect(try streams.text("errors") == "")
  }

  @Test func spellsInASCIIWithoutUTF8() throws {
    let streams = try Streams()
    let printer = Printer(
      Surroundings(isUTF8: false), output: streams.output, errors: streams.errors)
    printer.print(Self.report)
    #expect(try streams.text("output") == "1x64 -> \u{1B}[1m10x32\u{1B}[0m\n750 parameters\n")
  }
}
