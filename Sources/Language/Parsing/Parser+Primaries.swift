extension Parser {
  /// A number, string, variable, parenthesis, name or call.
  mutating func primary() throws(Diagnostic) -> Expression {
    skipBlanks()
    let start = position
    switch peek() {
    case UInt8(ascii: "'"):
      let text = rawString()
      return Expression(node: .literal(.string(text)), range: range(from: start))
    case UInt8(ascii: "\""):
      let parts = try string()
      if parts.count == 1, case .quoted(let text) = parts[0] {
        return Expression(node: .literal(.string(text)), range: range(from: start))
      }
      return Expression(node: .text(parts), range: range(from: start))
    case UInt8(ascii: "$"):
      switch try substitution() {
      case .variable(let variable):
        return Expression(node: .variable(variable), range: variable.range)
      case .expression(let inner):
        return Expression(node: inner.node, range: range(from: start))
      case .bare(let text), .quoted(let text):
        return Expression(node: .literal(.string(text)), range: range(from: start))
      }
    case UInt8(ascii: "("): return try parenthesized()
    case let byte where Lexical.isDigit(byte): return try number(from: start)
    case UInt8(ascii: ".") where Lexical.isDigit(peek(1)): return try number(from: start)
    case let byte where Lexical.isLetter(byte):
      try checkTypographicQuote()
      return try nameOrCall()
    default:
      let (what, range) = found()
      if peek() == UInt8(ascii: "!") {
        throw SyntaxProblem.foreignOperator(typed: "!", ours: "not ")
          .at(source.range(position, position + 1))
      }
      throw SyntaxProblem.expectedExpression(what).at(range)
    }
  }

  /// A number directly behind its `-`; nil for a shape, which has no sign.
  mutating func negativeLiteral(from start: Int) throws(Diagnostic) -> Expression? {
    let digits = position
    let expression = try number(from: start)
    if case .literal(.shape) = expression.node {
      position = digits
      return nil
    }
    return expression
  }

  /// A number or shape whose text, perhaps with a `-`, begins at `start` and goes on at the
  /// position.
  private mutating func number(from start: Int) throws(Diagnostic) -> Expression {
    var end = Lexical.skipDigits(in: bytes[...], from: position)
    if Lexical.times(in: bytes[...], at: end) > 0 {
      while end < bytes.count, Lexical.isNameByte(bytes[end]) { end += 1 }
    } else {
      if end < bytes.count, bytes[end] == UInt8(ascii: "."),
        !(end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "."))
      {
        end = Lexical.skipDigits(in: bytes[...], from: end + 1)
      }
      let hasExponent = end < bytes.count && bytes[end] | 0x20 == UInt8(ascii: "e")
      if hasExponent, end + 1 < bytes.count,
        bytes[end + 1] == UInt8(ascii: "-") || bytes[end + 1] == UInt8(ascii: "+")
      {
        end += 2
      }
      while end < bytes.count, Lexical.isNameByte(bytes[end]) { end += 1 }
    }
    let isShape =
      Lexical.times(in: bytes[...], at: Lexical.skipDigits(in: bytes[...], from: position)) > 0
    let first = isShape ? position : start
    position = end
    let range = range(from: first)
    switch Lexical.look(of: bytes[first..<end]) {
    case .integer, .real, .shape: break
    case .name, .path, .other: throw SyntaxProblem.malformedNumber(text: range.text).at(range)
    }
    guard let atom = Atom(bare: range.text) else {
      throw SyntaxProblem.numberTooLarge(text: range.text).at(range)
    }
    return Expression(node: .literal(atom.value), range: range)
  }

  private mutating func nameOrCall() throws(Diagnostic) -> Expression {
    let start = position
    while Lexical.isNameByte(peek())
      || (peek() == UInt8(ascii: ".") && Lexical.isLetter(peek(1)))
    {
      position += 1
    }
    let nameRange = range(from: start)
    let name = nameRange.text
    if peek() == UInt8(ascii: "(") { return try call(name, nameRange) }
    if let value = Atom.words[name] {
      return Expression(node: .literal(value), range: nameRange)
    }
    if name == "and" || name == "or" || name == "not" {
      throw SyntaxProblem.expectedExpression(.text(name)).at(nameRange)
    }
    return Expression(node: .name(name), range: nameRange)
  }

  private mutating func call(
    _ name: String, _ nameRange: SourceRange
  ) throws(Diagnostic) -> Expression {
    let parenthesis = here
    try enter(at: parenthesis)
    parentheses += 1
    defer {
      parentheses -= 1
      leave()
    }
    position += 1
    var arguments: [Call.Argument] = []
    while true {
      skipBlanks()
      if isAtEnd {
        note(.openParenthesis(parenthesis))
        break
      }
      if peek() == UInt8(ascii: ")") {
        position += 1
        break
      }
      arguments.append(try factArgument(of: name))
      skipBlanks()
      if peek() == UInt8(ascii: ",") {
        position += 1
      } else if !isAtEnd, peek() != UInt8(ascii: ")") {
        let (what, range) = found()
        throw SyntaxProblem.expectedComma(what).at(range)
      }
    }
    let call = Call(name: name, nameRange: nameRange, arguments: arguments)
    return Expression(node: .call(call), range: range(from: nameRange.lowerBound))
  }

  /// A name or path that stands alone is what a fact is about; anything else, and all of `min`, is
  /// an expression.
  private mutating func factArgument(of name: String) throws(Diagnostic) -> Call.Argument {
    let start = position
    if name != "min", name != "max", Lexical.isLetter(peek()) || peek() == UInt8(ascii: "*") {
      while Lexical.isNameByte(peek()) || peek() == UInt8(ascii: ".")
        || peek() == UInt8(ascii: "*") || peek() == UInt8(ascii: "-")
      {
        position += 1
      }
      let reference = range(from: start)
      skipBlanks()
      let look = Lexical.look(of: bytes[start..<reference.upperBound])
      let isAlone = peek() == UInt8(ascii: ",") || peek() == UInt8(ascii: ")") || isAtEnd
      if isAlone, look == .name || look == .path {
        return .reference(reference.text, reference)
      }
      position = start
    }
    return .expression(try expression())
  }
}
