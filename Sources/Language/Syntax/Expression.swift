/// An expression as parsed; `Evaluator` gives it a value.
package struct Expression: Sendable {
  package let node: Node
  package let range: SourceRange

  /// What an expression is made of.
  package indirect enum Node: Sendable {
    case literal(Value)
    /// A bare name: a `let`, a parameter, or a fact without arguments such as `loss`.
    case name(String)
    /// `$name`, `$1` or `$#`.
    case variable(Variable)
    /// `"…"` with substitutions inside.
    case text([WordPart])
    case call(Call)
    case negation(Expression)
    case not(Expression)
    /// Operators of one rank, from left to right; flat, so that a long sum needs no deep stack.
    case arithmetic(Expression, [ArithmeticLink])
    case comparison(Expression, Comparator, Expression)
    case all([Expression])
    case any([Expression])
  }
}

/// The `+ b` of `a + b`.
package struct ArithmeticLink: Sendable {
  package let operation: ArithmeticOperator
  /// Where the operator stands.
  package let range: SourceRange
  package let operand: Expression
}

/// An operator on two numbers, as it is written.
package enum ArithmeticOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  /// Binds tighter than a sign before it, and from right to left, as in Python.
  case power = "**"
}

/// An operator that compares two numbers, as it is written.
package enum Comparator: String, Sendable {
  case equal = "=="
  case unequal = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// `params(net)`, `min(a, b)`.
package struct Call: Sendable {
  package let name: String
  package let nameRange: SourceRange
  package let arguments: [Argument]

  /// What stands between the parentheses of a call.
  package enum Argument: Sendable {
    /// A bare name or path: what a fact is about (`net`, `test`, `res1.body`), never a variable.
    case reference(String, SourceRange)
    case expression(Expression)
  }
}

/// `$name`, `$1`, `$#`.
package struct Variable: Sendable {
  /// What stands for a value.
  package enum Name: Sendable, Hashable {
    case named(String)
    /// An argument of the command file, counted from 1.
    case positional(Int)
    /// How many arguments the command file was given.
    case count
  }

  package let name: Name
  /// The range with its `$`.
  package let range: SourceRange
}
