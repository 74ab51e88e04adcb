/// A value as Python code writes it, as far as code that builds networks needs.
indirect enum PythonValue: Equatable, Sendable {
  /// A number, as it is written.
  case number(String)
  case text(String)

  /// A name such as `True` or `x.shape`.
  case name(String)

  /// A tuple or a list.
  case list([PythonValue])
  case call(PythonCall)

  /// The value as a command takes it: `3x5` for `(3, 5)`, `3` for `(3, 3)`, `yes` for `True`; nothing for what none does.
  var word: String? {
    switch self {
    case .number(let text), .text(let text): return text
    case .name("True"): return "yes"
    case .name("False"): return "no"
    case .list(let values):
      let words = values.compactMap(\.word)
      guard let first = words.first, words.count == values.count else { return nil }
      return words.allSatisfy { $0 == first } ? first : words.joined(separator: "x")
    case .name, .call: return nil
    }
  }

  /// Whether it is a name, or a list of names.
  var isNamed: Bool {
    switch self {
    case .name, .text: true
    case .list(let values): values.allSatisfy(\.isNamed)
    case .number, .call: false
    }
  }

  var number: Double? {
    if case .number(let text) = self { Double(text) } else { nil }
  }
}

/// A call as Python code writes it.
struct PythonCall: Equatable, Sendable {
  /// The name behind the last dot: `Conv1d` of `nn.Conv1d(…)`.
  let name: String

  /// What stands before it: `nn`, or nothing.
  let receiver: String

  /// The arguments by position, then those by name.
  var arguments: [PythonValue] = []
  var keywords: [String: PythonValue] = [:]

  /// The argument of one of some names, or at a position, counted from 0.
  func argument(_ names: [String], at position: Int? = nil) -> PythonValue? {
    for name in names {
      if let value = keywords[name] { return value }
    }
    guard let position, arguments.indices.contains(position) else { return nil }
    return arguments[position]
  }
}
