/// Why rows of a file could not be read when they were needed, as facts.
package struct RowFault: Error, Hashable, Sendable {
  /// What went wrong.
  package enum Problem: Hashable, Sendable {
    /// The file was written to since it was opened.
    case changed

    /// The system or the format refused; `reason` is what it said.
    case unreadable(reason: String)

    /// The user asked for an end.
    case interrupted
  }

  /// The file as the user named it.
  package let path: String
  package let problem: Problem

  /// Joins a file and a problem.
  package init(path: String, problem: Problem) {
    self.path = path
    self.problem = problem
  }

  /// What was expected and found.
  package var message: String {
    switch problem {
    case .changed:
      "\(path): expected the file as it was when data opened it, found it changed since"
    case .unreadable(let reason): reason
    case .interrupted: "stopped by Ctrl-C"
    }
  }

  /// What opens the file anew, as it is typed.
  package var nextStep: String {
    let isPlain = path.allSatisfy { $0.isLetter || $0.isNumber || "/._-".contains($0) }
    return "data " + (isPlain ? path : "\"\(path)\"")
  }
}
