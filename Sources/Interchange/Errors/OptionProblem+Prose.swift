extension OptionProblem {
  func prose(path: String) -> Prose {
    switch self {
    case .unknown(let name, let format, let known):
      return Prose(
        expected: known.isEmpty
          ? "no settings for \(format)" : "one of \(known.map { $0 + "=" }.joined(separator: " "))",
        found: Prose.quoted(name + "="), next: "help data")
    case .badValue(let name, let form, let found):
      return Prose(
        expected: "\(name)=\(form)", found: Prose.quoted("\(name)=\(found)"), next: "help data")
    }
  }
}
