/// What was typed behind the program's name.
package struct ProgramArguments: Equatable, Sendable {
  /// What is to be printed in place of a session.
  package enum Print: Equatable, Sendable {
    case completion(CompletionScript.Shell)
    case manual
    case version
    case help
  }

  /// The commands of `-e`, in their order.
  package private(set) var commands: [String] = []

  /// Options that take no value and were given.
  package private(set) var flags: Set<ProgramOption> = []
  package private(set) var seed: UInt64?
  package private(set) var threads: Int?

  /// The first thing asked for that is printed in place of a session.
  package private(set) var print: Print?
  package private(set) var file: String?

  /// What stands behind the file, whatever it looks like: `$1 $2 …` in it.
  package private(set) var arguments: [String] = []

  /// Reads the words behind the program's name: options up to the first word that is none, or to `--`; a file;
  /// its arguments.
  package init(_ words: [String]) throws(ArgumentProblem) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" || word == "-" || !word.hasPrefix("-") {
        file = word == "--" ? rest.popFirst() : word
        arguments = Array(rest)
        return
      }
      try word.hasPrefix("--") ? readLong(word, &rest) : readShort(word, &rest)
    }
  }

  /// Reads `--seed 3`, `--seed=3`, `--plain`.
  private mutating func readLong(_ word: String, _ rest: inout ArraySlice<String>)
    throws(ArgumentProblem)
  {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let value = parts.count > 1 ? String(parts[1]) : nil
    guard name.count > 3, let option = ProgramOption(named: String(name.dropFirst(2))) else {
      // Runs are remembered where nothing else is said.
      if word == "--record" {
        flags.remove(.noRecord)
        return
      }
      throw .unknown(name)
    }
    try take(option, name: name, value, &rest)
  }

  /// Reads `-e COMMAND`, `-q`, `-iq`.
  private mutating func readShort(_ word: String, _ rest: inout ArraySlice<String>)
    throws(ArgumentProblem)
  {
    let letters = word.dropFirst()
    for (place, letter) in letters.enumerated() {
      guard let option = ProgramOption(named: String(letter)) else {
        throw .unknown(letters.count == 1 ? word : "-\(letter)")
      }
      if option.row.value != nil, place < letters.count - 1 {
        throw .noValue(option, name: "-\(letter)")
      }
      try take(option, name: "-\(letter)", nil, &rest)
    }
  }

  private mutating func take(
    _ option: ProgramOption, name: String, _ given: String?, _ rest: inout ArraySlice<String>
  ) throws(ArgumentProblem) {
    guard option.row.value != nil else {
      if let given { throw .value(name: name, found: given) }
      note(option)
      return
    }
    guard let value = given ?? rest.popFirst() else { throw .noValue(option, name: name) }
    guard note(option, value) else { throw .otherValue(option, name: name, found: value) }
  }

  /// Takes over an option without a value.
  private mutating func note(_ option: ProgramOption) {
    switch option {
    case .prompt, .plain, .batch, .json, .quiet, .times, .noRecord, .check: flags.insert(option)
    case .manual: print = print ?? .manual
    case .version: print = print ?? .version
    case .help: print = print ?? .help
    case .command, .seed, .threads, .completion: break
    }
  }

  /// Takes over an option's value; says whether it is one that the option takes.
  private mutating func note(_ option: ProgramOption, _ value: String) -> Bool {
    switch option {
    case .command: commands.append(value)
    case .seed:
      guard let number = UInt64(value) else { return false }
      seed = number
    case .threads:
      guard let number = Int(value), (1...256).contains(number) else { return false }
      threads = number
    case .completion:
      guard let shell = CompletionScript.Shell(rawValue: value) else { return false }
      print = print ?? .completion(shell)
    case .prompt, .plain, .batch, .json, .quiet, .times, .noRecord, .check, .manual, .version,
      .help:
      return false
    }
    return true
  }
}
