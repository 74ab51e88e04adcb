#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Arithmetic on values: whole numbers stay whole and are checked for overflow, `/` is always real.
enum Arithmetic {
  /// Applies an operator.
  ///
  /// Throws a diagnostic at `range` for operands that are no numbers, division by zero and results
  /// that are too large.
  static func apply(
    _ operation: ArithmeticOperator, _ left: Value, _ right: Value, at range: SourceRange
  ) throws -> Value {
    guard let first = left.number, let second = right.number else {
      throw EvaluationProblem.notNumbers(operation, left, right).at(range)
    }
    switch operation {
    case .divide, .floorDivide, .remainder:
      if second == 0 { throw EvaluationProblem.divisionByZero(operation, left).at(range) }
    case .power:
      if first == 0, second < 0 { throw EvaluationProblem.noPower(left, right).at(range) }
      if first < 0, second != second.rounded() {
        throw EvaluationProblem.noPower(left, right).at(range)
      }
    case .add, .subtract, .multiply: break
    }
    if operation != .divide, !(operation == .power && second < 0), case .integer(let a) = left,
      case .integer(let b) = right
    {
      guard let result = whole(operation, a, b) else {
        throw EvaluationProblem.overflow(operation, left, right).at(range)
      }
      return .integer(result)
    }
    let result = real(operation, first, second)
    if !result.isFinite, first.isFinite, second.isFinite {
      throw EvaluationProblem.overflow(operation, left, right).at(range)
    }
    return .real(result)
  }

  /// The result, or nil when it does not fit; the divisor is not 0.
  private static func whole(_ operation: ArithmeticOperator, _ a: Int, _ b: Int) -> Int? {
    let (result, overflow): (Int, Bool)
    switch operation {
    case .add: (result, overflow) = a.addingReportingOverflow(b)
    case .subtract: (result, overflow) = a.subtractingReportingOverflow(b)
    case .multiply: (result, overflow) = a.multipliedReportingOverflow(by: b)
    case .floorDivide, .divide:
      let (quotient, tooLarge) = a.dividedReportingOverflow(by: b)
      if tooLarge { return nil }
      let isBelow = a % b != 0 && (a < 0) != (b < 0)
      return isBelow ? quotient - 1 : quotient
    case .remainder:
      if b == -1 { return 0 }
      let remainder = a % b
      return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
    case .power: return wholePower(of: a, b)
    }
    return overflow ? nil : result
  }

  /// A whole number to a power ≥ 0 by squaring, or nil when it does not fit.
  private static func wholePower(of base: Int, _ exponent: Int) -> Int? {
    var (result, square, rest) = (1, base, exponent)
    while true {
      if rest & 1 == 1 {
        let (product, overflow) = result.multipliedReportingOverflow(by: square)
        if overflow { return nil }
        result = product
      }
      rest >>= 1
      if rest == 0 { return result }
      let (next, overflow) = square.multipliedReportingOverflow(by: square)
      if overflow { return nil }
      square = next
    }
  }

  private static func real(_ operation: ArithmeticOperator, _ a: Double, _ b: Double) -> Double {
    switch operation {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .floorDivide: (a / b).rounded(.down)
    case .remainder: a - b * (a / b).rounded(.down)
    case .power: pow(a, b)
    }
  }

  /// Compares; equality holds between all values, order between numbers only.
  static func compare(
    _ left: Value, _ comparator: Comparator, _ right: Value, at range: SourceRange
  ) throws -> Bool {
    switch comparator {
    case .equal: return left.isEqual(to: right)
    case .unequal: return !left.isEqual(to: right)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: break
    }
    if case .integer(let a) = left, case .integer(let b) = right {
      return order(a, comparator, b)
    }
    guard let a = left.number, let b = right.number else {
      throw EvaluationProblem.notOrdered(comparator, left, right).at(range)
    }
    return order(a, comparator, b)
  }

  private static func order<T: Comparable>(_ a: T, _ comparator: Comparator, _ b: T) -> Bool {
    switch comparator {
    case .equal: a == b
    case .unequal: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }
}
