import Networks

/// What a class builds, with formulas where blocks of the class differ in their numbers.
///
/// Groups without meaning of their own are gone: a list of patterns is a chain.
package indirect enum Pattern: Hashable, Sendable {
  case layer(LayerPattern)

  /// A chain that is worth a class of its own, or none.
  case group([Pattern])

  /// So many copies of a chain.
  case loop(Formula, [Pattern])
  case residual(ResidualPattern)

  /// One chain that is run through so many times.
  case shared(SharedPattern)
  case parallel(ParallelPattern)

  /// A block of another class, by its number, with an argument for each parameter.
  case call(Int, [Formula])
}

/// A layer with its arguments as formulas where they are numbers.
package struct LayerPattern: Hashable, Sendable {
  package var kind: Kind
  package var slots: [String: Slot]

  /// Whether training leaves its parameters as they are.
  package var isFrozen: Bool

  /// The spatial dimensions of its input; nothing in a definition, where they are not known yet.
  package var rank: Int?

  /// What a dense layer reads of an input with positions, as one number.
  package var features: Formula?

  /// An argument of a layer.
  package enum Slot: Hashable, Sendable {
    case fixed(ArgumentValue)
    case number(Formula)

    /// The formula of a number.
    package var formula: Formula? {
      if case .number(let formula) = self { formula } else { nil }
    }
  }

  /// The extents of its input, where its parameters are of that shape.
  package var extents: [Int]?

  /// The extents of its output, where neither numbers nor input say them.
  package var output: [Int]?

  /// A layer of a kind with its arguments.
  package init(
    kind: Kind, slots: [String: Slot], isFrozen: Bool = false, rank: Int? = nil,
    features: Formula? = nil
  ) {
    self.kind = kind
    self.slots = slots
    self.isFrozen = isFrozen
    self.rank = rank
    self.features = features
  }
}

/// A residual block as a class builds it.
package struct ResidualPattern: Hashable, Sendable {
  package var body: [Pattern]
  package var shortcut: Shortcut
  package var activation: LayerPattern.Slot
  package var scale: Formula

  /// The spatial dimensions of its input; nothing in a definition.
  package var rank: Int?

  /// How the input reaches the sum.
  package enum Shortcut: Hashable, Sendable {
    /// By a kind of shortcut whose layers follow from channels and strides, which a slot names.
    case byKind(LayerPattern.Slot)

    /// Through these layers, none for the input as it is.
    case given([Pattern])
  }

  /// A residual block of its parts.
  package init(
    body: [Pattern], shortcut: Shortcut, activation: LayerPattern.Slot, scale: Formula,
    rank: Int? = nil
  ) {
    self.rank = rank
    self.body = body
    self.shortcut = shortcut
    self.activation = activation
    self.scale = scale
  }
}

/// A body that is run through so many times, each pass with the same parameters; once where only its values are
/// computed again in the backward pass.
package struct SharedPattern: Hashable, Sendable {
  package var passes: Formula
  package var body: [Pattern]

  /// The spatial dimensions of its input; nothing in a definition.
  package var rank: Int?

  /// Whether the backward pass computes again what the body puts out inside.
  package var isCheckpointed: Bool

  /// So many passes through a chain.
  package init(
    passes: Formula, body: [Pattern], rank: Int? = nil, isCheckpointed: Bool = false
  ) {
    self.passes = passes
    self.body = body
    self.rank = rank
    self.isCheckpointed = isCheckpointed
  }
}

/// Branches as a class builds them.
package struct ParallelPattern: Hashable, Sendable {
  package var join: Parallel.Join
  package var branches: [[Pattern]]

  /// What the last branch follows from: the reduction of squeeze-excite or the bias of a highway.
  package var gate: Gate?

  /// The spatial dimensions of its input; nothing in a definition.
  package var rank: Int?

  /// A gate whose layers follow from the shapes.
  package enum Gate: Hashable, Sendable {
    case squeezeExcite(reduction: Formula)

    /// Squeeze-excite of so many units, with the activations of its two dense layers.
    case weighing(units: Formula, act: LayerPattern.Slot, gate: LayerPattern.Slot)
    case highway(bias: Formula)
  }

  /// Branches, of which a gate is left out.
  package init(
    join: Parallel.Join, branches: [[Pattern]], gate: Gate? = nil, rank: Int? = nil
  ) {
    self.join = join
    self.branches = branches
    self.gate = gate
    self.rank = rank
  }
}

extension Pattern {
  /// The same with other formulas and other values in place of slots.
  package func mapping(
    _ formula: (Formula) -> Formula,
    slot: (LayerPattern.Slot, ArgumentType) -> LayerPattern.Slot
  ) -> Pattern {
    func map(_ list: [Pattern]) -> [Pattern] { list.map { $0.mapping(formula, slot: slot) } }
    switch self {
    case .layer(var layer):
      for parameter in layer.kind.row.parameters {
        layer.slots[parameter.name] = layer.slots[parameter.name].map { slot($0, parameter.type) }
      }
      layer.features = layer.features.map(formula)
      return .layer(layer)
    case .group(let list): return .group(map(list))
    case .loop(let count, let list): return .loop(formula(count), map(list))
    case .residual(var residual):
      residual.body = map(residual.body)
      switch residual.shortcut {
      case .byKind(let kind): residual.shortcut = .byKind(slot(kind, .shortcut))
      case .given(let list): residual.shortcut = .given(map(list))
      }
      residual.activation = slot(residual.activation, .activation)
      residual.scale = formula(residual.scale)
      return .residual(residual)
    case .shared(var shared):
      shared.passes = formula(shared.passes)
      shared.body = map(shared.body)
      return .shared(shared)
    case .parallel(var parallel):
      parallel.branches = parallel.branches.map(map)
      switch parallel.gate {
      case .squeezeExcite(let reduction):
        parallel.gate = .squeezeExcite(reduction: formula(reduction))
      case .weighing(let units, let act, let gate):
        parallel.gate = .weighing(
          units: formula(units), act: slot(act, .activation), gate: slot(gate, .activation))
      case .highway(let bias): parallel.gate = .highway(bias: formula(bias))
      case nil: break
      }
      return .parallel(parallel)
    case .call(let number, let arguments): return .call(number, arguments.map(formula))
    }
  }

  /// The same with other formulas.
  package func mapping(_ formula: (Formula) -> Formula) -> Pattern {
    mapping(formula) { slot, _ in slot.formula.map { .number(formula($0)) } ?? slot }
  }

  /// The formulas in the order of the code, with what each is called there.
  ///
  /// - Parameter names: The parameters of a class, by its number.
  package func formulas(_ names: (Int) -> [String]) -> [(name: String, formula: Formula)] {
    func all(_ list: [Pattern]) -> [(name: String, formula: Formula)] {
      list.flatMap { $0.formulas(names) }
    }
    switch self {
    case .layer(let layer):
      let slots = layer.kind.row.parameters.compactMap { parameter in
        layer.slots[parameter.name]?.formula.map { (parameter.name, $0) }
      }
      return slots
        + (layer.features.map {
          [(layer.kind == .join ? "tap_channels" : "in_features", $0)]
        } ?? [])
    case .group(let list): return all(list)
    case .loop(let count, let list): return [("length", count)] + all(list)
    case .shared(let shared): return [("passes", shared.passes)] + all(shared.body)
    case .residual(let residual):
      var result = all(residual.body)
      if case .given(let list) = residual.shortcut { result += all(list) }
      return result + [("scale", residual.scale)]
    case .parallel(let parallel):
      let gate: [(name: String, formula: Formula)] =
        switch parallel.gate {
        case .squeezeExcite(let reduction): [("reduction", reduction)]
        case .weighing(let units, _, _): [("units", units)]
        case .highway(let bias): [("gate_bias", bias)]
        case nil: []
        }
      return parallel.branches.flatMap(all) + gate
    case .call(let number, let arguments):
      return Array(zip(names(number), arguments)).map { (name: $0, formula: $1) }
    }
  }

  /// The same with every number left out: what blocks of one class have in common.
  package var skeleton: Pattern { mapping { _ in .parameter("") } }

  /// The chains inside, each in its place.
  var chains: [[Pattern]] {
    switch self {
    case .layer, .call: return []
    case .group(let list), .loop(_, let list): return [list]
    case .shared(let shared): return [shared.body]
    case .residual(let residual):
      if case .given(let list) = residual.shortcut { return [residual.body, list] }
      return [residual.body]
    case .parallel(let parallel): return parallel.branches
    }
  }

  /// The same with other chains inside, as many as there are.
  func with(chains: [[Pattern]]) -> Pattern {
    switch self {
    case .layer, .call: return self
    case .group: return .group(chains[0])
    case .loop(let count, _): return .loop(count, chains[0])
    case .shared(var shared):
      shared.body = chains[0]
      return .shared(shared)
    case .residual(var residual):
      residual.body = chains[0]
      if case .given = residual.shortcut { residual.shortcut = .given(chains[1]) }
      return .residual(residual)
    case .parallel(var parallel):
      parallel.branches = chains
      return .parallel(parallel)
    }
  }
}
