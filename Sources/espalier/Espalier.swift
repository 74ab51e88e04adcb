import ArgumentParser
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ends the process; the command's own `exit` takes errors only.
private func leave(_ status: Int32) -> Never { exit(status) }

/// The program: reads its arguments, picks a shell, sets the exit status.
@main
struct Espalier: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "espalier",
    abstract: ProgramText.summary, usage: ProgramText.usage,
    discussion: "\(ProgramText.inputs)\n\(ProgramText.statusLine)")

  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(.command))
  var commands: [String] = []

  @Flag(name: .customShort("i"), help: ArgumentHelp(.prompt))
  var staysInteractive = false

  @Flag(name: .customLong("plain"), help: ArgumentHelp(.plain))
  var isPlain = false

  @Flag(name: .customLong("batch"), help: ArgumentHelp(.batch))
  var isBatch = false

  @Flag(name: .customLong("json"), help: ArgumentHelp(.json))
  var answersJSON = false

  @Flag(name: [.customShort("q"), .customLong("quiet")], help: ArgumentHelp(.quiet))
  var isQuiet = false

  @Flag(name: .customLong("times"), help: ArgumentHelp(.times))
  var tellsTimes = false

  @Option(help: ArgumentHelp(.seed))
  var seed: UInt64?

  @Option(help: ArgumentHelp(.threads))
  var threads: Int?

  @Option(help: ArgumentHelp(.instructions))
  var instructions: String?

  @Flag(name: .customLong("record"), inversion: .prefixedNo, help: ArgumentHelp(.record))
  var recordsRuns = true

  @Flag(name: .customLong("check"), help: ArgumentHelp(.check))
  var checksOnly = false

  @Flag(name: .customLong("manual"), help: ArgumentHelp(.manual))
  var printsManual = false

  @Flag(name: .customLong("version"), help: ArgumentHelp(.version))
  var printsVersion = false

  @Argument(help: "A command file.", completion: .file(extensions: ["esp"]))
  var file: String?

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("What $1 $2 … stand for in the file.", valueName: "argument"))
  var arguments: [String] = []

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads expects a number from 1 to 256, found \(threads)")
    }
    if let refusal = Program.use(instructions: instructions) { throw ValidationError(refusal) }
  }

  func run() {
    StackRoom.take()
    if printsVersion || printsManual {
      leave(Program.print(printsVersion ? VersionText.lines : ManualPage.lines))
    }
    var inputs = commands.map { FileShell.Input.text($0) }
    if let file { inputs.append(.file(file, arguments: arguments)) }
    var beginning = Program.Beginning()
    beginning.seed = seed
    beginning.threads = threads
    beginning.checksOnly = checksOnly
    beginning.recordsRuns = recordsRuns
    var program = Program(inputs: inputs, staysInteractive: staysInteractive, isBatch: isBatch)
    program.allowsPanes = !isPlain
    program.printing.isJSON = answersJSON
    program.printing.isQuiet = isQuiet
    program.printing.tellsTimes = tellsTimes
    leave(program.run(beginning))
  }

  /// Parses the arguments; what cannot be parsed ends with status 2.
  static func main() {
    MemoryRequirement.check()
    StandardDescriptors.open()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let status = exitCode(for: error)
      if status.isSuccess { leave(Program.print([fullMessage(for: error)])) }
      try? DescriptorOutput.standardError.write(lines: fullMessage(for: error))
      leave(2)
    }
  }
}

extension ArgumentHelp {
  /// What the table says of an option.
  fileprivate init(_ option: ProgramOption) {
    self.init(option.row.summary, valueName: option.row.value)
  }
}
