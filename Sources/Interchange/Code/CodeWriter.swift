import Networks

/// Writes the classes of a network in a framework's dialect.
struct CodeWriter<Dialect: CodeDialect> {
  let code: ModelCode
  var dialect: Dialect

  /// The class that is being written; nothing in the whole network.
  private var uses: [[String: Double]] = []

  /// What the classes written so far ask of the channels of their input.
  private var inputUses: [CodeInputUse] = []

  init(_ code: ModelCode, _ dialect: Dialect) {
    self.code = code
    self.dialect = dialect
  }

  func flow(_ number: Int) -> Pattern.ClassFlow? { code.flow(of: number) }

  /// The text of each class, then of the whole network under a name.
  mutating func classes(main name: String) throws(CodeProblem) -> [String] {
    var result: [String] = []
    for item in code.classes { result.append(try text(of: item)) }
    uses = []
    let chain = try chain(code.main, from: .literal(code.network.input.channels))
    let header = "class \(name)(\(dialect.sequential)):"
    let lines = dialect.chainBody(parameters: Self.list(handed), chain: chain, checks: [])
    result.append(([header] + lines).joined(separator: "\n"))
    return result
  }

  private mutating func text(of item: ModelCode.CodeClass) throws(CodeProblem) -> String {
    uses = item.uses.map { item.values(of: $0) }
    let input = Formula.parameter("in_channels")
    let lines: [String]
    let parent: String
    if item.body.count == 1, item.body[0].hasParts {
      var block = try block(item.body[0], rank: item.rank, from: input)
      inputUses.append(
        use(block.asksForInput ? .always : block.decidesByInput ? .whereItDiffers : .never))
      block.parameters = parameters(of: item)
      lines = dialect.blockBody(block)
      parent = dialect.blockClass
    } else {
      var list = item.body
      if case .group(let inner)? = list.first, list.count == 1 { list = inner }
      let chain = try chain(list, from: input)
      inputUses.append(use(chain.asksForInput ? .always : .never))
      lines = dialect.chainBody(
        parameters: parameters(of: item), chain: chain, checks: checks(in: list))
      parent = dialect.sequential
    }
    return (["class \(item.name)(\(parent)):"] + lines).joined(separator: "\n")
  }

  /// What a class asks of the channels of its input, whose code asks so much.
  private func use(_ asked: CodeInputUse) -> CodeInputUse {
    switch dialect.inputChannels {
    case .told: .always
    case .toldWhereTheyDecide: asked
    case .seenWhenBuilt: .never
    }
  }

  private var handed: [String] { dialect.handedOn.parameters }

  /// Parameters, each behind a comma.
  private static func list(_ parameters: [String]) -> String {
    parameters.map { ", " + $0 }.joined()
  }

  /// The parameters of the class written last.
  private func parameters(of item: ModelCode.CodeClass) -> String {
    let required = item.parameters.filter { $0.standard == nil }.map(\.name)
    let optional = item.parameters.compactMap { parameter in
      parameter.standard.map { "\(parameter.name)=\(Formula.text($0))" }
    }
    let all: [String] =
      switch inputUses.last {
      case .always: ["in_channels"] + required + optional
      case .whereItDiffers: required + optional + ["in_channels=0"]
      case .never, nil: required + optional
      }
    return Self.list(all + handed)
  }

  /// Lines that refuse numbers for which the padding of the class would not be that of the network.
  func checks(in list: [Pattern]) -> [String] {
    var names: [String] = []
    for pattern in list {
      if case .layer(let layer) = pattern, layer.isSame,
        case .number(.parameter(let name))? = layer.slots[layer.windowSlot],
        CodePlace(channels: .one, uses: uses).isOdd(.parameter(name)), !names.contains(name)
      {
        names.append(name)
      }
    }
    return names.flatMap {
      ["if \($0) % 2 == 0:", "    raise ValueError(f\"\($0) must be odd, found {\($0)}\")"]
    }
  }
}

// MARK: - Chains

extension CodeWriter {
  /// A chain for an input of so many channels.
  mutating func chain(_ chain: [Pattern], from input: Formula) throws(CodeProblem) -> ChainCode {
    var steps: [Step] = []
    var channels = input
    for part in CallRun.parts(of: chain, in: code) {
      switch part {
      case .run(let run):
        steps.append(
          .lines(
            run.lines(
              from: channels, in: code, inputUses[run.number],
              handing: dialect.handedOn.arguments)))
        channels = run.channels(from: channels, in: flow)
      case .pattern(.loop(let count, let list)):
        let after = Pattern.channels(after: list, from: channels, in: flow)
        steps.append(.lines(try loop(count, list, from: channels, to: after)))
        channels = after
      case .pattern(let pattern):
        steps.append(.modules(try modules(of: pattern, from: channels)))
        channels = pattern.channels(from: channels, in: flow)
      }
    }
    let modules = steps.flatMap(\.modules)
    if steps.allSatisfy(\.isModules) {
      let bare = modules.count == 1 && !modules[0].isLearned ? modules[0].text : nil
      return ChainCode(lines: [], modules: modules.map(\.text), bareModule: bare)
    }
    return ChainCode(lines: Self.lines(of: steps), modules: [])
  }

  private enum Step {
    case modules([CodeModule])
    case lines([String])

    var isModules: Bool { if case .modules = self { true } else { false } }

    var modules: [CodeModule] { if case .modules(let modules) = self { modules } else { [] } }
  }

  private static func lines(of steps: [Step]) -> [String] {
    var result: [String] = []
    var isFirst = true
    var pending: [String] = []
    func flush() {
      if pending.isEmpty, !isFirst { return }
      let verb = isFirst ? "=" : "+="
      let joined = pending.joined(separator: ", ")
      if joined.count <= 70 {
        result.append("layers \(verb) [\(joined)]")
      } else {
        result += ["layers \(verb) ["] + pending.map { "    \($0)," } + ["]"]
      }
      isFirst = false
      pending = []
    }
    for step in steps {
      switch step {
      case .modules(let modules): pending += modules.map(\.text)
      case .lines(let lines):
        flush()
        result += lines
      }
    }
    if !pending.isEmpty { flush() }
    return result
  }

  private mutating func loop(
    _ count: Formula, _ list: [Pattern], from input: Formula, to output: Formula
  ) throws(CodeProblem) -> [String] {
    var inner = try chain(list, from: input == output ? output : .parameter("inputs"))
    let hands = (inner.lines + inner.modules).contains { $0.contains("inputs") }
    if !hands { inner = try chain(list, from: output) }
    let head = "for _ in range(\(count.python)):"
    if !hands, inner.lines.isEmpty, inner.modules.count == 1 {
      return ["layers += [\(inner.modules[0]) \(head.dropLast())]"]
    }
    var lines = hands ? ["inputs = \(input.python)", head] : [head]
    if inner.lines.isEmpty {
      lines +=
        inner.modules.count == 1
        ? ["    layers.append(\(inner.modules[0]))"]
        : ["    layers += ["] + inner.modules.map { "        \($0)," } + ["    ]"]
    } else {
      lines += inner.lines.map { "    " + $0.replacing("layers = [", with: "layers += [") }
    }
    if hands { lines.append("    inputs = \(output.python)") }
    return lines
  }

  private mutating func modules(of pattern: Pattern, from input: Formula) throws(CodeProblem)
    -> [CodeModule]
  {
    switch pattern {
    case .layer(let layer):
      return try dialect.modules(of: layer, at: CodePlace(channels: input, uses: uses))
    case .parallel(let parallel):
      guard case .squeezeExcite(let reduction) = parallel.gate else { throw .misplaced }
      let text = try dialect.squeezeExcite(
        channels: input, reduction: reduction, rank: parallel.rank ?? 0)
      return [CodeModule(text: text, isLearned: true)]
    case .call(let number, let arguments):
      let item = code.classes[number]
      var use = inputUses[number]
      if use == .whereItDiffers {
        let stride = Pattern.stride(of: [pattern], in: flow)?.number
        if stride.map({ $0 != 1 }) ?? false || pattern.channels(from: input, in: flow) == input {
          use = .never
        }
      }
      let call = item.call(
        arguments.map(\.python), from: input, use, handing: dialect.handedOn.arguments)
      return [CodeModule(text: call, isLearned: true)]
    case .group, .loop, .residual, .shared: throw .misplaced
    }
  }
}

extension ModelCode.CodeClass {
  /// A call: what is needed by place, and the first stride; what differs from its default by name.
  ///
  /// - Parameters:
  ///   - arguments: An expression for each parameter.
  ///   - handed: What else it is given.
  func call(
    _ arguments: [String], from input: Formula, _ use: CodeInputUse, handing handed: [String]
  ) -> String {
    var words: [String] = []
    if use == .always { words.append(input.python) }
    var isByPlace = true
    for (parameter, argument) in zip(parameters, arguments) {
      guard let standard = parameter.standard else {
        words.append(argument)
        continue
      }
      let isStride = parameter.name.hasSuffix("stride") && isByPlace
      isByPlace = false
      if argument == Formula.text(standard) { continue }
      words.append(isStride ? argument : "\(parameter.name)=\(argument)")
    }
    if use == .whereItDiffers { words.append("in_channels=\(input.python)") }
    return "\(name)(\((words + handed).joined(separator: ", ")))"
  }
}

/// What a class asks of the channels of its input.
enum CodeInputUse {
  case always
  case never

  /// It is told them where they are not the channels of the output.
  case whereItDiffers
}
