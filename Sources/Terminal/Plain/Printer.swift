import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Prints reports line after line: answers on standard output, errors and progress on standard error.
///
/// When the reader of standard output is gone, the process ends as if by SIGPIPE, quietly.
package final class Printer {
  private let output: DescriptorOutput
  private let errors: DescriptorOutput
  private var style: AnsiStyle
  private var errorStyle: AnsiStyle
  private let glyphs: Glyphs
  private let showsBar: Bool
  private let progressText: ProgressText

  /// Whether answers tell how long something took.
  private let tellsTimes: Bool

  /// Whether there is neither a bar nor a line for an epoch.
  private let isQuiet: Bool
  private var epochLines = EpochLines()

  /// Whether programs read the answers: all is JSON on standard output, a value a line.
  package let isJSON: Bool

  /// Whether keys may be waited for.
  let asks: Bool

  /// Whether a bar stands on the last line of the terminal.
  private var hasBar = false

  /// Done before the process ends early.
  package var onEnd: () -> Void = {}

  /// Whether the end of the terminal is left to whoever reads keys, who has work to keep first.
  package var outlivesTerminal = false

  /// Whether the terminal is gone.
  private var isCut = false

  /// A printer fit for where it runs.
  ///
  /// - Parameters:
  ///   - options: What was asked for on the command line.
  package init(
    _ surroundings: Surroundings, _ options: PrinterOptions = PrinterOptions(),
    output: DescriptorOutput = .standardOutput, errors: DescriptorOutput = .standardError
  ) {
    self.output = output
    self.errors = errors
    let (isBatch, isJSON) = (options.isBatch, options.isJSON)
    tellsTimes = surroundings.outputIsTerminal || options.tellsTimes
    isQuiet = options.isQuiet
    style = isBatch ? .bare : surroundings.outputStyle
    errorStyle = isBatch ? .bare : surroundings.errorStyle
    glyphs = surroundings.isUTF8 ? .unicode : .ascii
    showsBar =
      surroundings.errorIsTerminal && surroundings.canMoveCursor && !isBatch && !isJSON
      && !isQuiet
    self.isJSON = isJSON
    asks = !isBatch && !isJSON
    progressText = ProgressText(glyphs: glyphs)
  }

  /// Prints in the colours of a theme from now on, where there are colours.
  func show(in theme: Theme) {
    (style, errorStyle) = (style.themed(theme), errorStyle.themed(theme))
  }

  /// Prints an answer and its diagnostics.
  package func print(_ report: Report) {
    if isJSON { return print(report.values) }
    clearBar()
    let answer = tellsTimes ? report.lines : report.lines.map(\.withoutClock)
    write(answer.map { glyphs.spell(style.text($0)) + "\n" }.joined(), to: output)
    guard !report.diagnostics.isEmpty else { return }
    let columns = showsBar ? TerminalSize(of: errors.descriptor).columns : 100
    let lines = report.diagnosticLines(columns: columns, isASCII: glyphs == .ascii)
    write(lines.map { errorStyle.text($0) + "\n" }.joined(), to: errors)
  }

  /// Prints values on standard output, one a line.
  private func print(_ values: [JSON]) {
    write(values.map { $0.line + "\n" }.joined(), to: output)
  }

  /// Says that a file of the command line, or standard input, cannot be read.
  package func printUnreadable(_ message: String) {
    if isJSON { return print(Report(unreadable: message)) }
    printError(StyledText("espalier: ", .dim) + StyledText(message, .emphasis))
  }

  /// Prints a line on standard error, such as why a file could not be read.
  package func printError(_ line: StyledText) {
    clearBar()
    write(errorStyle.text(line) + "\n", to: errors)
  }

  /// Prints lines on standard output.
  package func print(_ lines: [StyledText]) { print(Report(lines)) }

  /// Prints what a finished epoch came to, on standard error; for programs on standard output.
  ///
  /// Of many epochs in a short time only some have a line.
  package func print(_ epoch: EpochSummary) {
    if isJSON { return print([epoch.value]) }
    guard !isQuiet else { return }
    for told in epochLines.lines(for: epoch, at: .now) { printLine(told) }
  }

  /// Prints the last epoch of a run that is over, if it has no line yet.
  package func printLastEpoch() {
    for epoch in epochLines.rest() where !isQuiet { printLine(epoch) }
  }

  private func printLine(_ epoch: EpochSummary) {
    printError(StyledText(progressText.line(epoch), .dim))
  }

  /// Draws the bar of a run, in place of the one before; nothing where there is no terminal.
  package func drawBar(_ progress: Progress...) { drawBar(progress) }

  /// Draws the progress bar of the networks that learn over the one that stands there.
  package func drawBar(_ progress: [Progress]) {
    guard showsBar else { return }
    let columns = TerminalSize(of: errors.descriptor).columns
    let bar = progressText.bar(progress, columns: columns - 1)
    write("\r" + VisibleText.of(bar) + "\u{1B}[K", to: errors)
    hasBar = true
  }

  /// Draws how far a command is over what stands there; nothing where there is no terminal.
  package func drawNote(_ text: String) {
    guard showsBar else { return }
    let columns = TerminalSize(of: errors.descriptor).columns
    let line = DisplayWidth.truncate(
      glyphs.spell(VisibleText.of(text)), to: columns - 1, ellipsis: glyphs.ellipsis)
    write("\r" + line + "\u{1B}[K", to: errors)
    hasBar = true
  }

  /// Takes the bar away.
  package func clearBar() {
    guard hasBar else { return }
    hasBar = false
    write("\r\u{1B}[K", to: errors)
  }

  /// Ends the line on which the terminal has shown `^C`.
  package func breakLine() {
    if showsBar { write("\n", to: errors) }
  }

  /// Whether a bar can be drawn; where not, each epoch has a line.
  package var hasTerminal: Bool { showsBar }

  private func write(_ text: String, to descriptor: DescriptorOutput) {
    guard !text.isEmpty, !isCut else { return }
    do {
      try descriptor.write(text)
    } catch DescriptorOutput.Failure.readerGone {
      onEnd()
      Signals.end(by: SIGPIPE)
    } catch DescriptorOutput.Failure.system(EIO) where outlivesTerminal {
      isCut = true
    } catch {
      guard descriptor.descriptor == output.descriptor else { return }
      let reason = (error as? DescriptorOutput.Failure)?.reason ?? "\(error)"
      printError(StyledText("espalier: \(Program.unwritten(reason))"))
      onEnd()
      exit(Ending.failed.number)
    }
  }
}
