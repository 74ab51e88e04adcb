/// A number in the code of a class: a literal, a parameter of the class, or arithmetic on both.
package indirect enum Formula: Hashable, Sendable {
  case literal(Double)

  /// What is no number: `same`, `yes`. It stands for a parameter of a definition only.
  case word(String)
  case parameter(String)
  case operation(Formula, Operator, Formula)

  /// Arithmetic as Python writes it; whole numbers divide by `//`.
  package enum Operator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case remainder = "%"
    case power = "**"

    fileprivate var rank: Int {
      switch self {
      case .add, .subtract: 1
      case .multiply, .divide, .floorDivide, .remainder: 2
      case .power: 3
      }
    }
  }

  /// A whole number.
  package static func literal(_ number: Int) -> Formula { .literal(Double(number)) }

  package static let one = Formula.literal(1)
}

extension Formula {
  /// The value where all parameters have one; nothing where one has none, or the result is no finite number.
  package func value(_ parameters: [String: Double]) -> Double? {
    switch self {
    case .literal(let number): return number
    case .word: return nil
    case .parameter(let name): return parameters[name]
    case .operation(let left, let operation, let right):
      guard let left = left.value(parameters), let right = right.value(parameters) else {
        return nil
      }
      let result = operation.result(left, right)
      return result.isFinite ? result : nil
    }
  }

  /// The names of its parameters.
  package var parameters: Set<String> {
    switch self {
    case .literal, .word: []
    case .parameter(let name): [name]
    case .operation(let left, _, let right): left.parameters.union(right.parameters)
    }
  }

  /// The number that it is, whatever the parameters.
  package var number: Double? { value([:]) }

  /// The same with formulas in place of parameters.
  package func replacing(_ formulas: [String: Formula]) -> Formula {
    switch self {
    case .literal, .word: return self
    case .parameter(let name): return formulas[name] ?? self
    case .operation(let left, let operation, let right):
      let result = Formula.operation(
        left.replacing(formulas), operation, right.replacing(formulas))
      return result.number.map { .literal($0) } ?? result
    }
  }

  /// The product, without factors of 1.
  package func times(_ other: Formula) -> Formula {
    if self == .one { return other }
    if other == .one { return self }
    return Formula.operation(self, .multiply, other).replacing([:])
  }

  /// The power, 1 where the base is 1.
  package func raised(to exponent: Formula) -> Formula {
    if self == .one || exponent == .literal(0) { return .one }
    if exponent == .one { return self }
    return Formula.operation(self, .power, exponent).replacing([:])
  }

  /// As Python writes it.
  package var python: String { python(rank: 0) }

  private func python(rank: Int) -> String {
    switch self {
    case .literal(let number): return Self.text(number)
    case .word(let word): return word
    case .parameter(let name): return name
    case .operation(let left, let operation, let right):
      let own = operation.rank
      let isPower = operation == .power
      let text =
        "\(left.python(rank: isPower ? own + 1 : own)) \(operation.rawValue) "
        + right.python(rank: isPower ? own : own + 1)
      return own < rank ? "(\(text))" : text
    }
  }

  /// A number as Python writes it: whole ones without a point.
  package static func text(_ number: Double) -> String {
    if let whole = Int(exactly: number), abs(whole) < 1_000_000_000_000 { return "\(whole)" }
    return "\(number)"
  }
}

extension Formula.Operator {
  fileprivate func result(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    case .floorDivide: (left / right).rounded(.down)
    case .remainder: left - (left / right).rounded(.down) * right
    case .power: Self.power(left, right)
    }
  }

  /// Whole powers only: others are not sizes.
  private static func power(_ base: Double, _ exponent: Double) -> Double {
    guard let count = Int(exactly: exponent), (0...64).contains(count) else { return .nan }
    return (0..<count).reduce(1) { product, _ in product * base }
  }
}
