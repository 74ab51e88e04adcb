/// What help and the manual page say of the program as a whole.
package enum ProgramText {
  package static let summary =
    "Compose neural networks at a prompt, see every shape, watch the loss run."

  package static let usage = "espalier [options] [FILE [ARG…]]"

  package static let inputs =
    "Without a file: a full screen on a terminal, or commands from standard input. FILE - is standard input."

  /// The numbers that the program ends with, and why.
  static let statuses: [(number: String, reason: String)] = [
    ("0", "good"), ("1", "a command failed"), ("2", "usage or unreadable file"),
    ("3", "an expect failed"), ("130", "interrupted"),
  ]

  /// The numbers in a sentence.
  package static var statusLine: String {
    "Exit status: " + statuses.map { "\($0.number) \($0.reason)" }.joined(separator: "; ") + "."
  }
}
