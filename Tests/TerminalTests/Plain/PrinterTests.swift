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

  @Test func barsShowControlsInNames() throws {
    let streams = try Streams()
    let printer = Printer(Surroundings(), output: streams.output, errors: streams.errors)
    printer.drawBar(
      Progress(network: "a\u{1B}]0;b\u{7}", epochs: 2),
      Progress(network: "c\u{202E}\r\nd", epochs: 2))
    let bar = try streams.text("errors")
    #expect(bar.hasPrefix("\repoch 1/2  "))
    #expect(bar.contains("a^[]0;b^G …  c<U+202E>^M^Jd …"), "\(bar.debugDescription)")
    #expect(bar.hasSuffix("\u{1B}[K"))
    let shown = bar.dropFirst().dropLast(3).unicodeScalars
    #expect(shown.allSatisfy { $0.properties.generalCategory != .control })
  }

  @Test func batchHasNeitherColourNorBar() throws {
    let streams = try Streams()
    var options = PrinterOptions()
    options.isBatch = true
    let printer = Printer(
      Surroundings(), options, output: streams.output, errors: streams.errors)
    printer.drawBar(Progress(network: "net", epochs: 2))
    printer.print(Self.report)
    #expect(try streams.text("output") == "1×64 → 10×32\n750 parameters\n")
    #expect(try streams.text("errors") == "")
  }

  @Test("how long something took is told to people, and elsewhere where it is asked for")
  func times() throws {
    let line =
      StyledText("trained main for 3 steps") + StyledText(" in 1.0 s", .clock)
      + StyledText("; loss 2")
    for (isTerminal, tells) in [(true, false), (false, true), (false, false)] {
      let streams = try Streams()
      var options = PrinterOptions()
      options.tellsTimes = tells
      let printer = Printer(
        Surroundings(outputIsTerminal: isTerminal), options, output: streams.output,
        errors: streams.errors)
      printer.print(Report([line]))
      let time = isTerminal || tells ? " in 1.0 s" : ""
      #expect(try streams.text("output") == "trained main for 3 steps\(time); loss 2\n")
    }
  }

  @Test func quietSaysNothingOfEpochs() throws {
    let streams = try Streams()
    var options = PrinterOptions()
    options.isQuiet = true
    let printer = Printer(
      Surroundings(errorIsTerminal: false), options, output: streams.output,
      errors: streams.errors)
    printer.print(
      EpochSummary(network: "net", epoch: 1, step: 1, loss: 2, samplesPerSecond: 10))
    printer.printLastEpoch()
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
