extension Block {
  /// The arguments of the block's kind, without its `{ … }`.
  package var arguments: Arguments {
    var arguments = formArguments
    if isCheckpointed { arguments["checkpoint"] = .flag(true) }
    return arguments
  }

  private var formArguments: Arguments {
    switch form {
    case .layer(let layer): return layer.arguments
    case .sequential: return Arguments(.sequential)
    case .repeated(let copies):
      var arguments = Arguments(.repeated)
      arguments["copies"] = .count(copies.count)
      return arguments
    case .shared(_, let passes):
      var arguments = Arguments(.repeated)
      arguments["copies"] = .count(passes)
      arguments["shared"] = .flag(true)
      return arguments
    case .residual(let residual):
      var arguments = Arguments(.residual)
      if residual.kind != .given { arguments["shortcut"] = .word(residual.kind.rawValue) }
      arguments["act"] = .activation(residual.activation)
      arguments["scale"] = .number(residual.scale)
      return arguments
    case .parallel(let parallel):
      var arguments = Arguments(kind)
      switch parallel.gate {
      case nil: arguments["join"] = .word(parallel.join.rawValue)
      case .squeezeExcite(let squeeze): squeeze.write(to: &arguments)
      case .highway(let bias): arguments["bias"] = .number(bias)
      }
      return arguments
    case .join(let join):
      var arguments = Arguments(.join)
      arguments["tap"] = .word(join.tap)
      arguments["join"] = .word(join.join.rawValue)
      return arguments
    }
  }

  /// The same block, identity and children included, made with other arguments of its kind.
  ///
  /// The number of copies of a repeat changes by dropping the last copies or copying the first, which is the one
  /// that becomes a shared body; of a shared body, which becomes copies, the first keeps the identities.
  package func with(_ arguments: Arguments) -> Block {
    var result = self
    result.isCheckpointed = arguments.flag("checkpoint")
    switch form {
    case .layer(let layer): result.form = .layer(Layer(arguments) ?? layer)
    case .sequential: break
    case .repeated(let copies):
      result.form = Self.repetition(of: Array(copies), arguments)
    case .shared(let children, passes: _):
      result.form = Self.repetition(of: [Self.copy(holding: children)], arguments)
    case .residual(var residual):
      residual.apply(arguments)
      result.form = .residual(residual)
    case .parallel(var parallel):
      if parallel.gate == nil {
        parallel.join = Parallel.Join(rawValue: arguments.word("join")) ?? parallel.join
      } else {
        parallel.gate = Gate(arguments)
      }
      result.form = .parallel(parallel)
    case .join(var join):
      join.apply(arguments)
      result.form = .join(join)
    }
    return result
  }

  /// A container of a kind with its arguments and the children of each `{ … }`, or nothing for a layer.
  package init?(name: String, _ arguments: Arguments, blocks: [[Block]]) {
    switch arguments.kind {
    case .sequential: self.init(name: name, form: .sequential(BlockList(blocks.first ?? [])))
    case .residual:
      var residual =
        blocks.count > 1
        ? Residual(body: blocks[0], shortcut: blocks[1]) : Residual(body: blocks.first ?? [])
      residual.apply(arguments)
      self.init(name: name, form: .residual(residual))
    case .parallel:
      let join = Parallel.Join(rawValue: arguments.word("join")) ?? .concatenate
      self.init(name: name, form: .parallel(Parallel(join: join, branches: blocks)))
    case .join:
      var join = TapJoin(tap: "", join: .add, path: blocks.first ?? [])
      join.apply(arguments)
      self.init(name: name, form: .join(join))
    case .repeated:
      let first = Self.copy(holding: BlockList(blocks.first ?? []))
      self.init(name: name, form: Self.repetition(of: [first], arguments))
    case .squeezeExcite, .highway:
      guard let gate = Gate(arguments) else { return nil }
      self.init(name: name, gate, blocks: blocks.first)
    case .rezero, .preactivation:
      var residual = Residual(body: blocks.first ?? [])
      residual.turn(into: arguments)
      self.init(name: name, form: .residual(residual))
    default: return nil
    }
    isCheckpointed = arguments.flag("checkpoint")
  }

  /// A highway around blocks; a squeeze-excite gate, at the end of a group where there are blocks.
  private init(name: String, _ gate: Gate, blocks: [Block]?) {
    switch (gate, blocks) {
    case (.highway, _):
      self.init(name: name, form: .parallel(Parallel(gate: gate, body: blocks ?? [])))
    case (.squeezeExcite, nil): self.init(name: name, form: .parallel(Parallel(gate: gate)))
    case (.squeezeExcite, let blocks?):
      let inner = Naming.fresh(Kind.squeezeExcite.nameStem, among: blocks.map(\.name))
      let last = Block(name: inner, form: .parallel(Parallel(gate: gate)))
      self.init(name: name, form: .sequential(BlockList(blocks + [last])))
    }
  }

  /// The first copy of a repeat.
  private static func copy(holding children: BlockList) -> Block {
    Block(name: "1", form: .sequential(children))
  }

  /// Copies, or the first of them as a body that all passes share.
  private static func repetition(of copies: [Block], _ arguments: Arguments) -> Form {
    let count = arguments.count("copies")
    if arguments.flag("shared") { return .shared(copies.first?.children ?? [], passes: count) }
    return .repeated(BlockList(Self.copies(of: copies, count: count)))
  }

  /// So many copies: those there are, then new ones of the first.
  ///
  /// Beyond the limit on a network's blocks there are just enough of them for a `Network` to refuse.
  private static func copies(of copies: [Block], count: Int) -> [Block] {
    guard count > copies.count, var first = copies.first else {
      return Array(copies.prefix(count))
    }
    let refused = max(NetworkLimits.blocks / first.size + 2, copies.count)
    return copies
      + (copies.count..<min(count, refused)).map { index in
        first.name = "\(index + 1)"
        return first.copied()
      }
  }
}

extension TapJoin {
  fileprivate mutating func apply(_ arguments: Arguments) {
    tap = arguments.word("tap")
    join = Parallel.Join(rawValue: arguments.word("join")) ?? join
  }
}

extension Gate {
  /// The gate of a kind, or nothing where the kind has none.
  init?(_ arguments: Arguments) {
    switch arguments.kind {
    case .squeezeExcite: self = .squeezeExcite(SqueezeExcite(arguments))
    case .highway: self = .highway(bias: arguments.number("bias"))
    default: return nil
    }
  }
}

extension Residual {
  /// Makes a residual what `rezero` or `preact` means: a last factor that starts at 0, or another order.
  mutating func turn(into arguments: Arguments) {
    if arguments.isGiven("shortcut") {
      kind = ShortcutKind(rawValue: arguments.word("shortcut")) ?? kind
    }
    if arguments.kind == .preactivation {
      self = preactivated
    } else {
      let name = Naming.fresh(Kind.scale.nameStem, among: body.children.map(\.name))
      let factor = Block(name: name, form: .layer(.scale(Scale(start: 0))))
      body = body.with(children: body.children + [factor])
    }
  }

  fileprivate mutating func apply(_ arguments: Arguments) {
    if kind != .given || arguments.isGiven("shortcut") {
      kind = ShortcutKind(rawValue: arguments.word("shortcut")) ?? kind
    }
    activation = arguments.activation("act")
    scale = arguments.number("scale")
  }
}
