extension Parser {
  /// Reads an expression: `or` binds loosest, then `and`, `not`, comparisons, sums, products,
  /// signs, powers.
  mutating func expression() throws(Diagnostic) -> Expression {
    try enter(at: here)
    defer { leave() }
    return try joined(by: "or") { parser throws(Diagnostic) in
      try parser.joined(by: "and") { parser throws(Diagnostic) in try parser.inversion() }
    }
  }

  /// `( EXPR )` at the position.
  mutating func parenthesized() throws(Diagnostic) -> Expression {
    let parenthesis = here
    position += 1
    parentheses += 1
    defer { parentheses -= 1 }
    let inner = try expression()
    skipBlanks()
    if peek() == UInt8(ascii: ")") {
      position += 1
    } else if isAtEnd {
      note(.openParenthesis(parenthesis))
    } else {
      throw operatorProblem()
    }
    return Expression(node: inner.node, range: range(from: parenthesis.lowerBound))
  }

  /// Behind the expression of `let` and `expect` the statement ends.
  mutating func expectExpressionEnd() throws(Diagnostic) {
    skipBlanks()
    guard !isAtStatementEnd else { return }
    throw operatorProblem()
  }

  /// Behind the expression of `until` the statement ends, or `&` does.
  mutating func expectConditionEnd() throws(Diagnostic) {
    skipBlanks()
    if peek() == UInt8(ascii: "&"), peek(1) != UInt8(ascii: "&") { return }
    try expectExpressionEnd()
  }

  /// What is wrong when an expression is not followed by what may follow it.
  func operatorProblem() -> Diagnostic {
    let foreign = [
      ("&&", "and"), ("||", "or"), ("=", "=="), ("<>", "!="), ("×", "*"), ("≤", "<="),
      ("≥", ">="), ("≠", "!="),
    ]
    let rest = source.text(in: position..<position + 4)
    for (typed, ours) in foreign where rest.hasPrefix(typed) {
      return SyntaxProblem.foreignOperator(typed: typed, ours: ours)
        .at(source.range(position, position + typed.utf8.count))
    }
    let (what, range) = found()
    return SyntaxProblem.expectedOperator(what).at(range)
  }

  private mutating func joined(
    by word: String, _ operand: (inout Parser) throws(Diagnostic) -> Expression
  ) throws(Diagnostic) -> Expression {
    let first = try operand(&self)
    var operands = [first]
    while skipWordOperator(word) { operands.append(try operand(&self)) }
    guard operands.count > 1 else { return first }
    return Expression(
      node: word == "or" ? .any(operands) : .all(operands),
      range: range(from: first.range.lowerBound))
  }

  private mutating func skipWordOperator(_ word: String) -> Bool {
    let start = position
    skipBlanks()
    if found().what == .text(word) {
      position += word.utf8.count
      return true
    }
    position = start
    return false
  }

  private mutating func inversion() throws(Diagnostic) -> Expression {
    skipBlanks()
    let start = position
    guard skipWordOperator("not") else { return try comparison() }
    try enter(at: range(from: start))
    let operand = try inversion()
    leave()
    return Expression(node: .not(operand), range: range(from: start))
  }

  private mutating func comparison() throws(Diagnostic) -> Expression {
    let left = try sum()
    guard let comparator = skipComparator() else { return left }
    let right = try sum()
    let end = position
    let place = here
    if skipComparator() != nil { throw SyntaxProblem.chainedComparison.at(place) }
    position = end
    return Expression(
      node: .comparison(left, comparator, right), range: range(from: left.range.lowerBound))
  }

  private mutating func skipComparator() -> Comparator? {
    let start = position
    skipBlanks()
    let comparator: Comparator?
    switch (peek(), peek(1)) {
    case (UInt8(ascii: "="), UInt8(ascii: "=")): comparator = .equal
    case (UInt8(ascii: "!"), UInt8(ascii: "=")): comparator = .unequal
    case (UInt8(ascii: "<"), UInt8(ascii: "=")): comparator = .lessOrEqual
    case (UInt8(ascii: ">"), UInt8(ascii: "=")): comparator = .greaterOrEqual
    case (UInt8(ascii: "<"), UInt8(ascii: ">")): comparator = nil
    case (UInt8(ascii: "<"), _): comparator = .less
    case (UInt8(ascii: ">"), _): comparator = .greater
    default: comparator = nil
    }
    position = comparator.map { position + $0.rawValue.utf8.count } ?? start
    return comparator
  }

  private mutating func sum() throws(Diagnostic) -> Expression {
    try chain(of: [.add, .subtract]) { parser throws(Diagnostic) in
      try parser.chain(of: [.multiply, .floorDivide, .divide, .remainder]) {
        parser throws(Diagnostic) in try parser.signed()
      }
    }
  }

  private mutating func chain(
    of operations: [ArithmeticOperator],
    _ operand: (inout Parser) throws(Diagnostic) -> Expression
  ) throws(Diagnostic) -> Expression {
    let first = try operand(&self)
    var links: [ArithmeticLink] = []
    while let (operation, place) = skipOperator(among: operations) {
      links.append(
        ArithmeticLink(operation: operation, range: place, operand: try operand(&self)))
    }
    guard !links.isEmpty else { return first }
    return Expression(
      node: .arithmetic(first, links), range: range(from: first.range.lowerBound))
  }

  private mutating func skipOperator(
    among operations: [ArithmeticOperator]
  ) -> (ArithmeticOperator, SourceRange)? {
    let start = position
    skipBlanks()
    for operation in operations where isNext(operation) {
      let sign = position
      position += operation.rawValue.utf8.count
      return (operation, range(from: sign))
    }
    position = start
    return nil
  }

  private func isNext(_ operation: ArithmeticOperator) -> Bool {
    switch operation {
    case .add: peek() == UInt8(ascii: "+")
    case .subtract: peek() == UInt8(ascii: "-")
    case .multiply: peek() == UInt8(ascii: "*") && peek(1) != UInt8(ascii: "*")
    case .power: peek() == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "*")
    case .floorDivide: peek() == UInt8(ascii: "/") && peek(1) == UInt8(ascii: "/")
    case .divide: peek() == UInt8(ascii: "/") && peek(1) != UInt8(ascii: "/")
    case .remainder: peek() == UInt8(ascii: "%")
    }
  }

  private mutating func signed() throws(Diagnostic) -> Expression {
    skipBlanks()
    let start = position
    guard peek() == UInt8(ascii: "-") || peek() == UInt8(ascii: "+") else {
      return try power()
    }
    let isNegative = peek() == UInt8(ascii: "-")
    try enter(at: here)
    position += 1
    let digits = position
    if isNegative, Lexical.isDigit(peek()), let literal = try negativeLiteral(from: start) {
      if skipOperator(among: [.power]) == nil {
        leave()
        return literal
      }
      position = digits
    }
    let operand = try signed()
    leave()
    return Expression(
      node: isNegative ? .negation(operand) : operand.node, range: range(from: start))
  }

  /// A primary, perhaps raised to a power: `2 ** 3 ** 2` is `2 ** (3 ** 2)`, `-2 ** 2` is `-(2 ** 2)`.
  private mutating func power() throws(Diagnostic) -> Expression {
    let base = try primary()
    guard let (operation, place) = skipOperator(among: [.power]) else { return base }
    try enter(at: place)
    let link = ArithmeticLink(operation: operation, range: place, operand: try signed())
    leave()
    return Expression(
      node: .arithmetic(base, [link]), range: range(from: base.range.lowerBound))
  }
}
