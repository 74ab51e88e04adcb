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
    abstract: "Compose neural networks at a prompt, see every shape, watch the loss run.",
    usage: "espalier [options] [FILE [ARG…]]",
    discussion: """
      Without a file: a full screen on a terminal, or commands from standard input. FILE - is standard input.
      Exit status: 0 good; 1 a command failed; 2 usage or unreadable file; 3 an expect failed;
      130 interrupted.
      """,
    version: "espalier \(Program.version), \(Program.instructions) kernels")

  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run a command; may be repeated.", valueName: "command"))
  var commands: [String] = []

  @Flag(name: .customShort("i"), help: "Stay at a prompt after the file.")
  var staysInteractive = false

  @Flag(name: .customLong("plain"), help: "A readline prompt without panes.")
  var isPlain = false

  @Flag(name: .customLong("batch"), help: "Never ask, no colour.")
  var isBatch = false

  @Flag(name: .customLong("json"), help: "Answer in JSON, a line for each command.")
  var answersJSON = false

  @Flag(name: [.customShort("q"), .customLong("quiet")], help: "No word of how far training is.")
  var isQuiet = false

  @Flag(
    name: .customLong("times"),
    help: "Tell how long training took in files and pipes, too, where it is left out.")
  var tellsTimes = false

  @Option(help: "The seed of all random numbers.")
  var seed: UInt64?

  @Option(help: "Threads for large networks.")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Instructions of the processor: avx512, avx2 or baseline; else the most that it has.",
      valueName: "set"))
  var instructions: String?

  @Flag(
    name: .customLong("record"), inversion: .prefixedNo,
    help: "Whether runs are remembered, for the command runs.")
  var recordsRuns = true

  @Flag(name: .customLong("check"), help: "Only parse and check shapes; a lesson is typed through.")
  var checksOnly = false

  @Argument(help: "A command file.")
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
      if status.isSuccess { exit(withError: error) }
      try? DescriptorOutput.standardError.write(lines: fullMessage(for: error))
      leave(2)
    }
  }
}
