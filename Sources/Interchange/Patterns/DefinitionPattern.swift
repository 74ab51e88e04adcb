import Networks

/// A definition as a pattern: what its name builds of its parameters.
///
/// A call of another definition inside is a `Pattern.call` with that one's number.
package struct DefinitionPattern: Sendable {
  package let name: String
  package let parameters: [Parameter]
  package let body: [Pattern]

  /// Whether it comes with the program.
  package let isShipped: Bool

  /// A parameter with its default, if it has one.
  package struct Parameter: Sendable {
    package let name: String
    package let standard: Formula?

    /// A parameter that may be left out where it has a default.
    package init(name: String, standard: Formula?) {
      self.name = name
      self.standard = standard
    }
  }

  /// A definition of its parts.
  package init(name: String, parameters: [Parameter], body: [Pattern], isShipped: Bool) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.isShipped = isShipped
  }

  /// The formulas that a call's arguments stand for, defaults where there are fewer of them.
  func values(_ arguments: [Formula]) -> [String: Formula] {
    var values: [String: Formula] = [:]
    for (index, parameter) in parameters.enumerated() {
      let given = index < arguments.count ? arguments[index] : parameter.standard
      values[parameter.name] = given?.replacing(values)
    }
    return values
  }

  /// Whether it does no more than to call another definition, and which.
  var forwards: Int? {
    guard body.count == 1, case .call(let number, _) = body[0] else { return nil }
    return number
  }
}

extension Pattern {
  /// The same with formulas in place of parameters; words become values.
  func replacing(_ formulas: [String: Formula]) -> Pattern {
    mapping {
      $0.replacing(formulas)
    } slot: { slot, type in
      guard let formula = slot.formula else { return slot }
      switch formula.replacing(formulas) {
      case .word(let word):
        return type.value(of: word).map { .init($0) } ?? .number(.word(word))
      case let formula: return .number(formula)
      }
    }
  }
}
