/// The names in force: `let`s, definitions and the arguments of the command file.
///
/// A value, so that a half-typed line can be tried out on a copy. A definition's body sees its
/// parameters and the `let`s outside all definitions, not those of its caller.
package struct Environment: Sendable, Equatable {
  private var globals: [String: Atom] = [:]
  /// Parameters and `let`s within the definition that is being expanded; nil outside.
  var locals: [String: Atom]?
  package private(set) var definitions: [String: Definition] = [:]
  /// What `$1 $2 …` stand for.
  package var arguments: [Atom] = []
  /// Names that no `def` may take: the host's commands and kinds of layers.
  package var reservedNames: Set<String> = []

  package init() {}

  /// What a name stands for.
  package func atom(named name: String) -> Atom? {
    locals?[name] ?? globals[name]
  }

  /// The value of a name.
  package func value(of name: String) -> Value? { atom(named: name)?.value }

  /// Every name that has a value, in alphabetical order.
  package var names: [String] {
    Set(globals.keys).union(locals?.keys.map { $0 } ?? []).sorted()
  }

  /// Gives a name a value.
  package mutating func bind(_ name: String, to value: Value) { bind(name, to: Atom(value)) }

  mutating func bind(_ name: String, to atom: Atom) {
    if locals == nil { globals[name] = atom } else { locals?[name] = atom }
  }

  /// Puts back what a name stood for before; nil takes the name away.
  mutating func restore(_ name: String, to atom: Atom?) {
    if locals == nil { globals[name] = atom } else { locals?[name] = atom }
  }

  /// What a name stands for in the innermost scope only.
  func innermost(_ name: String) -> Atom? { locals == nil ? globals[name] : locals?[name] }

  /// Adds a definition or replaces the one of the same name.
  ///
  /// Throws a diagnostic when the name is reserved.
  package mutating func define(_ definition: Definition) throws {
    if reservedNames.contains(definition.name) {
      throw ExpansionProblem.reservedName(definition.name).at(definition.nameRange)
    }
    definitions[definition.name] = definition
  }

  /// Takes a definition away.
  package mutating func undefine(_ name: String) { definitions[name] = nil }
}
