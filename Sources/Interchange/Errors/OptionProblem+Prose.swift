extension OptionProblem {
  func prose(path: String) -> Prose {
    switch self {
    case .pointless(let name, let other):
      return Prose(
        expected: "\(other)= or \(name)=", found: "both", next: "leave \(name)= out")
    case .oneFile(let format):
      return Prose(
        expected: "one file of \(format) to train on and one to test on", found: "another",
        next: "test=FILE names the file to test on")
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
