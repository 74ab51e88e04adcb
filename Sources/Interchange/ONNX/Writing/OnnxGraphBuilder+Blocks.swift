import Networks

extension OnnxGraphBuilder {
  /// Adds what a block computes of a value; answers its output, which is the value itself where nothing is done.
  mutating func add(_ block: Block, path: String, _ x: String) -> String {
    let input = network.facts[block.id]?.input ?? network.input
    switch block.form {
    case .layer(.tap(let tap)):
      taps[tap.name] = x
      return x
    case .layer(.pooling(let pooling)):
      let output = network.facts[block.id]?.output ?? input
      return add(pooling, path: path, x, input, output)
    case .layer(let layer): return add(layer, path: path, x, input)
    case .sequential(let children), .repeated(let children):
      return children.reduce(x) { value, child in
        add(child, path: path.isEmpty ? child.name : path + "." + child.name, value)
      }
    case .shared(let children, let passes):
      return add(children, passes: passes, path: path, x)
    case .residual(let residual): return add(residual, path: path, x)
    case .parallel(let parallel):
      let output = network.facts[block.id]?.output ?? input
      return add(parallel, path: path, x, output: output)
    case .join(let join): return add(join, path: path, x, in: block)
    }
  }

  /// A shared body once for each pass, with the same initializers.
  private mutating func add(_ children: BlockList, passes: Int, path: String, _ x: String)
    -> String
  {
    let around = pass
    defer { pass = around }
    return around.passes(passes).reduce(x) { value, pass in
      self.pass = pass
      return children.reduce(value) { add($1, path: path + "." + $1.name, $0) }
    }
  }

  private mutating func add(_ residual: Residual, path: String, _ x: String) -> String {
    var body = add(residual.body, path: path + ".body", x)
    let shortcut = add(residual.shortcut, path: path + ".shortcut", x)
    if residual.scale != 1 {
      let factor = constant(path + ".factor", residual.scale)
      body = add("Mul", path + ".scale", [body, factor])
    }
    let sum = add("Add", path, [body, shortcut])
    return add(residual.activation, path: path, sum)
  }

  private mutating func add(_ parallel: Parallel, path: String, _ x: String, output: Shape)
    -> String
  {
    let values = parallel.branches.map { add($0, path: path + "." + $0.name, x) }
    let areFlat = parallel.branches.map { branch in
      network.facts[branch.id]?.output.spatialRank == 0
    }
    if parallel.join == .highway {
      return highway(spread(values, areFlat, path: path, to: output), path: path, x)
    }
    return join(values, areFlat, parallel.join, path: path, output: output)
  }

  private mutating func add(_ join: TapJoin, path: String, _ x: String, in block: Block) -> String {
    let facts = network.facts[block.id]
    let way = add(join.path, path: path + ".path", taps[join.tap] ?? x)
    let ranks = [network.facts[join.path.id]?.output.spatialRank, facts?.input.spatialRank]
    return self.join(
      [way, x], ranks.map { $0 == 0 }, join.join, path: path, output: facts?.output ?? network.input
    )
  }

  /// A sum, a product or a concatenation of values.
  private mutating func join(
    _ values: [String], _ areFlat: [Bool], _ join: Parallel.Join, path: String, output: Shape
  ) -> String {
    switch join {
    case .concatenate: add("Concat", path, values, [.integer("axis", 1)])
    case .add: add("Sum", path, values)
    case .multiply, .highway:
      product(spread(values, areFlat, path: path, to: output), path: path)
    }
  }

  /// Gives those values that have no positions as many dimensions as the output has.
  private mutating func spread(
    _ values: [String], _ areFlat: [Bool], path: String, to output: Shape
  ) -> [String] {
    var values = values
    if output.spatialRank > 0, areFlat.contains(true) {
      let axes = constant(path + ".axes", Array(2..<2 + output.spatialRank))
      for index in values.indices where areFlat[index] {
        values[index] = add("Unsqueeze", path + ".spread\(index + 1)", [values[index], axes])
      }
    }
    return values
  }

  private mutating func product(_ values: [String], path: String) -> String {
    guard let first = values.first, values.count > 1 else {
      return add("Identity", path, values)
    }
    return values.indices.dropFirst().reduce(first) { product, index in
      let isLast = index == values.count - 1
      return add("Mul", isLast ? path : path + ".product\(index)", [product, values[index]])
    }
  }

  /// T · H + (1 − T) · x of H and T.
  private mutating func highway(_ values: [String], path: String, _ x: String) -> String {
    let (body, gate) = (values[0], values[values.count - 1])
    let passed = add("Mul", path + ".passed", [gate, body])
    let one = constant(path + ".one", 1.0)
    let rest = add("Sub", path + ".rest", [one, gate])
    let carried = add("Mul", path + ".carried", [rest, x])
    return add("Add", path, [passed, carried])
  }
}
