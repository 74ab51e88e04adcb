/// Reads a statement of Python that is an expression, or gives one a name.
struct PythonReader {
  private var rest: Substring
  private var depth = 0

  /// Values within values that are read at most.
  private static let mostDepth = 30

  private init(_ text: String) { rest = text[...] }

  /// The calls of statements such as `x = nn.ReLU()`, set apart by semicolons, or by commas as the lines of a list are;
  /// nothing where there is anything else.
  static func calls(in statements: String) -> [PythonCall]? {
    var reader = PythonReader(statements)
    reader.skipBlanks()
    if reader.rest.hasPrefix(">>>") { reader.rest.removeFirst(3) }
    var calls: [PythonCall] = []
    repeat {
      if !calls.isEmpty, reader.rest.isEmpty { break }
      guard var value = reader.value() else { return nil }
      if case .name = value, reader.take("=") {
        guard let given = reader.value() else { return nil }
        value = given
      }
      guard case .call(let call) = value else { return nil }
      calls.append(call)
    } while reader.take(",") || reader.take(";")
    return reader.rest.isEmpty ? calls : nil
  }

  private mutating func value() -> PythonValue? {
    depth += 1
    defer { depth -= 1 }
    skipBlanks()
    guard depth <= Self.mostDepth, let first = rest.first else { return nil }
    if first == "(" || first == "[" {
      rest.removeFirst()
      guard let list = items(until: first == "(" ? ")" : "]"), list.keywords.isEmpty else {
        return nil
      }
      return .list(list.values)
    }
    if first == "\"" || first == "'" { return text(quote: first) }
    if first.isNumber || first == "-" || first == "." { return number() }
    guard first.isLetter || first == "_" || first == "*" else { return nil }
    return nameOrCall()
  }

  private mutating func text(quote: Character) -> PythonValue? {
    rest.removeFirst()
    let content = rest.prefix { $0 != quote && $0 != "\\" && !$0.isNewline }
    rest = rest[content.endIndex...]
    guard take(quote) else { return nil }
    return .text(String(content))
  }

  private mutating func number() -> PythonValue? {
    var text = ""
    while let next = rest.first, next.isNumber || ".eE_".contains(next) || isSign(next, text) {
      if next != "_" { text.append(next) }
      rest.removeFirst()
    }
    guard Double(text) != nil else { return nil }
    guard take("*") else { return .number(text) }
    guard let first = Int(text), case .number(let other)? = value(), let second = Int(other) else {
      return nil
    }
    let (product, overflows) = first.multipliedReportingOverflow(by: second)
    return overflows ? nil : .number("\(product)")
  }

  /// Whether a sign belongs to the number that was read so far.
  private func isSign(_ next: Character, _ text: String) -> Bool {
    "+-".contains(next) && (text.isEmpty || "eE".contains(text.last ?? " "))
  }

  private mutating func nameOrCall() -> PythonValue? {
    let path = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." || $0 == "*" }
    rest = rest[path.endIndex...]
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    guard let name = parts.last, !parts.contains("") else { return nil }
    guard take("(") else { return .name(String(path)) }
    guard let list = items(until: ")"), applies() else { return nil }
    return .call(
      PythonCall(
        name: String(name), receiver: parts.dropLast().joined(separator: "."),
        arguments: list.values, keywords: list.keywords))
  }

  /// Leaves out what is done with a layer once it is made: `(x)` and `.to(device)`.
  private mutating func applies() -> Bool {
    while true {
      if rest.first == "." {
        rest.removeFirst()
        let method = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        rest = rest[method.endIndex...]
        guard ["to", "cuda", "cpu"].contains(method), rest.first == "(" else { return false }
      }
      guard take("(") else { return true }
      guard let list = items(until: ")"), list.keywords.isEmpty,
        list.values.allSatisfy({ $0.isNamed })
      else { return false }
    }
  }

  /// Values set apart by commas, of which calls have some by name.
  private mutating func items(until end: Character) -> (
    values: [PythonValue], keywords: [String: PythonValue]
  )? {
    var (values, keywords): ([PythonValue], [String: PythonValue]) = ([], [:])
    while true {
      if take(end) { return (values, keywords) }
      guard let item = value() else { return nil }
      if case .name(let name) = item, take("=") {
        guard let value = value() else { return nil }
        keywords[name] = value
      } else {
        values.append(item)
      }
      if take(",") { continue }
      return take(end) ? (values, keywords) : nil
    }
  }

  private mutating func take(_ character: Character) -> Bool {
    skipBlanks()
    guard rest.first == character else { return false }
    rest.removeFirst()
    skipBlanks()
    return true
  }

  /// Leaves out blanks and comments.
  private mutating func skipBlanks() {
    rest = rest.drop { $0.isWhitespace }
    while rest.first == "#" {
      rest = rest.drop { !$0.isNewline }.drop { $0.isWhitespace }
    }
  }
}
