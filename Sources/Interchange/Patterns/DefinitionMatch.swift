import Networks

/// Finds the arguments with which a definition builds a chain that is there.
///
/// Groups and loops that mean nothing are seen through on both sides.
struct DefinitionMatch {
  let definitions: [DefinitionPattern]

  /// What parameters stand for, as far as it is known.
  private var bindings: [String: Formula] = [:]

  /// Formulas that cannot be computed yet, and what they must yield.
  private var open: [(formula: Formula, number: Double)] = []

  /// The defaults of the parameters that are looked for.
  private var standards: [String: Formula] = [:]

  private init(_ definitions: [DefinitionPattern], _ bindings: [String: Formula] = [:]) {
    self.definitions = definitions
    self.bindings = bindings
  }

  /// The arguments of the definition with a number for which it builds a chain, in the order of its parameters;
  /// nothing where there are none.
  static func arguments(of number: Int, in definitions: [DefinitionPattern], for chain: [Pattern])
    -> [Formula]?
  {
    let definition = definitions[number]
    let pieces = flat(chain)
    var first = DefinitionMatch(definitions)
    for parameter in definition.parameters { first.standards[parameter.name] = parameter.standard }
    guard first.matchAll(definition.body, pieces), first.solve() else { return nil }
    var bindings: [String: Formula] = [:]
    for parameter in definition.parameters {
      let value = first.bindings[parameter.name] ?? parameter.standard?.replacing(bindings)
      guard let value, value.parameters.isEmpty else { return nil }
      bindings[parameter.name] = value
    }
    var second = DefinitionMatch(definitions, bindings)
    guard second.matchAll(definition.body, pieces), second.open.isEmpty else { return nil }
    return definition.parameters.map { bindings[$0.name] ?? .one }
  }

  /// A chain without groups, and without loops whose number of copies is known.
  private static func flat(_ chain: [Pattern]) -> [Pattern] {
    chain.flatMap { pattern -> [Pattern] in
      switch pattern {
      case .group(let list): return flat(list)
      case .loop(let count, let list):
        guard let count = count.number, count >= 0, count <= 10_000 else { return [pattern] }
        let copy = flat(list)
        return (0..<Int(count)).flatMap { _ in copy }
      case .layer, .residual, .shared, .parallel, .call: return [pattern]
      }
    }
  }

  private mutating func matchAll(_ patterns: [Pattern], _ pieces: [Pattern]) -> Bool {
    match(patterns[...], pieces[...])?.isEmpty == true
  }

  /// What is left of the pieces behind those that the patterns build; nothing where they build others.
  private mutating func match(_ patterns: ArraySlice<Pattern>, _ pieces: ArraySlice<Pattern>)
    -> ArraySlice<Pattern>?
  {
    var rest = pieces
    for pattern in patterns {
      switch pattern {
      case .group(let list):
        guard let left = match(list[...], rest) else { return nil }
        rest = left
      case .call(let number, let arguments):
        let called = definitions[number]
        let values = called.values(arguments)
        guard let left = match(called.body.map { $0.replacing(values) }[...], rest) else {
          return nil
        }
        rest = left
      case .loop(let count, let list):
        guard let left = matchLoop(count, list, rest) else { return nil }
        rest = left
      case .layer, .residual, .shared, .parallel:
        guard let piece = rest.first, matches(pattern, piece) else { return nil }
        rest = rest.dropFirst()
      }
    }
    return rest
  }

  /// As many copies as there are, or as the count says where it is known.
  private mutating func matchLoop(
    _ count: Formula, _ list: [Pattern], _ pieces: ArraySlice<Pattern>
  ) -> ArraySlice<Pattern>? {
    let known = count.replacing(bindings).number
    var rest = pieces
    var found = 0
    while known.map({ Double(found) < $0 }) ?? true {
      var trial = self
      guard let left = trial.match(list[...], rest), left.count < rest.count else { break }
      self = trial
      rest = left
      found += 1
    }
    return unify(count, Double(found)) ? rest : nil
  }

  private mutating func matches(_ pattern: Pattern, _ piece: Pattern) -> Bool {
    switch (pattern, piece) {
    case (.layer(let layer), .layer(let found)):
      guard layer.kind == found.kind, layer.isFrozen == found.isFrozen else { return false }
      for parameter in layer.kind.row.parameters {
        switch (layer.slots[parameter.name], found.slots[parameter.name]) {
        case (nil, nil): break
        case (let slot?, let value?):
          guard unify(slot, value) else { return false }
        default: return false
        }
      }
      return true
    case (.residual(let residual), .residual(let found)):
      guard unify(residual.scale, found.scale), unify(residual.activation, found.activation),
        matchAll(residual.body, Self.flat(found.body))
      else { return false }
      switch (residual.shortcut, found.shortcut) {
      case (.byKind(let slot), .byKind(let kind)): return unify(slot, kind)
      case (.given(let list), .given(let pieces)): return matchAll(list, Self.flat(pieces))
      case (.byKind, .given), (.given, .byKind): return false
      }
    case (.shared(let shared), .shared(let found)):
      return shared.isCheckpointed == found.isCheckpointed
        && unify(shared.passes, found.passes) && matchAll(shared.body, Self.flat(found.body))
    case (.parallel(let parallel), .parallel(let found)):
      guard parallel.join == found.join, parallel.branches.count == found.branches.count else {
        return false
      }
      switch (parallel.gate, found.gate) {
      case (nil, nil): break
      case (.squeezeExcite(let left), .squeezeExcite(let right)),
        (.highway(let left), .highway(let right)):
        guard unify(left, right) else { return false }
      case (.weighing(let units, let act, let gate), .weighing(let count, let first, let second)):
        guard unify(units, count), unify(act, first), unify(gate, second) else { return false }
      default: return false
      }
      return zip(parallel.branches, found.branches).allSatisfy { branch, pieces in
        matchAll(branch, Self.flat(pieces))
      }
    default: return false
    }
  }

  private mutating func unify(_ slot: LayerPattern.Slot, _ value: LayerPattern.Slot) -> Bool {
    switch (slot, value) {
    case (.number(let formula), .number(let number)): return unify(formula, number)
    case (.number(.parameter(let name)), .fixed(let value)):
      return bind(name, to: .word(value.text))
    case (.fixed(let left), .fixed(let right)): return left == right
    case (.number, .fixed), (.fixed, .number): return false
    }
  }

  private mutating func unify(_ formula: Formula, _ value: Formula) -> Bool {
    guard let number = value.number else { return false }
    return unify(formula, number)
  }

  private mutating func unify(_ formula: Formula, _ number: Double) -> Bool {
    if case .parameter(let name) = formula { return bind(name, to: .literal(number)) }
    let known = formula.replacing(bindings)
    if let value = known.number { return value == number }
    guard !known.parameters.isEmpty else { return false }
    open.append((formula, number))
    return true
  }

  private mutating func bind(_ name: String, to value: Formula) -> Bool {
    if let bound = bindings[name] { return bound == value }
    bindings[name] = value
    return true
  }

  /// Finds what is not known yet by trying whole numbers, one parameter of a formula at a time.
  private mutating func solve() -> Bool {
    while !open.isEmpty {
      let before = open.count
      for (index, (formula, number)) in open.enumerated().reversed() {
        let known = formula.replacing(bindings)
        let names = known.parameters
        if names.isEmpty {
          guard known.number == number else { return false }
        } else if names.count == 1, let name = names.first {
          let found = candidates(for: name).first { known.value([name: $0]) == number }
          guard let found else { return false }
          bindings[name] = .literal(found)
        } else {
          continue
        }
        open.remove(at: index)
      }
      if open.count == before { return true }
    }
    return true
  }

  /// The default, powers of two, then all whole numbers up to a large one.
  private func candidates(for name: String) -> [Double] {
    let standard = standards[name]?.replacing(bindings).number.map { [$0] } ?? []
    return standard + (0...12).map { Double(1 << $0) } + (0...4096).map { Double($0) }
  }
}
