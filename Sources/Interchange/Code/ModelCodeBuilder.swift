import Networks

/// Finds the classes of a network: blocks that a definition builds, then blocks that are alike but for their numbers.
struct ModelCodeBuilder {
  let definitions: [DefinitionPattern]
  private(set) var classes: [ModelCode.CodeClass] = []
  private var classOfDefinition: [DefinitionUse: Int] = [:]
  private var parametersOfDefinition: [DefinitionUse: [String]] = [:]
  private var namesTaken: Set<String>

  /// A definition with the words that its code is made for.
  private struct DefinitionUse: Hashable {
    let definition: Int
    let words: [String: Formula]
    let rank: Int
  }

  /// A builder that knows definitions and gives no class a name that is taken.
  init(definitions: [DefinitionPattern], namesTaken: Set<String>) {
    self.definitions = definitions
    self.namesTaken = namesTaken
  }

  /// The chain of a whole network, in which blocks that are worth a class are calls.
  mutating func main(of network: Network) -> [Pattern] {
    let lifted = lift(LiteralPatterns(network: network).chain)
    var likenesses = Likenesses()
    likenesses.collect(lifted)
    for likeness in likenesses.worthAClass {
      let number = classes.count
      let general = likeness.generalised { [classes] in classes[$0].parameters.map(\.name) }
      let body = likenesses.calling(general.body, at: 0, in: classes.map(\.parameters.count))
      likenesses.note(likeness, number: number, positions: general.positions)
      classes.append(
        ModelCode.CodeClass(
          name: fresh(likeness.name), parameters: general.parameters, body: body,
          rank: likeness.rank, uses: []))
    }
    return likenesses.calling(lifted, at: 1, in: classes.map(\.parameters.count))
  }

  private mutating func fresh(_ name: String) -> String {
    var result = name
    var number = 1
    while !namesTaken.insert(result).inserted {
      number += 1
      result = "\(name)\(number)"
    }
    return result
  }
}

// MARK: - Definitions

extension ModelCodeBuilder {
  /// A chain in which blocks that definitions build are calls of their classes.
  private mutating func lift(_ chain: [Pattern]) -> [Pattern] {
    chain.map { pattern in
      if pattern.isCandidate, let call = call(for: pattern) { return call }
      return pattern.with(chains: pattern.chains.map { lift($0) })
    }
  }

  private mutating func call(for pattern: Pattern) -> Pattern? {
    guard let rank = pattern.rank else { return nil }
    for number in candidates(for: pattern, rank: rank) {
      guard
        let arguments = DefinitionMatch.arguments(
          of: number, in: definitions, for: [pattern]),
        let call = lower(number, arguments, rank: rank)
      else { continue }
      return call
    }
    return nil
  }

  /// Definitions that may build a block, those of the user first, then names that are written as classes are.
  private func candidates(for pattern: Pattern, rank: Int) -> [Int] {
    let suitable = definitions.indices.filter { number in
      let body = definitions[resolved(number)].body
      guard isNamed(number, for: rank) else { return false }
      switch pattern {
      case .residual: return body.count == 1 && body[0].isResidual
      case .shared: return body.count == 1 && body[0].isShared
      case .parallel: return body.count == 1 && body[0].isParallel
      case .group: return body.count > 1 && body.allSatisfy(\.isLayer)
      case .layer, .loop, .call: return false
      }
    }
    func order(_ number: Int) -> (Int, Int, Int) {
      let definition = definitions[number]
      return (definition.isShipped ? 1 : 0, definition.name.hasCapital ? 0 : 1, number)
    }
    return suitable.sorted { order($0) < order($1) }
  }

  /// The definition that one which only forwards leads to.
  private func resolved(_ number: Int) -> Int {
    var number = number
    for _ in definitions.indices {
      guard let next = definitions[number].forwards else { break }
      number = next
    }
    return number
  }

  /// Whether a name that ends in `1D` or `2D` suits the dimensions.
  private func isNamed(_ number: Int, for rank: Int) -> Bool {
    let name = definitions[number].name.uppercased()
    return !((name.hasSuffix("1D") && rank != 1) || (name.hasSuffix("2D") && rank != 2))
  }

  /// The call of a definition's class, which is made where there is none yet; nothing where it cannot be.
  private mutating func lower(_ number: Int, _ arguments: [Formula], rank: Int) -> Pattern? {
    let definition = definitions[number]
    let values = definition.values(arguments)
    let words = values.filter { if case .word = $0.value { true } else { false } }
    let use = DefinitionUse(definition: number, words: words, rank: rank)
    if classOfDefinition[use] == nil {
      guard let body = body(of: number, words: words, rank: rank) else { return nil }
      let used = Set(body.flatMap { $0.formulas { _ in [] } }.flatMap(\.formula.parameters))
        .union(body.flatMap(\.argumentParameters))
      let parameters = definition.parameters.filter { used.contains($0.name) }
      classOfDefinition[use] = classes.count
      let (renamed, plain) = Self.renamed(parameters, body, words)
      classes.append(
        ModelCode.CodeClass(
          name: fresh(className(of: number, rank: rank)), parameters: renamed, body: plain,
          rank: rank, uses: []))
      parametersOfDefinition[use] = parameters.map(\.name)
    }
    guard let index = classOfDefinition[use], let names = parametersOfDefinition[use] else {
      return nil
    }
    return .call(index, names.map { values[$0] ?? .one })
  }

  /// The body with words in their places, what it only forwards to in its own place, and calls of other classes.
  private mutating func body(of number: Int, words: [String: Formula], rank: Int) -> [Pattern]? {
    var body = definitions[number].body.map { $0.replacing(words) }
    for _ in definitions.indices {
      guard body.count == 1, case .call(let next, let arguments) = body[0] else { break }
      let values = definitions[next].values(arguments)
      body = definitions[next].body.map { $0.replacing(values) }
    }
    guard let (chain, _) = Pattern.setting(rank: rank, in: body) else { return nil }
    return calling(chain, rank: rank, isBody: true)
  }

  /// A chain with calls of other classes; nothing where a block inside needs a class of its own.
  private mutating func calling(_ chain: [Pattern], rank: Int, isBody: Bool = false) -> [Pattern]? {
    var result: [Pattern] = []
    for pattern in chain {
      switch pattern {
      case .call(let number, let arguments):
        guard let call = lower(number, arguments, rank: rank) else { return nil }
        result.append(call)
      case .layer(let layer):
        for case .number(let formula) in layer.slots.values where formula.hasWord { return nil }
        result.append(pattern)
      case .group, .loop, .residual, .shared, .parallel:
        let isWhole = isBody && chain.count == 1
        if pattern.hasParts, pattern.isCandidate, !isWhole { return nil }
        var chains: [[Pattern]] = []
        for chain in pattern.chains {
          guard let called = calling(chain, rank: rank) else { return nil }
          chains.append(called)
        }
        result.append(pattern.with(chains: chains))
      }
    }
    return result
  }

  /// Parameters with their defaults as numbers, under names that Python lets be.
  private static func renamed(
    _ parameters: [DefinitionPattern.Parameter], _ body: [Pattern], _ words: [String: Formula]
  ) -> ([ModelCode.CodeClass.Parameter], [Pattern]) {
    var names: [String: Formula] = [:]
    let result = parameters.map { parameter in
      let name = PythonNames.parameter(parameter.name)
      names[parameter.name] = .parameter(name)
      return ModelCode.CodeClass.Parameter(
        name: name, standard: parameter.standard?.replacing(words).number)
    }
    return (result, body.map { $0.replacing(names) })
  }

  private func className(of number: Int, rank: Int) -> String {
    let alias = definitions.indices.first {
      $0 != number && definitions[$0].forwards == number && definitions[$0].name.hasCapital
        && isNamed($0, for: rank)
    }
    let own = definitions[number].name
    return PythonNames.className(own.hasCapital ? own : alias.map { definitions[$0].name } ?? own)
  }
}

extension Formula {
  /// Whether a word is part of it.
  var hasWord: Bool {
    switch self {
    case .word: true
    case .literal, .parameter: false
    case .operation(let left, _, let right): left.hasWord || right.hasWord
    }
  }
}

extension Pattern {
  /// Whether it may be worth a class of its own.
  var isCandidate: Bool {
    switch self {
    case .residual, .shared, .group: true
    case .parallel(let parallel):
      if case .squeezeExcite = parallel.gate { false } else { true }
    case .layer, .loop, .call: false
    }
  }

  /// Whether its class has parts of its own and says how it computes.
  var hasParts: Bool { isResidual || isShared || isParallel }

  var isLayer: Bool { if case .layer = self { true } else { false } }
  var isResidual: Bool { if case .residual = self { true } else { false } }
  var isShared: Bool { if case .shared = self { true } else { false } }
  var isParallel: Bool { if case .parallel = self { true } else { false } }

  /// The spatial dimensions of the input, where a layer or branch knows them.
  var rank: Int? {
    switch self {
    case .layer(let layer): layer.rank
    case .parallel(let parallel): parallel.rank
    case .residual(let residual): residual.rank
    case .shared(let shared): shared.rank
    case .group, .loop: chains.lazy.joined().lazy.compactMap(\.rank).first
    case .call: nil
    }
  }

  /// The parameters in the arguments of calls and in words that are still to be told.
  var argumentParameters: Set<String> {
    switch self {
    case .call(_, let arguments):
      arguments.reduce(into: []) { $0.formUnion($1.parameters) }
    case .layer: []
    case .group, .loop, .residual, .shared, .parallel:
      chains.joined().reduce(into: []) { $0.formUnion($1.argumentParameters) }
    }
  }
}

extension String {
  var hasCapital: Bool { contains { $0.isUppercase } }
}
