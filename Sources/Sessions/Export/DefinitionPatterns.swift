import Interchange
import Language
import Networks

/// The definitions in force as patterns, so that code can be written with their names and parameters.
struct DefinitionPatterns {
  private let environment: Environment
  private let numbers: [String: Int]
  private var bodies: [String: [Pattern]?] = [:]

  /// Definitions that are being translated, so that one which calls itself is left out.
  private var begun: Set<String> = []

  /// The patterns of all definitions; those that decide or loop over words have none and build nothing.
  static func all(of environment: Environment) -> [DefinitionPattern] {
    let names = environment.definitionNames
    var patterns = DefinitionPatterns(environment, names)
    return names.compactMap { name in
      guard let definition = environment.definitions[name] else { return nil }
      let body = patterns.body(of: name) ?? []
      let parameters = definition.parameters.map { parameter in
        DefinitionPattern.Parameter(
          name: parameter.name,
          standard: parameter.defaultValue.flatMap { patterns.formula(of: $0, [:]) })
      }
      return DefinitionPattern(
        name: name, parameters: parameters, body: body,
        isShipped: Library.owns(definition.range.source))
    }
  }

  private init(_ environment: Environment, _ names: [String]) {
    self.environment = environment
    numbers = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
  }

  private mutating func body(of name: String) -> [Pattern]? {
    if let known = bodies[name] { return known }
    guard let definition = environment.definitions[name], begun.insert(name).inserted else {
      return nil
    }
    var locals = Dictionary(
      definition.parameters.map { ($0.name, Formula.parameter($0.name)) },
      uniquingKeysWith: { first, _ in first })
    let result = chain(of: definition.body.statements, &locals)
    bodies[name] = .some(result)
    return result
  }

  // MARK: Statements

  private mutating func chain(of statements: [Statement], _ locals: inout [String: Formula])
    -> [Pattern]?
  {
    var result: [Pattern] = []
    for statement in statements {
      switch statement {
      case .command(let command):
        guard let patterns = patterns(of: command, &locals) else { return nil }
        result += patterns
      case .binding(let binding):
        guard let formula = formula(of: binding.value, locals) else { return nil }
        locals[binding.name] = formula
      case .loop, .conditional, .definition, .attempt: return nil
      }
    }
    return result
  }

  private mutating func patterns(of command: CommandSyntax, _ locals: inout [String: Formula])
    -> [Pattern]?
  {
    guard let word = command.verb.bareText else { return nil }
    let options = command.options.filter { $0.name != "name" }
    guard !options.contains(where: { $0.name == "frozen" }) else { return nil }
    guard let kind = Kind(word: word) else {
      return call(word, command.words, options, locals).map { [$0] }
    }
    guard let slots = slots(of: kind, command.words, options, locals) else { return nil }
    var chains: [[Pattern]] = []
    for block in command.blocks {
      var inner = locals
      guard let chain = chain(of: block.statements, &inner) else { return nil }
      chains.append(chain)
    }
    if let container = container(kind, slots, chains) {
      return checkpointed(container, slots, isRepeat: kind == .repeated)
    }
    return layer(kind, slots).map { [.layer($0)] }
  }

  private mutating func call(
    _ name: String, _ words: [WordSyntax], _ options: [OptionSyntax], _ locals: [String: Formula]
  ) -> Pattern? {
    guard let number = numbers[name], let definition = environment.definitions[name],
      body(of: name) != nil
    else { return nil }
    var arguments: [Formula] = []
    for (index, parameter) in definition.parameters.enumerated() {
      let given =
        index < words.count
        ? words[index] : options.first { $0.name == parameter.name }?.value
      if let given {
        guard let formula = formula(of: given, locals) else { return nil }
        arguments.append(formula)
      } else {
        guard let standard = parameter.defaultValue,
          let formula = formula(
            of: standard,
            Dictionary(
              zip(definition.parameters.map(\.name), arguments),
              uniquingKeysWith: { first, _ in first }))
        else { return nil }
        arguments.append(formula)
      }
    }
    return .call(number, arguments)
  }

  /// Blocks of which the backward pass computes the values again; nothing where a parameter decides on that.
  private func checkpointed(
    _ blocks: [Pattern], _ slots: [String: LayerPattern.Slot], isRepeat: Bool
  ) -> [Pattern]? {
    switch slots["checkpoint"] {
    case .fixed(.flag(true)): break
    case nil, .fixed(.flag(false)): return blocks
    case .fixed, .number: return nil
    }
    guard isRepeat, let first = blocks.first else { return Pattern.checkpointed(blocks) }
    switch first {
    case .loop(let count, let list): return [.loop(count, Pattern.checkpointed(list))]
    case .shared(var shared):
      shared.isCheckpointed = true
      return [.shared(shared)]
    case .layer, .group, .residual, .parallel, .call: return blocks
    }
  }

  private func container(
    _ kind: Kind, _ slots: [String: LayerPattern.Slot], _ chains: [[Pattern]]
  ) -> [Pattern]? {
    func formula(_ name: String) -> Formula { slots[name]?.formula ?? .one }
    switch kind {
    case .sequential: return chains.first
    case .repeated:
      guard slots["shared"] == .fixed(.flag(true)) else {
        return chains.first.map { [.loop(formula("copies"), $0)] }
      }
      return chains.first.map {
        [.shared(SharedPattern(passes: formula("copies"), body: $0))]
      }
    case .residual:
      guard let body = chains.first, let activation = slots["act"], let kind = slots["shortcut"]
      else { return nil }
      return [
        .residual(
          ResidualPattern(
            body: body, shortcut: chains.count > 1 ? .given(chains[1]) : .byKind(kind),
            activation: activation, scale: formula("scale")))
      ]
    case .parallel:
      guard case .fixed(.word(let word)) = slots["join"], let join = Parallel.Join(rawValue: word)
      else { return nil }
      return [.parallel(ParallelPattern(join: join, branches: chains))]
    case .squeezeExcite:
      guard let gate = squeezeExcite(slots) else { return nil }
      return (chains.first ?? [])
        + [.parallel(ParallelPattern(join: .multiply, branches: [], gate: gate))]
    case .highway:
      let gate = ParallelPattern.Gate.highway(bias: formula("bias"))
      return chains.first.map {
        [.parallel(ParallelPattern(join: .highway, branches: [$0], gate: gate))]
      }
    default: return nil
    }
  }

  /// The gate of `se`; nothing where it has other functions and no number of units.
  private func squeezeExcite(_ slots: [String: LayerPattern.Slot]) -> ParallelPattern.Gate? {
    guard let act = slots["act"], let gate = slots["gate"] else { return nil }
    if let units = slots["units"]?.formula {
      return .weighing(units: units, act: act, gate: gate)
    }
    let standard = SqueezeExcite()
    guard act == .fixed(.activation(standard.activation)),
      gate == .fixed(.activation(standard.gate))
    else { return nil }
    return .squeezeExcite(reduction: slots["reduction"]?.formula ?? .one)
  }

  private func layer(_ kind: Kind, _ slots: [String: LayerPattern.Slot]) -> LayerPattern? {
    guard kind.row.blocks == nil else { return nil }
    guard kind == .activation else { return LayerPattern(kind: kind.withoutRank, slots: slots) }
    guard case .fixed(.activation(let activation?)) = slots["function"] else { return nil }
    let layer = Layer.activation(activation)
    return LayerPattern(layer, input: Shape([1])).withoutRank
  }

  /// The arguments of a kind, defaults included.
  private func slots(
    of kind: Kind, _ words: [WordSyntax], _ options: [OptionSyntax], _ locals: [String: Formula]
  ) -> [String: LayerPattern.Slot]? {
    let parameters = kind.row.parameters
    let positional = parameters.filter(\.isPositional)
    guard words.count <= positional.count else { return nil }
    var given = Array(zip(positional, words))
    for option in options {
      guard let parameter = kind.row.parameter(called: option.name) else { return nil }
      given.append((parameter, option.value))
    }
    var slots: [String: LayerPattern.Slot] = [:]
    for parameter in parameters {
      slots[parameter.name] = parameter.defaultText.flatMap(parameter.type.value).map { .init($0) }
    }
    for (parameter, word) in given {
      if let text = word.bareText {
        guard let value = parameter.type.value(of: text) else { return nil }
        slots[parameter.name] = .init(value)
      } else {
        guard let formula = formula(of: word, locals) else { return nil }
        slots[parameter.name] = .number(formula)
      }
    }
    return slots
  }

  // MARK: Formulas

  private func formula(of word: WordSyntax, _ locals: [String: Formula]) -> Formula? {
    switch word.form {
    case .constant(let atom): return Self.formula(of: atom)
    case .composed(let parts):
      guard parts.count == 1 else { return nil }
      switch parts[0] {
      case .variable(let variable): return formula(of: variable, locals)
      case .expression(let expression): return formula(of: expression, locals)
      case .bare, .quoted: return nil
      }
    }
  }

  private static func formula(of atom: Atom) -> Formula {
    atom.value.number.map { .literal($0) } ?? .word(atom.text)
  }

  private func formula(of variable: Variable, _ locals: [String: Formula]) -> Formula? {
    guard case .named(let name) = variable.name else { return nil }
    return formula(named: name, locals)
  }

  private func formula(named name: String, _ locals: [String: Formula]) -> Formula? {
    locals[name] ?? environment.atom(named: name).map { Self.formula(of: $0) }
      ?? .some(.parameter(name))
  }

  private func formula(of expression: Expression, _ locals: [String: Formula]) -> Formula? {
    switch expression.node {
    case .literal(let value): return Self.formula(of: Atom(value))
    case .name(let name): return formula(named: name, locals)
    case .variable(let variable): return formula(of: variable, locals)
    case .negation(let operand):
      return formula(of: operand, locals).map { .operation(.literal(0), .subtract, $0) }
    case .arithmetic(let first, let links):
      guard var result = formula(of: first, locals) else { return nil }
      for link in links {
        guard let operand = formula(of: link.operand, locals),
          let operation = Formula.Operator(rawValue: link.operation.rawValue)
        else { return nil }
        result = .operation(result, operation, operand)
      }
      return result
    case .text, .call, .not, .comparison, .all, .any: return nil
    }
  }
}
