/// What `espalier --help` prints.
package enum ProgramHelp {
  static let usage = "espalier [OPTION…] [FILE [ARGUMENT…]]"
  static let summary = "Compose neural networks at a prompt, see every shape, watch the loss run."
  static let inputs = """
    Without a file: a full screen on a terminal, or commands from standard input. FILE - is standard input. \
    ARGUMENT… is what $1 $2 … stand for in the file.
    """

  /// The numbers that the program ends with, and why.
  static let statuses: [(number: String, reason: String)] = [
    ("0", "all went well"), ("1", "a command failed"),
    ("2", "usage, or a file that cannot be read"),
    ("3", "an expect failed"), ("130", "interrupted"),
  ]

  /// The lines, of at most so many columns.
  package static func lines(columns: Int) -> [String] {
    let width = max(40, columns)
    let options = ProgramOption.allCases.map { ($0.row.usage, $0.row.summary) }
    return wrapped(summary, width) + ["", "usage: \(usage)", ""] + wrapped(inputs, width)
      + ["", "options:"] + table(options, width) + ["", "exit status:"]
      + table(statuses.map { ($0.number, $0.reason) }, width)
      + ["", "Type help at the prompt for the commands."]
  }

  private static func table(_ rows: [(String, String)], _ width: Int) -> [String] {
    let column = (rows.map(\.0.count).max() ?? 0) + 4
    return rows.flatMap { head, text in
      wrapped(text, width - column).enumerated().map { place, line in
        let start = place == 0 ? "  " + head : ""
        return start + String(repeating: " ", count: column - start.count) + line
      }
    }
  }

  /// A text in lines of at most so many characters, broken at blanks.
  static func wrapped(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = [""]
    for word in text.split(whereSeparator: \.isWhitespace) {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
