import Networks

/// Makes blocks of the form that was found in a graph, with names and parameters.
struct OnnxAssembly {
  private let steps: [OnnxStep]

  /// Whether nodes are named by paths, from which blocks take their names.
  private let usesPaths: Bool
  private var parameters = ParameterStore()

  /// A block and the path that its node is named by.
  private struct Piece {
    var path: String
    var block: Block
  }

  /// A name that is no path of a block at its place.
  private struct OtherNames: Error {}

  /// The network of a graph.
  ///
  /// - Throws: The first node that is not covered, with the network up to it.
  static func network(of graph: OnnxGraph) throws(OnnxProblem) -> (
    network: Network, parameters: ParameterStore
  ) {
    var reader = OnnxReader(graph)
    var last = 0
    var problem: OnnxProblem?
    do throws(OnnxProblem) { last = try reader.read() } catch {
      problem = error
      last = reader.node.input.lazy.compactMap { reader.values[$0] }.first?.step ?? 0
    }
    let finder = OnnxFormFinder(reader.steps, of: graph)
    if problem == nil {
      do throws(OnnxProblem) {
        return try network(try finder.form(to: last), reader.steps, graph)
      } catch { problem = error }
    }
    let near = finder.ways(to: last).prefix(NetworkLimits.nesting).lazy.compactMap { step in
      (try? finder.form(to: step)).flatMap { try? network($0, reader.steps, graph).network }
    }.first
    throw (problem ?? .noModel).reading(near)
  }

  private static func network(_ form: [OnnxForm], _ steps: [OnnxStep], _ graph: OnnxGraph)
    throws(OnnxProblem) -> (network: Network, parameters: ParameterStore)
  {
    for usesPaths in graph.isOwn ? [true, false] : [false] {
      var assembly = OnnxAssembly(steps: steps, usesPaths: usesPaths)
      guard let blocks = try? assembly.blocks(form, prefix: "") else { continue }
      do {
        let root = Block(name: "", form: .sequential(BlockList(blocks)))
        return (try Network(input: graph.shape, root: root), assembly.parameters)
      } catch {
        if usesPaths { continue }
        let found = steps.last?.shape ?? graph.shape
        guard let last = graph.needed.last else { continue }
        throw .uncovered(
          graph.place(last), .misfit(layer: error.path, input: found),
          readSoFar: [])
      }
    }
    throw .noModel
  }

  private init(steps: [OnnxStep], usesPaths: Bool) {
    self.steps = steps
    self.usesPaths = usesPaths
  }

  /// The blocks of a chain, named by what follows a prefix in the names of their nodes, or by their kinds.
  private mutating func blocks(_ chain: [OnnxForm], prefix: String) throws -> [Block] {
    var pieces: [Piece] = []
    for form in chain { try add(form, to: &pieces) }
    if usesPaths {
      return try grouped(
        pieces.map { piece in
          guard prefix.isEmpty || piece.path.hasPrefix(prefix + ".") else { throw OtherNames() }
          var piece = piece
          if !prefix.isEmpty { piece.path.removeFirst(prefix.count + 1) }
          return piece
        })
    }
    var names = NameSupply()
    return pieces.map { piece in
      var block = piece.block
      block.name = names.fresh(block.kind.nameStem)
      names.insert(block.name)
      return block
    }
  }

  /// Blocks whose paths have several names put into groups of the first of these.
  private func grouped(_ pieces: [Piece]) throws -> [Block] {
    var result: [Block] = []
    var names = NameSupply()
    var rest = pieces[...]
    while let first = rest.first {
      let name = String(first.path.prefix { $0 != "." })
      guard Naming.isValid(name), names.insert(name) else { throw OtherNames() }
      if name == first.path {
        var block = first.block
        block.name = name
        result.append(block)
        rest.removeFirst()
        continue
      }
      let group = rest.prefix { $0.path.hasPrefix(name + ".") }
      rest.removeFirst(group.count)
      let children = try grouped(
        group.map { Piece(path: String($0.path.dropFirst(name.count + 1)), block: $0.block) })
      result.append(Block(name: name, form: form(of: children)))
    }
    return result
  }

  /// A sequential, or a repeat where its children are numbered groups that are alike.
  private func form(of children: [Block]) -> Block.Form {
    let list = BlockList(children)
    let areCopies = children.enumerated().allSatisfy { index, child in
      guard child.name == "\(index + 1)", case .sequential = child.form else { return false }
      return child.hasSameForm(as: children[0])
    }
    return areCopies ? .repeated(list) : .sequential(list)
  }

  private mutating func add(_ form: OnnxForm, to pieces: inout [Piece]) throws {
    let step = steps[form.step]
    switch form {
    case .layer:
      guard case .layer(let layer, let tensors) = step.form else { return }
      add(layer, tensors, named: step.name, to: &pieces)
    case .residual(_, let from, let branches):
      pieces.append(
        Piece(path: step.name, block: try residual(branches, of: step, from: steps[from].shape)))
    case .parallel(_, let join, let from, let branches):
      let block = try parallel(join, branches, of: step, from: steps[from].shape)
      pieces.append(Piece(path: step.name, block: block))
    }
  }

  /// Adds a layer, or what it changes in the block before.
  private mutating func add(
    _ layer: Layer, _ tensors: [ParameterRole: Tensor], named name: String,
    to pieces: inout [Piece]
  ) {
    if let last = pieces.last {
      switch (layer, last.block.form) {
      case (.activation(let activation), _)
      where name == last.path + ".act" || (!usesPaths && last.block.kind == .residual):
        if let block = last.block.with(activation) {
          pieces[pieces.count - 1].block = block
          return
        }
      case (.dense, .layer(.flatten)) where last.path == name + ".flatten": pieces.removeLast()
      case (.subsample(let second), .layer(.subsample(var first)))
      where second.stride == Extents(1) && (last.path == name + ".slice" || !usesPaths):
        first.channels = second.channels
        pieces[pieces.count - 1].block.form = .layer(.subsample(first))
        pieces[pieces.count - 1].path = name
        return
      default: break
      }
    }
    let block = Block(name: "", form: .layer(layer))
    for (role, tensor) in tensors {
      parameters[ParameterKey(block: block.id, role: role)] = tensor
    }
    pieces.append(Piece(path: name, block: block))
  }

  private mutating func residual(_ branches: [[OnnxForm]], of step: OnnxStep, from input: Shape)
    throws -> Block
  {
    var (body, shortcut) = (branches[0], branches[1])
    if !usesPaths, body.isEmpty || !shortcut.isEmpty && shortcut.count > body.count {
      swap(&body, &shortcut)
    }
    var scale = 1.0
    if case .layer(let last) = body.last, steps[last].isFixed,
      case .layer(.scale, let tensors) = steps[last].form, let factor = tensors[.weight]?.values[0],
      (-1000...1000).contains(factor)
    {
      scale = Double(shortest: factor)
      body.removeLast()
    }
    let blocks = try blocks(body, prefix: step.name + ".body")
    let ways = try self.blocks(shortcut, prefix: step.name + ".shortcut")
    var residual = Residual(body: blocks, shortcut: ways)
    residual.scale = scale
    let kinds: [ShortcutKind] =
      ways.isEmpty
      ? [.automatic] : ways.count <= 3 ? [.automatic, .projectionAlways, .pooled, .zeroPadded] : []
    for kind in kinds {
      var candidate = residual
      candidate.kind = kind
      let form = Block.Form.residual(candidate)
      if resolved(form, from: input)?.children.last?.hasSameLayers(as: ways) == true {
        return Block(name: "", form: form)
      }
    }
    return Block(name: "", form: .residual(residual))
  }

  private mutating func parallel(
    _ join: Parallel.Join, _ branches: [[OnnxForm]], of step: OnnxStep, from input: Shape
  ) throws -> Block {
    let isGated =
      branches.last?.first.map { steps[$0.step].name.hasPrefix(step.name + ".gate.") } ?? false
    let names = usesPaths && isGated ? ["body", "gate"] : branches.indices.map { "\($0 + 1)" }
    var children: [[Block]] = []
    for (name, branch) in zip(names, branches) {
      children.append(try blocks(branch, prefix: step.name + "." + name))
    }
    if children.count == 2, usesPaths == isGated {
      for candidate in gates(join, children) {
        let form = Block.Form.parallel(candidate)
        if resolved(form, from: input)?.children.last?.hasSameLayers(
          as: Array(candidate.branches[1].children)) == true
        {
          return Block(name: "", form: form)
        }
      }
      if usesPaths { throw OtherNames() }
    }
    return Block(name: "", form: .parallel(Parallel(join: join, branches: children)))
  }

  /// Gates that the last of two branches may be.
  private func gates(_ join: Parallel.Join, _ branches: [[Block]]) -> [Parallel] {
    let layers = Self.withOwnActivations(branches[1])
    var candidates: [Gate] = []
    switch join {
    case .highway: candidates = [.highway(bias: -2)]
    case .multiply where branches[0].isEmpty:
      let dense = layers.compactMap { block -> Dense? in
        if case .layer(.dense(let dense)) = block.form { dense } else { nil }
      }
      if dense.count == 2, dense[0].units > 0 {
        var squeeze = SqueezeExcite(reduction: max(1, dense[1].units / dense[0].units))
        (squeeze.activation, squeeze.gate) = (dense[0].activation, dense[1].activation)
        var chosen = squeeze
        (chosen.reduction, chosen.units) = (SqueezeExcite().reduction, dense[0].units)
        candidates = [.squeezeExcite(squeeze), .squeezeExcite(chosen)]
      }
    case .concatenate, .add, .multiply: break
    }
    return candidates.map { gate in
      var parallel = Parallel(gate: gate, body: branches[0])
      parallel.branches[1] = parallel.branches[1].with(children: layers)
      return parallel
    }
  }

  /// Blocks with activations drawn into the layers before them, named by their kinds.
  private static func withOwnActivations(_ blocks: [Block]) -> [Block] {
    var result: [Block] = []
    for block in blocks {
      if case .layer(.activation(let activation)) = block.form,
        let last = result.last?.with(activation)
      {
        result[result.count - 1] = last
      } else {
        result.append(block)
      }
    }
    var names = NameSupply()
    for index in result.indices {
      result[index].name = names.fresh(result[index].kind.nameStem)
      names.insert(result[index].name)
    }
    return result
  }

  /// A block whose shortcut or gate follows from the shapes, or nothing where it does not.
  private func resolved(_ form: Block.Form, from input: Shape) -> Block? {
    let root = Block(
      name: "", form: .sequential([Block(name: "x", form: form)]))
    return try? Network(input: input, root: root).root.children.first
  }
}

extension Block {
  /// The block with an activation of its own, where it can have one and has none.
  fileprivate func with(_ activation: Activation) -> Block? {
    var result = self
    switch form {
    case .layer(.convolution(var convolution)) where convolution.activation == nil:
      convolution.activation = activation
      result.form = .layer(.convolution(convolution))
    case .layer(.transposedConvolution(var convolution)) where convolution.activation == nil:
      convolution.activation = activation
      result.form = .layer(.transposedConvolution(convolution))
    case .layer(.dense(var dense)) where dense.activation == nil:
      dense.activation = activation
      result.form = .layer(.dense(dense))
    case .residual(var residual) where residual.activation == nil:
      residual.activation = activation
      result.form = .residual(residual)
    default: return nil
    }
    return result
  }

  /// Whether the children are these layers by these names, whatever biases start at.
  fileprivate func hasSameLayers(as blocks: [Block]) -> Bool {
    let children = children
    return children.count == blocks.count
      && zip(children, blocks).allSatisfy { child, block in
        guard child.name == block.name, case .layer(let left) = child.form,
          case .layer(let right) = block.form
        else { return false }
        return left.withoutStarts == right.withoutStarts
      }
  }
}

extension Layer {
  /// The layer without numbers that parameters start at.
  fileprivate var withoutStarts: Layer {
    switch self {
    case .convolution(var convolution):
      convolution.biasStart = nil
      return .convolution(convolution)
    case .transposedConvolution(var convolution):
      convolution.biasStart = nil
      return .transposedConvolution(convolution)
    case .dense(var dense):
      dense.biasStart = nil
      return .dense(dense)
    default: return self
    }
  }
}

extension OnnxProblem {
  /// The problem with the commands of what was read before it.
  fileprivate func reading(_ network: Network?) -> OnnxProblem {
    guard case .uncovered(let place, let reason, _) = self, let network else { return self }
    return .uncovered(place, reason, readSoFar: NetworkScript.lines(of: network))
  }
}
