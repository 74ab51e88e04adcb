import Engine
import Language
import Networks
import Training

extension CommandTable {
  /// Commands that give a network more to learn with and keep its function.
  static let surgeryRows: [CommandRow] = [
    CommandRow(
      "deepen", .edit, usage: "deepen PATH",
      "inserts a layer of the same form that passes on what it gets",
      details: [
        "It stands after the conv or dense and the bn and relu that follow, which are doubled too;",
        "other activations stand once only. What the network computes stays the same, while training too on",
        "the current batch, by whose statistics bn is set. After Net2Net (Chen, Goodfellow, Shlens 2016).",
      ],
      examples: ["deepen conv1"], slots: [.path], words: 1,
      run: { try $0.deepen($1) }),
    CommandRow(
      "widen", .edit, usage: "widen PATH N",
      "gives a conv or dense more channels and keeps what the network computes",
      details: [
        "New channels are copies of others, drawn by the seed; what reads a channel and its copies shares its",
        "weights out among them, unequally, so that they do not stay alike. After Net2Net.",
      ],
      examples: ["widen conv1 16"], slots: [.path], words: 2,
      run: { try $0.widen($1) }),
  ]
}

extension CommandScope {
  /// Answers `deepen PATH`.
  mutating func deepen(_ invocation: Invocation) throws -> Report {
    let (network, located) = try target(of: invocation)
    let deepening = try refusing(invocation, located, in: network) { () throws(SurgeryFault) in
      try Deepening(network, located)
    }
    let new = deepening.network
    let anchor = network.path(of: deepening.anchor) ?? located.path
    var lines: [StyledText] = []
    let names = deepening.inserted.map(\.name).joined(separator: ", ")
    var head = StyledText("deepened \(located.path): ")
    head.append(names, .typable)
    head.append(" after \(anchor)")
    if let omitted = deepening.omitted {
      head.append("; without \(omitted.kind.rawValue), which twice is another function")
    }
    lines.append(head)
    for block in deepening.inserted {
      let path = new.path(of: block.id) ?? block.name
      lines.append(StyledText("  ") + line(for: block, path: path, in: new))
    }
    let surgery = Surgery(new, label: "deepen \(located.path)") { model, inputs in
      let rows = 0..<(inputs.shape.first ?? 0)
      let statistics = try model.channelStatistics(of: deepening.anchor, inputs, rows: rows)
      return deepening.parameters(
        mean: statistics?.mean ?? [], variance: statistics?.variance ?? [])
    }
    operate(surgery)
    return Report(lines)
  }

  /// Answers `widen PATH N`.
  mutating func widen(_ invocation: Invocation) throws -> Report {
    let (network, located) = try target(of: invocation, atMost: 2)
    let word = try invocation.word(1, "N", invocation.row)
    let width = try word.integer("widen", in: 1...Int.max)
    var random = generator(for: located.path, width)
    let widening = try refusing(invocation, located, in: network) { () throws(SurgeryFault) in
      try Widening(network, located, to: width, using: &random)
    }
    let new = widening.network
    var lines = [
      StyledText(
        "widened \(located.path) from \(Numbers.grouped(widening.width)) to "
          + "\(Numbers.grouped(width)); read by \(Self.listed(widening.readers))")
    ]
    if let block = new.block(located.block.id) {
      lines.append(StyledText("  ") + line(for: block, path: located.path, in: new))
    }
    let surgery = Surgery(new, label: "widen \(located.path)") { model, _ in
      guard let parameters = widening.parameters(from: try model.copiedParameters()) else {
        throw EngineError.interrupted
      }
      return parameters
    }
    operate(surgery)
    return Report(lines)
  }

  /// The random numbers of the seed for a layer and its width.
  private func generator(for path: String, _ width: Int) -> SeededGenerator {
    var stream = UInt64(width)
    for byte in path.utf8 { stream = stream &* 0x100_0000_01B3 ^ UInt64(byte) }
    return SeededGenerator(seed: state.recipe.seed, stream: stream | 1)
  }

  /// Puts another form of the current network in place, whose values are to come from the old one.
  private mutating func operate(_ surgery: Surgery) {
    guard let known = state.current else { return }
    replaceNetwork(with: surgery.network)
    if !context.checksOnly { ask(for: .operate(surgery, on: known)) }
  }
}
