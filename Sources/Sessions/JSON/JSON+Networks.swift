import Networks

/// Networks, blocks and shapes as JSON.
extension JSON {
  /// Channels, then the spatial extents.
  static func shape(_ shape: Shape) -> JSON { .integers(shape.extents) }

  /// The sizes along each dimension; null for the whole input.
  static func receptiveField(_ field: ReceptiveField) -> JSON {
    field.size.map { .integers($0) } ?? .null
  }

  /// What a block is called, and what it is: path, kind and the text that makes it.
  static func name(of block: Block, path: String?) -> JSON {
    [
      "path": .optional(path), "kind": .text(block.kind.rawValue),
      "typed": .text(path == nil ? block.kind.rawValue : CommandScope.words(for: block)),
    ]
  }

  /// The values of a block's keys, those that were not typed too.
  static func arguments(of block: Block) -> JSON {
    let arguments = block.arguments
    return .object(
      block.kind.row.parameters.map { parameter in
        Member(parameter.name, arguments[parameter.name].map(value) ?? .null)
      })
  }

  private static func value(of argument: ArgumentValue) -> JSON {
    switch argument {
    case .count(let count): .integer(count)
    case .number(let number): .number(number)
    case .flag(let flag): .boolean(flag)
    case .activation(nil): .null
    case .extents, .padding, .ranges, .shape, .activation, .word: .text(argument.text)
    }
  }

  /// Shapes and prices of a block.
  static func facts(_ facts: BlockFacts) -> JSON {
    [
      "input": .shape(facts.input), "output": .shape(facts.output),
      "receptive_field": .receptiveField(facts.receptiveField),
      "learnable": .integer(facts.learnable), "frozen": .integer(facts.frozen),
      "running": .integer(facts.running), "multiply_adds": .integer(facts.multiplyAdds),
    ]
  }

  /// Prices of a whole network.
  static func totals(of network: Network) -> JSON {
    [
      "input": .shape(network.input), "output": .shape(network.output),
      "learnable": .integer(network.learnableCount), "frozen": .integer(network.frozenCount),
      "running": .integer(network.runningCount), "multiply_adds": .integer(network.multiplyAdds),
    ]
  }

  /// A block with all blocks inside down to so many levels; null in place of those that lie deeper.
  static func tree(_ block: Block, path: String?, in network: Network, levels: Int) -> JSON {
    var members = name(of: block, path: path).members
    members.append(Member("arguments", arguments(of: block)))
    if let known = network.facts[block.id] { members += facts(known).members }
    if levels <= 0, !block.children.isEmpty {
      members.append(Member("blocks", .null))
      return .object(members)
    }
    let children = block.children.map { child in
      let inner = path.map { $0 + "." + child.name } ?? child.name
      return tree(child, path: inner, in: network, levels: levels - 1)
    }
    members.append(Member("blocks", .array(children)))
    return .object(members)
  }
}
