import Foundation
import Sessions
import Terminal
import Testing

/// What the printer writes on standard output and standard error.
@Suite struct PrinterTests {
  /// Two files in place of standard output and standard error.
  private final class Streams {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let output: DescriptorOutput
    let errors: DescriptorOutput

    init() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      output = Self.stream(to: folder.appending(path: "output"))
      errors = Self.stream(to: folder.appending(path: "errors"))
    }

    private static func stream(to file: URL) -> DescriptorOutput {
      DescriptorOutput(descriptor: open(file.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600))
    }

    deinit {
      close(output.descriptor)
      close(errors.descriptor)
      try? FileManager.default.removeItem(at: folder)
    }

    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
  }

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
