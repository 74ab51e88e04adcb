/// The values typed for the parameters of a kind; the others have their defaults.
package struct Arguments: Hashable, Sendable {
  package let kind: Kind
  private var values: [String: ArgumentValue] = [:]

  /// No values typed yet.
  package init(_ kind: Kind) { self.kind = kind }

  /// The value of a parameter: typed, else its default, else nothing.
  package subscript(name: String) -> ArgumentValue? {
    get {
      if let value = values[name] { return value }
      guard let parameter = kind.row.parameters.first(where: { $0.name == name }),
        let text = parameter.defaultText
      else { return nil }
      return parameter.type.value(of: text)
    }
    set { values[name] = newValue }
  }

  /// Whether a value was typed.
  package func isGiven(_ name: String) -> Bool { values[name] != nil }

  /// The parameters that need a value and have none.
  package var missing: [KindParameter] {
    kind.row.parameters.filter { self[$0.name] == nil && $0.defaultText == nil }
  }

  func count(_ name: String) -> Int {
    if case .count(let value) = self[name] { value } else { 1 }
  }

  /// A number that was chosen; nothing where it is `auto`.
  func countOrAuto(_ name: String) -> Int? {
    if case .count(let value) = self[name] { value } else { nil }
  }

  func extents(_ name: String) -> Extents? {
    if case .extents(let value) = self[name] { value } else { nil }
  }

  func padding(_ name: String) -> Padding {
    if case .padding(let value) = self[name] { value } else { Padding(0) }
  }

  func number(_ name: String) -> Double {
    if case .number(let value) = self[name] { value } else { 0 }
  }

  func flag(_ name: String) -> Bool {
    if case .flag(let value) = self[name] { value } else { false }
  }

  /// Whether there is a bias, and the number that it starts at.
  func bias(_ name: String) -> (isThere: Bool, start: Double?) {
    switch self[name] {
    case .flag(let isThere): (isThere, nil)
    case .number(let start): (true, start)
    default: (false, nil)
    }
  }

  func activation(_ name: String) -> Activation? {
    if case .activation(let value) = self[name] { value } else { nil }
  }

  func word(_ name: String) -> String {
    if case .word(let value) = self[name] { value } else { "" }
  }
}

extension ArgumentValue {
  /// Whether there is a bias, or the number that it starts at.
  static func bias(_ isThere: Bool, start: Double?) -> ArgumentValue {
    guard isThere, let start else { return .flag(isThere) }
    return .number(start)
  }
}

/// What is wrong with the words typed for a kind, as facts.
package enum ArgumentFault: Error, Hashable, Sendable {
  /// More words than positional parameters; `index` is the first too many.
  case surplus(kind: Kind, index: Int)

  /// A key the kind does not have.
  case unknownKey(kind: Kind, key: String)

  /// A key given twice, or by key and by position.
  case repeated(kind: Kind, key: String)

  /// A text that is not what the parameter takes.
  case value(kind: Kind, parameter: String, text: String, type: ArgumentType)

  /// A parameter without a value.
  case missing(kind: Kind, parameter: String)
}

extension Arguments {
  /// Reads words in the order of the positional parameters, then keys.
  ///
  /// - Throws: The first fault; the place is that of the word or key it names.
  package init(_ kind: Kind, words: [String], options: [(key: String, text: String)])
    throws(ArgumentFault)
  {
    self.init(kind)
    let positional = kind.row.parameters.filter(\.isPositional)
    var seen = Set<String>()
    for (index, word) in words.enumerated() {
      guard index < positional.count else { throw .surplus(kind: kind, index: index) }
      try set(positional[index], text: word)
      seen.insert(positional[index].name)
    }
    try set(options, seen: seen)
    if let parameter = missing.first { throw .missing(kind: kind, parameter: parameter.name) }
  }

  /// Gives other values to some keys.
  ///
  /// - Throws: The first fault; nothing is promised of the values set before it.
  package mutating func set(_ options: [(key: String, text: String)]) throws(ArgumentFault) {
    try set(options, seen: [])
  }

  private mutating func set(_ options: [(key: String, text: String)], seen: Set<String>)
    throws(ArgumentFault)
  {
    var seen = seen
    for option in options {
      guard let parameter = kind.row.parameter(called: option.key) else {
        throw .unknownKey(kind: kind, key: option.key)
      }
      if !seen.insert(parameter.name).inserted { throw .repeated(kind: kind, key: option.key) }
      try set(parameter, text: option.text)
    }
  }

  private mutating func set(_ parameter: KindParameter, text: String) throws(ArgumentFault) {
    guard let value = parameter.type.value(of: text) else {
      throw .value(kind: kind, parameter: parameter.name, text: text, type: parameter.type)
    }
    values[parameter.name] = value
  }
}
