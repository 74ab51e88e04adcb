extension Block {
  /// The arguments of the block's kind, without its `{ … }`.
  package var arguments: Arguments {
    switch form {
    case .layer(let layer): return layer.arguments
    case .sequential: return Arguments(.sequential)
    case .repeated(let copies):
      var arguments = Arguments(.repeated)
      arguments["copies"] = .count(copies.count)
      return arguments
    case .residual(let residual):
      var arguments = Arguments(.residual)
      if residual.kind != .given { arguments["shortcut"] = .word(residual.kind.rawValue) }
      arguments["act"] = .activation(residual.activation)
      arguments["scale"] = .number(residual.scale)
      return arguments
    case .parallel(let parallel):
      var arguments = Arguments(.parallel)
      arguments["join"] = .word(parallel.join.rawValue)
      return arguments
    }
  }

  /// The same block, identity and children included, made with other arguments of its kind.
  ///
  /// The number of copies of a repeat changes by dropping the last copies or copying the first.
  package func with(_ arguments: Arguments) -> Block {
    var result = self
    switch form {
    case .layer(let layer): result.form = .layer(Layer(arguments) ?? layer)
    case .sequential: break
    case .repeated(let copies):
      result.form = .repeated(Self.copies(of: copies, count: arguments.count("copies")))
    case .residual(var residual):
      residual.apply(arguments)
      result.form = .residual(residual)
    case .parallel(var parallel):
      parallel.join = Parallel.Join(rawValue: arguments.word("join")) ?? parallel.join
      result.form = .parallel(parallel)
    }
    return result
  }

  /// A container of a kind with its arguments and the children of each `{ … }`, or nothing for a layer.
  package init?(name: String, _ arguments: Arguments, blocks: [[Block]]) {
    switch arguments.kind {
    case .sequential: self.init(name: name, form: .sequential(blocks.first ?? []))
    case .residual:
      var residual =
        blocks.count > 1
        ? Residual(body: blocks[0], shortcut: blocks[1]) : Residual(body: blocks.first ?? [])
      residual.apply(arguments)
      self.init(name: name, form: .residual(residual))
    case .parallel:
      let join = Parallel.Join(rawValue: arguments.word("join")) ?? .concatenate
      self.init(name: name, form: .parallel(Parallel(join: join, branches: blocks)))
    case .repeated:
      let first = Block(name: "1", form: .sequential(blocks.first ?? []))
      let copies = Self.copies(of: [first], count: arguments.count("copies"))
      self.init(name: name, form: .repeated(copies))
    default: return nil
    }
  }

  /// So many copies: those there are, then new ones of the first.
  ///
  /// Beyond the limit on a network's blocks there are just enough of them for a `Network` to refuse.
  private static func copies(of copies: [Block], count: Int) -> [Block] {
    guard count > copies.count, var first = copies.first else {
      return Array(copies.prefix(count))
    }
    let refused = max(Limits.blocks / first.size + 2, copies.count)
    return copies
      + (copies.count..<min(count, refused)).map { index in
        first.name = "\(index + 1)"
        return first.copied()
      }
  }
}

extension Residual {
  fileprivate mutating func apply(_ arguments: Arguments) {
    if kind != .given || arguments.isGiven("shortcut") {
      kind = ShortcutKind(rawValue: arguments.word("shortcut")) ?? kind
    }
    activation = arguments.activation("act")
    scale = arguments.number("scale")
  }
}
