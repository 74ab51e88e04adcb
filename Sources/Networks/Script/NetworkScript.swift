/// The text that rebuilds a network, in the command language.
package struct NetworkScript {
  private var lines: [String] = []

  /// The lines for a whole network: its input, then an `add` for each block.
  package static func lines(of network: Network) -> [String] {
    var script = NetworkScript()
    script.lines.append("input \(network.input)")
    script.append(network.root.children, verb: "add ", indent: "")
    return script.lines
  }

  /// The lines for one block, as they stand inside braces.
  package static func lines(of block: Block) -> [String] {
    var script = NetworkScript()
    script.append([block], verb: "", indent: "")
    return script.lines
  }

  /// One block on a single line: `residual act=relu { conv 10 3; bn }`.
  ///
  /// - Parameter automatic: The name that need not be said; nothing leaves the block's own unsaid.
  package static func line(of block: Block, unlessNamed automatic: String? = nil) -> String {
    let words = words(of: block, unlessNamed: automatic ?? block.name)
    let bodies = bodies(of: block).map { children in
      var names = NameSupply()
      let inner = children.map { child in
        let automatic = names.fresh(child.kind.nameStem)
        names.insert(child.name)
        return line(of: child, unlessNamed: automatic)
      }
      return inner.isEmpty ? "{ }" : "{ " + inner.joined(separator: "; ") + " }"
    }
    return ([words] + bodies).joined(separator: " ")
  }

  private mutating func append(_ blocks: BlockList, verb: String, indent: String) {
    var names = NameSupply()
    for block in blocks {
      let automatic = names.fresh(block.kind.nameStem)
      names.insert(block.name)
      let head = indent + verb + Self.words(of: block, unlessNamed: automatic)
      let bodies = Self.bodies(of: block)
      guard let first = bodies.first else {
        lines.append(head)
        continue
      }
      lines.append(head + " {")
      append(first, verb: "", indent: indent + "  ")
      for body in bodies.dropFirst() {
        lines.append(indent + "} {")
        append(body, verb: "", indent: indent + "  ")
      }
      lines.append(indent + "}")
    }
  }

  /// The children of each `{ … }`; the copies of a repeat are alike, so the first stands for all.
  private static func bodies(of block: Block) -> [BlockList] {
    switch block.form {
    case .layer: []
    case .sequential(let children), .shared(let children, passes: _): [children]
    case .repeated(let copies): [copies.first?.children ?? []]
    case .residual(let residual):
      residual.kind == .given
        ? [residual.body.children, residual.shortcut.children] : [residual.body.children]
    case .parallel(let parallel): parallel.ownBranches.map(\.children)
    case .join(let join): join.path.children.isEmpty ? [] : [join.path.children]
    }
  }

  /// The kind and the arguments that differ from their defaults.
  package static func words(of block: Block, unlessNamed automatic: String) -> String {
    let arguments = block.arguments
    var words = [block.kind.rawValue]
    words += arguments.words
    if block.name != automatic { words.append("name=\(block.name)") }
    if block.isFrozen { words.append("frozen=yes") }
    return words.joined(separator: " ")
  }
}

extension Arguments {
  /// The arguments as they are typed: positional ones first, then keys that differ from their defaults.
  package var words: [String] {
    let parameters = kind.row.parameters
    func isDefault(_ parameter: KindParameter) -> Bool {
      guard isGiven(parameter.name), let text = parameter.defaultText else {
        return !isGiven(parameter.name)
      }
      return parameter.type.value(of: text) == self[parameter.name]
    }
    let positional = parameters.filter(\.isPositional)
    let needed = (positional.lastIndex { !isDefault($0) }).map { $0 + 1 } ?? 0
    var result = positional.prefix(needed).compactMap { self[$0.name]?.text }
    for parameter in parameters where !parameter.isPositional && !isDefault(parameter) {
      if let value = self[parameter.name] { result.append("\(parameter.name)=\(value.text)") }
    }
    return result
  }
}
