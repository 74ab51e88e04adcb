import Sessions

/// Why arguments of the program cannot be read.
package enum ArgumentProblem: Error, Equatable, Sendable {
  /// An option of another name, as it was typed.
  case unknown(String)

  /// An option, by the name that was typed, at the end of the line without its value.
  case noValue(ProgramOption, name: String)

  /// An option that takes no value, with one behind `=`.
  case value(name: String, found: String)

  /// A value that is none of those that an option takes.
  case otherValue(ProgramOption, name: String, found: String)

  /// What is wrong, what was expected, and what to type.
  package var message: String {
    switch self {
    case .unknown(let found):
      let names = ProgramOption.allCases.flatMap(\.row.names).map(ProgramOption.typed)
      let offer = NearestWord.of(found, among: names).map { "espalier \($0)" }
      return "espalier: no option is called \(found); try: \(offer ?? "espalier --help")"
    case .noValue(let option, let name):
      return "espalier: \(name) expects \(Self.expected(option)), found nothing; "
        + "try: espalier \(name) \(Self.example(option))"
    case .value(let name, let found):
      return "espalier: \(name) takes no value, found \(found); try: espalier \(name)"
    case .otherValue(let option, let name, let found):
      return "espalier: \(name) expects \(Self.expected(option)), found \(found); "
        + "try: espalier \(name) \(Self.example(option))"
    }
  }

  private static func expected(_ option: ProgramOption) -> String {
    switch option {
    case .command: "a command"
    case .seed: "a whole number from 0 to \(UInt64.max)"
    case .threads: "a number from 1 to 256"
    case .completion: option.row.choices.joined(separator: ", ")
    case .prompt, .plain, .batch, .json, .quiet, .times, .noRecord, .check, .manual, .version,
      .help:
      "nothing"
    }
  }

  private static func example(_ option: ProgramOption) -> String {
    switch option {
    case .command: "'input 1x64'"
    case .seed: "1"
    case .threads: "2"
    case .completion: option.row.choices.first ?? ""
    case .prompt, .plain, .batch, .json, .quiet, .times, .noRecord, .check, .manual, .version,
      .help:
      ""
    }
  }
}
