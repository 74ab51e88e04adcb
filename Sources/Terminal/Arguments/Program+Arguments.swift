#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Program {
  /// Does what was typed behind the program's name; gives the status to exit with.
  package static func run(_ words: [String]) -> Int32 {
    let arguments: ProgramArguments
    do throws(ArgumentProblem) { arguments = try ProgramArguments(words) } catch {
      try? DescriptorOutput.standardError.write(
        lines: error.message + "\nusage: " + ProgramHelp.usage)
      return Ending.usage.number
    }
    guard let print = arguments.print else {
      return Program(arguments).run(Beginning(arguments))
    }
    do {
      try DescriptorOutput.standardOutput.write(text(of: print))
      return Ending.good.number
    } catch { return Ending.failed.number }
  }

  private static func text(of print: ProgramArguments.Print) -> String {
    let lines =
      switch print {
      case .completion(let shell): CompletionScript.lines(for: shell)
      case .manual: ManualPage.lines
      case .version: VersionText.lines
      case .help: ProgramHelp.lines(columns: TerminalSize(of: STDOUT_FILENO).columns)
      }
    return lines.map { $0 + "\n" }.joined()
  }

  private init(_ arguments: ProgramArguments) {
    var inputs = arguments.commands.map { FileShell.Input.text($0) }
    if let file = arguments.file { inputs.append(.file(file, arguments: arguments.arguments)) }
    self.init(
      inputs: inputs, staysInteractive: arguments.flags.contains(.prompt),
      isBatch: arguments.flags.contains(.batch))
    allowsPanes = !arguments.flags.contains(.plain)
    printing.isJSON = arguments.flags.contains(.json)
    printing.isQuiet = arguments.flags.contains(.quiet)
    printing.tellsTimes = arguments.flags.contains(.times)
  }
}

extension Program.Beginning {
  fileprivate init(_ arguments: ProgramArguments) {
    self.init()
    seed = arguments.seed
    threads = arguments.threads
    checksOnly = arguments.flags.contains(.check)
    recordsRuns = !arguments.flags.contains(.noRecord)
  }
}
