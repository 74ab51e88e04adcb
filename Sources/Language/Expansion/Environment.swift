import HashTreeCollections

/// The names in force: `let`s, definitions and the arguments of the command file.
///
/// A value, so that a half-typed line can be tried out on a copy, which shares what it has in common. A definition's body sees its
/// parameters and the `let`s outside all definitions, not those of its caller.
package struct Environment: Sendable, Equatable {
  private var globals: TreeDictionary<String, Atom> = [:]
  /// Parameters and `let`s within the definition that is being expanded; nil outside.
  var locals: [String: Atom]?
  package private(set) var definitions: TreeDictionary<String, Definition> = [:]
  /// The names of all definitions, in alphabetical order.
  package var definitionNames: [String] { definitions.keys.sorted() }

  /// What `$1 $2 …` stand for.
  package var arguments: [Atom] = []
  /// Names that no `def` may take: the host's commands and kinds of layers.
  package var reservedNames: Set<String> = []

  /// An environment without names.
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

  mutating func bind(_ name: String, to atom: Atom) { restore(name, to: atom) }

  /// Puts back what a name stood for before; nil takes the name away.
  mutating func restore(_ name: String, to atom: Atom?) {
    guard locals == nil else {
      locals?[name] = atom
      return
    }
    keptBytes += Self.bytes(name, atom) - Self.bytes(name, globals[name])
    globals[name] = atom
  }

  /// Bytes of the names outside definitions and of the texts they stand for.
  private(set) var keptBytes = 0

  private static func bytes(_ name: String, _ atom: Atom?) -> Int {
    atom.map { name.utf8.count + $0.text.utf8.count } ?? 0
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
