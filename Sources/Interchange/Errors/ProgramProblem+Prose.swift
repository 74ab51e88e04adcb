extension ProgramProblem {
  func prose() -> Prose {
    switch self {
    case .notFound(let program):
      return Prose(
        "was written, but there is no \(program) to run it",
        next: "name one before you start: \(CodeComparison.variable)=/usr/bin/python3 espalier")
    case .failed(let program, let status, let lastLine):
      let missing = lastLine.split(separator: "'").dropFirst().first.map(String.init)
      guard lastLine.hasPrefix("ModuleNotFoundError"), let missing else {
        return Prose(
          "was written, but \(program) ended with status \(status): "
            + (lastLine.isEmpty ? "it wrote nothing" : Prose.quoted(lastLine, limit: 160)),
          next: "run it by hand to see all of it")
      }
      return Prose(
        "was written, but this \(program) has no \(Prose.quoted(missing))",
        next: "name one that has, before you start: \(CodeComparison.variable)=PATH espalier")
    }
  }
}
