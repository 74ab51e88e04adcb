import Sessions

/// How the program ends, as its caller sees it.
package enum Ending: Equatable, Sendable {
  case good

  /// A command failed.
  case failed

  /// Wrong usage, or a file that cannot be read.
  case usage

  /// An `expect` did not hold.
  case unexpected

  case interrupted

  /// What `quit` was told.
  case given(Int32)

  /// What ended a source, or nothing where it ran to its end.
  package init?(_ outcome: Report.Outcome) {
    switch outcome {
    case .done: return nil
    case .failed: self = .failed
    case .unexpected: self = .unexpected
    case .interrupted: self = .interrupted
    case .quit(let status): self = .given(status)
    }
  }

  /// The number for exit(3).
  package var number: Int32 {
    switch self {
    case .good: 0
    case .failed: 1
    case .usage: 2
    case .unexpected: 3
    case .interrupted: 130
    case .given(let status): status & 0xFF
    }
  }
}
