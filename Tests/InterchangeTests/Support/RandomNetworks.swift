import Networks

/// Networks of all layers and forms, drawn at random.
struct RandomNetworks {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  private mutating func one<Value>(of values: [Value]) -> Value {
    values[number(0...values.count - 1)]
  }

  private mutating func extents(_ range: ClosedRange<Int>) -> String {
    chance(70) ? "\(number(range))" : "\(number(range))x\(number(range))"
  }

  private mutating func sides() -> String {
    chance(60) ? "\(number(0...2))" : "\(number(0...2)):\(number(0...2))"
  }

  /// A text that a parameter takes.
  private mutating func text(of type: ArgumentType) -> String {
    switch type {
    case .count: one(of: ["2", "4", "6"])
    case .countOrAuto: one(of: ["auto", "auto", "3"])
    case .extents: extents(1...3)
    case .padding: chance(50) ? one(of: type.completions) : sides()
    case .offsets: one(of: ["0", "1"])
    case .sides: sides()
    case .ranges: one(of: ["0:2", ":-1", "1:", "-2:", "1:-1x-3:-1", ":2"])
    case .shape: one(of: ["_", "_x2", "2x_", "4x2x_", "2x_x3", "_x1x2"])
    case .number(let range):
      "\(Double(number(1...7)) * min(range.upperBound, 2) / 8)"
    case .share: "0.25"
    case .start: "\(Double(number(-4...4)) / 4)"
    case .flag: chance(50) ? "yes" : "no"
    case .bias: one(of: type.completions + ["0.5"])
    case .name: one(of: ["a", "b"])
    case .activation, .shortcut, .choice: one(of: type.completions)
    }
  }

  private mutating func arguments(_ kind: Kind) throws -> Arguments {
    var result = Arguments(kind)
    for parameter in kind.row.parameters {
      let name = parameter.name
      // The nodes of a graph say nothing of a shared body.
      if kind == .repeated, name == "shared" { continue }
      guard parameter.defaultText == nil || chance(40) else { continue }
      try result.set([(key: name, text: text(of: parameter.type))])
      if name == "groups" { try result.set([(key: name, text: "2")]) }
      // Even ones come back from the text alone.
      if kind == .localResponse, name == "size" { try result.set([(key: name, text: "3")]) }
    }
    return result
  }

  /// A block of a kind, whose children fit an input.
  private mutating func block(_ kind: Kind, name: String, input: Shape, depth: Int) throws -> Block?
  {
    var arguments = try arguments(kind)
    if kind.row.blocks == nil {
      return Layer(arguments).map { Block(name: name, form: .layer($0)) }
    }
    if depth == 0 && kind != .squeezeExcite { return nil }
    if kind == .repeated { arguments["copies"] = .count(number(1...3)) }
    var count = 1
    if kind == .parallel { count = number(1...3) }
    if kind == .squeezeExcite { count = 0 }
    if kind == .residual, chance(30), !arguments.isGiven("shortcut") { count = 2 }
    let bodies = try (0..<count).map { _ in
      try Array(chain(from: input, depth: depth - 1, atMost: 3).root.children)
    }
    // The graph of one branch is that of a chain, so its names come back from the text alone.
    if kind == .parallel, bodies.count == 1, !bodies[0].isEmpty { return nil }
    return Block(name: name, arguments, blocks: bodies)
  }

  /// Kinds whose graphs say what they are; those of attention, states and taps come back from the text alone.
  private static let kinds = Kind.allCases.filter {
    ![
      .attention, .embedding, .positions, .classToken, .tap, .join,
      .longShortTermMemory, .gatedRecurrentUnit,
    ].contains($0)
  }

  /// A chain of blocks that fit each other.
  private mutating func chain(from input: Shape, depth: Int, atMost count: Int) throws -> Network {
    var network = try Network(input: input)
    for _ in 0..<number(0...count) {
      let kind = one(of: Self.kinds)
      let name =
        chance(15)
        ? one(of: ["stem", "input", "output", "größe", "x9"])
        : Naming.fresh(kind.nameStem, among: network.root.children.map(\.name))
      if network.root.children.contains(where: { $0.name == name }) { continue }
      guard let block = try block(kind, name: name, input: network.output, depth: depth) else {
        continue
      }
      let root = network.root.with(children: network.root.children + [block])
      if let longer = try? Network(input: input, root: root),
        longer.output.count <= 4096, longer.learnableCount < 20_000
      {
        network = longer
      }
    }
    return network
  }

  /// A network over features, a series or an image.
  mutating func network(depth: Int = 3, atMost count: Int = 7) throws -> Network {
    let inputs = [
      Shape([5]), Shape([2, 9]), Shape([4, 12]), Shape([2, 6, 7]), Shape([4, 8, 8]),
    ]
    return try chain(from: one(of: inputs), depth: depth, atMost: count)
  }

  /// Values for all parameters, running statistics not those of the start.
  mutating func parameters(of network: Network) -> ParameterStore {
    var store = ParameterStore()
    for specification in network.parameters {
      let range: ClosedRange<Float> =
        specification.key.role == .runningVariance ? 0.5...2 : -0.6...0.6
      store[specification.key] = Tensor(
        shape: specification.shape,
        values: (0..<specification.count).map { _ in Float.random(in: range, using: &random) })
    }
    return store
  }
}
