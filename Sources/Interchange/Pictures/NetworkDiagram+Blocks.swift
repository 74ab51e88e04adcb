import Networks

extension NetworkDiagram {
  /// What there is to draw of a network.
  ///
  /// - Parameters:
  ///   - part: The block that is drawn, open; nothing for the whole network.
  ///   - folded: The containers that are drawn as one box.
  package init(
    _ network: Network, of part: BlockID? = nil, title: String, folded: Set<BlockID> = []
  ) {
    let reader = BlockReader(network: network, folded: folded.subtracting(part.map { [$0] } ?? []))
    self.title = title
    guard let part, let block = network.block(part), let facts = network.facts[part] else {
      input = network.input
      output = network.output
      parameters = network.learnableCount
      chain = reader.chain(network.root.children, path: nil)
      return
    }
    input = facts.input
    output = facts.output
    parameters = facts.learnable
    chain = Chain(stations: reader.stations(block, path: network.path(of: part) ?? block.name))
  }
}

/// Makes elements of blocks.
private struct BlockReader {
  typealias Diagram = NetworkDiagram
  let network: Network
  let folded: Set<BlockID>

  func chain(_ blocks: BlockList, path: String?) -> Diagram.Chain {
    Diagram.Chain(
      stations: blocks.flatMap { block in
        stations(block, path: path.map { $0 + "." + block.name } ?? block.name)
      })
  }

  /// The element of a block; those of a repeat whose copies are not all alike.
  func stations(_ block: Block, path: String) -> [Diagram.Station] {
    let isOpen = !folded.contains(block.id)
    if isOpen, case .repeated(let copies) = block.form {
      return groups(of: copies, name: block.name, path: path)
    }
    let element = isOpen ? self.element(block, path: path) : folded(block, path: path)
    return [Diagram.Station(element: element, output: output(of: block))]
  }

  private func output(of block: Block) -> Shape {
    network.facts[block.id]?.output ?? network.input
  }

  private func element(_ block: Block, path: String) -> Diagram.Element {
    switch block.form {
    case .layer(let layer):
      let box = Diagram.Box(
        path: path, text: NetworkScript.words(of: block, unlessNamed: block.name),
        family: layer.kind.family)
      if case .tap(let tap) = layer { return .tap(box, name: tap.name) }
      return .box(box)
    case .sequential(let children), .repeated(let children):
      return .frame(
        Diagram.Frame(
          path: path, label: block.name, fullLabel: path, chain: chain(children, path: path)))
    case .shared(let children, let passes):
      return .frame(
        Diagram.Frame(
          path: path, label: "\(block.name) × \(passes) shared",
          fullLabel: "\(path) × \(passes) shared", chain: chain(children, path: path)))
    case .residual(let residual):
      return .skip(
        Diagram.Skip(
          path: path, body: branch(residual.body, path: path),
          shortcut: branch(residual.shortcut, path: path), activation: residual.activation))
    case .parallel(let parallel):
      var branches = parallel.branches.map { branch($0, path: path) }
      if parallel.join == .highway { branches.append(Diagram.Chain()) }
      return .fork(Diagram.Fork(path: path, branches: branches, sign: parallel.join.sign))
    case .join(let join):
      return .join(
        Diagram.Join(
          path: path, tap: join.tap,
          tapped: network.facts[join.path.id]?.input ?? output(of: block),
          way: branch(join.path, path: path), sign: join.join.sign))
    }
  }

  /// The chain of a body, a shortcut or a branch; one box where that is folded.
  private func branch(_ block: Block, path: String) -> Diagram.Chain {
    let path = path + "." + block.name
    if !folded.contains(block.id) { return chain(block.children, path: path) }
    let station = Diagram.Station(element: folded(block, path: path), output: output(of: block))
    return Diagram.Chain(stations: [station])
  }

  /// A frame for each run of copies that are alike.
  private func groups(of copies: BlockList, name: String, path: String) -> [Diagram.Station] {
    let groups = network.likeCopies(of: copies)
    return groups.map { group in
      let first = copies[group.lowerBound]
      let count = group.count > 1 ? group.count : nil
      var numbers = ""
      if groups.count > 1 {
        numbers = "." + first.name + (count == nil ? "" : ".." + copies[group.upperBound - 1].name)
      }
      let inner = path + "." + first.name
      let times = numbers + (count.map { " × \($0)" } ?? "")
      let element: Diagram.Element =
        folded.contains(first.id)
        ? folded(first, path: inner, label: name + numbers, count: count)
        : .frame(
          Diagram.Frame(
            path: groups.count > 1 ? inner : path, label: name + times, fullLabel: path + times,
            isMany: count != nil, chain: chain(first.children, path: inner)))
      return Diagram.Station(element: element, output: output(of: first))
    }
  }

  /// One box for a container, with what its row of the tree says.
  private func folded(
    _ block: Block, path: String, label: String? = nil, count: Int? = nil
  ) -> Diagram.Element {
    var text = label ?? block.name
    var copies = count
    if case .repeated(let children) = block.form { copies = children.count }
    if let copies {
      text += " × \(copies)"
    } else if case .shared(_, let passes) = block.form {
      text += " × \(passes) shared"
    } else {
      text += " " + NetworkScript.words(of: block, unlessNamed: block.name)
    }
    var facts = output(of: block).displayText
    if let known = network.facts[block.id] {
      if known.learnable > 0 {
        let noun = known.learnable == 1 ? "parameter" : "parameters"
        facts += ", \(Diagram.grouped(known.learnable)) \(noun)"
      }
      if known.isFrozen, copies != nil || !block.isFrozen { facts += ", frozen" }
    }
    if block.isCheckpointed, block.isRepetition { facts += ", checkpoint" }
    return .box(
      Diagram.Box(
        path: path, text: text, facts: facts, family: block.kind.family, isMany: copies != nil))
  }
}

extension Parallel.Join {
  /// What stands where the branches meet.
  fileprivate var sign: String {
    switch self {
    case .add: "+"
    case .concatenate: "concat"
    case .multiply: "×"
    case .highway: "highway"
    }
  }
}
