import Networks

/// A parameter of the code: its name in the framework's file and where its values come from.
struct CodeParameter {
  let name: String
  let source: Source
  var layout = TensorLayout.ours

  enum Source {
    case parameter(ParameterSpecification)

    /// A value for all of so many channels, which the network does not have.
    case constant(Float, count: Int)
  }

  /// Values as they are here, under its name and laid out as it is.
  func tensor(_ values: Tensor) -> NamedTensor {
    NamedTensor(name: name, tensor: layout.applied(to: values))
  }
}

/// The names that a framework gives to the parameters of the code's modules, layer by layer in the order in which
/// they are executed.
struct ParameterNames<Dialect: CodeDialect> {
  private let code: ModelCode
  private var dialect: Dialect
  private var found: [(prefix: String, layer: LayerPattern)] = []

  /// Where each parameter of the network lies in the code; constants for those that only the code has.
  ///
  /// - Throws: A problem where code and network do not have the same layers.
  static func all(of code: ModelCode, in dialect: Dialect) throws(CodeProblem)
    -> [CodeParameter]
  {
    var walk = ParameterNames(code: code, dialect: dialect)
    var index = 0
    try walk.visit(
      code.main, prefix: "", index: &index,
      Values(numbers: ["in_channels": Double(code.network.input.channels)], uses: []))
    return try walk.zipped()
  }

  /// The numbers of the block that is being walked, and those of all blocks of its class.
  private struct Values {
    var numbers: [String: Double]
    let uses: [[String: Double]]
  }

  private init(code: ModelCode, dialect: Dialect) {
    self.code = code
    self.dialect = dialect
  }

  private func flow(_ number: Int) -> Pattern.ClassFlow? { code.flow(of: number) }

  private func place(_ index: Int, behind prefix: String) -> String {
    "\(prefix)\(dialect.child(index))."
  }

  private func zipped() throws(CodeProblem) -> [CodeParameter] {
    var leaves: [(block: BlockID, parameters: [ParameterSpecification])] = []
    for parameter in code.network.parameters {
      if leaves.last?.block == parameter.key.block {
        leaves[leaves.count - 1].parameters.append(parameter)
      } else {
        leaves.append((parameter.key.block, [parameter]))
      }
    }
    guard leaves.count == found.count else { throw .misplaced }
    var result: [CodeParameter] = []
    for (leaf, place) in zip(leaves, found) {
      func name(_ role: ParameterRole) -> String {
        place.prefix + dialect.parameterName(role, of: place.layer.kind)
      }
      result += leaf.parameters.map {
        CodeParameter(
          name: name($0.key.role), source: .parameter($0),
          layout: dialect.layout($0.key.role, of: place.layer))
      }
      guard place.layer.kind == .batchNormalization, let first = leaf.parameters.first else {
        continue
      }
      let roles = leaf.parameters.map(\.key.role)
      let missing = [ParameterRole.weight, .bias].filter { !roles.contains($0) }
      switch dialect.fixedParameters {
      case .none: continue
      case .besideOther: if missing.count == 2 { continue }
      case .all: break
      }
      result += missing.map {
        CodeParameter(
          name: name($0), source: .constant($0 == .weight ? 1 : 0, count: first.count))
      }
    }
    return result
  }

  private mutating func visit(
    _ chain: [Pattern], prefix: String, index: inout Int, _ values: Values
  ) throws(CodeProblem) {
    var values = values
    for pattern in chain {
      switch pattern {
      case .layer(let layer):
        let codePlace = CodePlace(channels: .parameter("in_channels"), uses: values.uses)
        for module in try dialect.modules(of: layer, at: codePlace) {
          if module.isLearned { found.append((place(index, behind: prefix), layer)) }
          index += 1
        }
      case .group(let list):
        try visit(list, prefix: prefix, index: &index, values)
      case .loop(let count, let list):
        guard let count = count.value(values.numbers) else { throw .misplaced }
        for _ in 0..<Int(max(count, 0)) {
          try visit(list, prefix: prefix, index: &index, values)
          values.numbers["in_channels"] =
            Pattern.channels(after: list, from: .parameter("in_channels"), in: flow)
            .value(values.numbers)
        }
        continue
      case .parallel:
        for layer in dialect.squeezeExciteLayers {
          found.append(
            ("\(place(index, behind: prefix))\(layer).", LayerPattern(kind: .dense, slots: [:])))
        }
        index += 1
      case .call(let number, let arguments):
        let item = code.classes[number]
        var numbers: [String: Double] = [:]
        for (parameter, argument) in zip(item.parameters, arguments) {
          numbers[parameter.name] = argument.value(values.numbers)
        }
        numbers["in_channels"] = values.numbers["in_channels"]
        let uses = item.uses.map { item.values(of: $0) }
        try visit(
          item, prefix: place(index, behind: prefix), Values(numbers: numbers, uses: uses))
        index += 1
      case .residual, .shared: throw .misplaced
      }
      values.numbers["in_channels"] =
        pattern.channels(from: .parameter("in_channels"), in: flow).value(values.numbers)
    }
  }

  private mutating func visit(_ item: ModelCode.CodeClass, prefix: String, _ values: Values)
    throws(CodeProblem)
  {
    guard item.body.count == 1 else {
      return try part(item.body, prefix, values)
    }
    switch item.body[0] {
    case .residual(let residual):
      try part(residual.body, prefix + "body.", values)
      try part(try shortcut(of: residual, rank: item.rank, values), prefix + "shortcut.", values)
    case .shared(let shared): try part(shared.body, prefix + "body.", values)
    case .parallel(let parallel):
      if case .highway = parallel.gate {
        try part(parallel.branches.first ?? [], prefix + "body.", values)
        let gate = Pattern.gate(rank: item.rank, channels: .parameter("in_channels"), bias: .one)
        try part([gate], prefix + "gate.", values)
      } else if case .weighing(let units, let act, let gate) = parallel.gate {
        let weights = Pattern.weights(
          rank: item.rank, units: units, channels: .parameter("in_channels"), act: act, gate: gate)
        try part(weights, prefix + "branches.1.", values)
      } else {
        for (number, branch) in parallel.branches.enumerated() {
          try part(branch, "\(prefix)branches.\(number).", values)
        }
      }
    case .layer, .group, .loop, .call: try part(item.body, prefix, values)
    }
  }

  private mutating func part(_ chain: [Pattern], _ prefix: String, _ values: Values)
    throws(CodeProblem)
  {
    var index = 0
    try visit(chain, prefix: prefix, index: &index, values)
  }

  /// The layers of a shortcut, as the code's condition decides for these numbers.
  private func shortcut(of residual: ResidualPattern, rank: Int, _ values: Values)
    throws(CodeProblem) -> [Pattern]
  {
    switch residual.shortcut {
    case .given(let list): return list
    case .byKind(let slot):
      let input = Formula.parameter("in_channels")
      let output = Pattern.channels(after: residual.body, from: input, in: flow)
      guard case .fixed(.word(let word)) = slot, let kind = ShortcutKind(word: word),
        let stride = Pattern.stride(of: residual.body, in: flow),
        let found = stride.value(values.numbers)
      else { throw .misplaced }
      let differs = found != 1 || input.value(values.numbers) != output.value(values.numbers)
      guard kind == .projectionAlways || differs else { return [] }
      return Pattern.shortcut(
        kind, rank: rank, channels: output, stride: stride,
        Pattern.normalization(beside: residual.body, in: flow))
    }
  }
}
