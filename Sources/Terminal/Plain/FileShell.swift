import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs command files, `-e` arguments and standard input, and stops at the first error.
package final class FileShell {
  /// Where statements come from.
  package enum Input: Equatable, Sendable {
    /// The text of an `-e`.
    case text(String)

    /// A file by its path, and what `$1 $2 …` stand for in it; `-` is standard input.
    case file(String, arguments: [String])

    case standardInput
  }

  private let application: any Application
  private let printer: Printer
  private let runner: SourceRunner
  private let input: Int32

  /// A shell whose standard input is a descriptor.
  package init(
    _ application: any Application, printer: Printer, runner: SourceRunner,
    input: Int32 = STDIN_FILENO
  ) {
    self.application = application
    self.printer = printer
    self.runner = runner
    self.input = input
  }

  /// Runs inputs in order; nothing where all of them ran to their end.
  ///
  /// A run that is still going on behind the last of them is waited for.
  package func run(_ inputs: [Input]) -> Ending? {
    for input in inputs {
      if let status = run(input) { return status }
    }
    return nil
  }

  /// Waits for what runs in the background and prints what it has to say.
  package func finish() -> Ending {
    if application.progress != nil { runner.waitForRun() }
    var status = runner.wasInterrupted ? Ending.interrupted : .good
    for notice in application.takeNotices() {
      printer.print(notice)
      if status == .good { status = Ending(notice.outcome) ?? .good }
    }
    return status
  }

  private func run(_ input: Input) -> Ending? {
    do {
      guard let source = try input.source() else { return runStandardInput() }
      return run(source)
    } catch {
      switch error {
      case .interrupted: return .interrupted
      case .unusable(let message):
        printer.printUnreadable(message)
        return .usage
      }
    }
  }

  private func run(_ source: Source) -> Ending? {
    let outcome = runner.run(source)
    if let status = Ending(outcome) { return status }
    for notice in application.takeNotices() {
      printer.print(notice)
      if let status = Ending(notice.outcome) { return status }
    }
    return runner.wasInterrupted ? .interrupted : nil
  }

  /// Runs each statement as soon as it is complete, so that another program can hold a conversation.
  private func runStandardInput() -> Ending? {
    var reader = StatementReader(limit: Input.limit) { [application] in application.needsMore($0) }
    var isAtEnd = false
    while !isAtEnd {
      let ready = Readiness.wait(for: [input, Signals.readEnd])
      if ready.contains(Signals.readEnd), Signals.take().contains(.interrupt) {
        return .interrupted
      }
      if Signals.isTerminating { return .failed }
      guard ready.contains(input) else { continue }
      let units: [StatementReader.Unit]
      do {
        guard let chunk = try TextFile.chunk(of: input) else { continue }
        isAtEnd = chunk.isEmpty
        units = isAtEnd ? reader.finish() : reader.feed(chunk)
      } catch {
        let reason = (error as? TextFile.Unreadable)?.reason ?? "\(error)"
        printer.printUnreadable("cannot read standard input: \(reason)")
        return .usage
      }
      for unit in units {
        let source = Source(unit.text, from: .standardInput, firstLine: unit.firstLine)
        if let status = run(source) { return status }
      }
    }
    return nil
  }
}
