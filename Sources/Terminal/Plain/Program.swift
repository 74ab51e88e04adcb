import Sessions

/// What was asked for on the command line, as far as shells are concerned.
package struct Program: Sendable {
  /// The version that it tells.
  package static let version = ProgramVersion.text

  /// Inputs in the order given.
  package var inputs: [FileShell.Input]

  /// Whether a prompt follows the inputs.
  package var staysInteractive: Bool

  /// How answers are printed; in a batch nothing is ever asked either.
  package var printing = PrinterOptions()

  /// Whether the prompt may have panes round it where the terminal can show them.
  package var allowsPanes = true

  /// A program of inputs; without any, a prompt on a terminal and standard input elsewhere.
  package init(
    inputs: [FileShell.Input] = [], staysInteractive: Bool = false, isBatch: Bool = false
  ) {
    self.inputs = inputs
    self.staysInteractive = staysInteractive
    printing.isBatch = isBatch
  }

  /// What shells there will be.
  package struct Plan: Equatable, Sendable {
    package var inputs: [FileShell.Input]
    package var hasPrompt: Bool

    /// Inputs first, then a prompt where there is one.
    package init(inputs: [FileShell.Input], hasPrompt: Bool) {
      self.inputs = inputs
      self.hasPrompt = hasPrompt
    }
  }

  /// The shells that suit where the program runs.
  package func plan(_ surroundings: Surroundings) -> Plan {
    if !inputs.isEmpty {
      return Plan(inputs: inputs, hasPrompt: staysInteractive && !printing.isBatch)
    }
    let hasPrompt = (surroundings.inputIsTerminal || staysInteractive) && !printing.isBatch
    return Plan(inputs: hasPrompt ? [] : [.standardInput], hasPrompt: hasPrompt)
  }

  /// Runs the shells, with the commands of a start-up file before a prompt, and gives the status to
  /// exit with.
  package func run(_ application: any Application, startUp: String? = nil) -> Ending {
    let surroundings = Surroundings.ofProcess()
    let plan = plan(surroundings)
    let session = application as? Session
    let together = session?.together
    Signals.install(together == nil ? [.interrupt] : [.interrupt, .terminate])
    Signals.letWritesFail()
    let printer = Printer(surroundings, printing)
    if printing.isJSON, plan.hasPrompt {
      printer.printError(
        "espalier: --json answers files, -e and standard input, not a prompt; try: espalier --json FILE"
      )
      return .usage
    }
    if !Session.hasMemoryToWork {
      printer.printError(StyledText(MemoryRequirement.words.description))
      return .failed
    }
    guard let runner = SourceRunner(application, printer: printer) else {
      printer.printError("espalier: the system has no descriptors or threads left")
      return .failed
    }
    let text = session.map { session in
      ScreenText(
        session, printer: printer,
        hasColours: !printing.isBatch && surroundings.outputStyle != .bare)
    }
    session?.renderer = text
    session?.leadsToWhy = !printing.isQuiet
    var keeper: Keeper?
    if plan.hasPrompt, allowsPanes, surroundings.canShowPanes, !readsStandardInput, let session {
      keeper = Keeper(session)
      let shell = ScreenShell(session, surroundings, runner: runner, keeper: keeper)
      let first = startUp.map { [FileShell.Input.file($0, arguments: [])] } ?? []
      if let ending = shell?.run([first, inputs]) {
        if let complaint = session.takeComplaint() { printer.print(complaint) }
        if let farewell = shell?.farewell { printer.print([farewell]) }
        return ending
      }
    }
    let files = FileShell(application, printer: printer, runner: runner)
    if let together, let session {
      keeper = keeper ?? Keeper(session)
      if !printing.isQuiet { printer.printError(StyledText(together.title, .dim)) }
    }
    let status = files.run(plan.inputs)
    guard plan.hasPrompt else {
      let ending = status ?? files.finish()
      guard let together else { return ending }
      return close(together, keeper, printer, ending)
    }
    if case .given = status { return status ?? .good }
    if let startUp { _ = files.run([.file(startUp, arguments: [])]) }
    session?.renderer = text
    return prompt(
      application, surroundings, printer, runner, keeper ?? session.flatMap { Keeper($0) })
  }

  /// Ends the work of several processes: where one is gone, what was learned is kept.
  private func close(
    _ together: SessionRanks, _ keeper: Keeper?, _ printer: Printer, _ ending: Ending
  ) -> Ending {
    if !together.isLost {
      keeper?.forget()
      return ending
    }
    printer.printError(StyledText("espalier: ", .dim) + StyledText(SessionRanks.loss, .emphasis))
    if let farewell = keeper?.finish() { printer.printError(farewell) }
    return .failed
  }

  /// Whether one of the inputs is standard input, which a screen needs for its keys.
  private var readsStandardInput: Bool {
    inputs.contains { input in
      switch input {
      case .standardInput, .file("-", arguments: _): true
      case .text, .file: false
      }
    }
  }

  private func prompt(
    _ application: any Application, _ surroundings: Surroundings, _ printer: Printer,
    _ runner: SourceRunner, _ keeper: Keeper?
  ) -> Ending {
    let prompt = PromptShell(
      application, surroundings: surroundings, printer: printer, runner: runner)
    guard let prompt else {
      printer.printError("espalier: the system has no descriptors left for a prompt")
      return .failed
    }
    if let keeper {
      printer.print(keeper.offers)
      prompt.onLeave = { keeper.finish() }
    }
    return prompt.run()
  }

  /// The start-up file of interactive sessions: `$XDG_CONFIG_HOME/espalier/rc`, or below `~/.config`.
  package static func startUpPath(configHome: String?, home: String?) -> String? {
    if let configHome, configHome.hasPrefix("/") { return configHome + "/espalier/rc" }
    return home.map { $0 + "/.config/espalier/rc" }
  }
}
