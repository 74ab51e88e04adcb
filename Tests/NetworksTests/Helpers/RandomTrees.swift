import Networks

/// Random blocks, for properties that hold for all of them.
struct RandomTrees {
  var random: RandomSource

  /// Whether names are those the program gives, or some are chosen.
  var hasOwnNames = true

  init(seed: UInt64) { random = RandomSource(seed: seed) }

  /// A number as it may be typed.
  private mutating func double(_ range: ClosedRange<Double>) -> Double {
    random.chance(50)
      ? Double(random.number(0...1)) : Double.random(in: range, using: &random)
  }

  private mutating func extents() -> String {
    random.chance(70)
      ? "\(random.number(1...5))" : "\(random.number(1...5))x\(random.number(1...5))"
  }

  private mutating func sides() -> String {
    let count = random.chance(80) ? 1 : 2
    return (0..<count).map { _ in
      random.chance(70)
        ? "\(random.number(0...3))" : "\(random.number(0...3)):\(random.number(0...3))"
    }.joined(separator: "x")
  }

  /// A text that a parameter takes.
  mutating func text(of type: ArgumentType) -> String {
    switch type {
    case .count: return "\(random.number(1...64))"
    case .countOrAuto: return random.chance(50) ? "auto" : "\(random.number(1...8))"
    case .extents: return extents()
    case .padding: return random.chance(50) ? random.one(of: type.completions) : sides()
    case .offsets: return "0"
    case .sides: return sides()
    case .ranges:
      return random.one(of: ["0:2", ":-1", "1:", "-2:", "0:1x1:", ":", "1:-1x-3:-1"])
    case .shape: return random.one(of: ["_", "_x2", "2x_", "4x2x_", "16", "2x3x4"])
    case .number(let range): return "\(double(range.lowerBound...min(range.upperBound, 100)))"
    case .share: return "\(Double.random(in: 0..<1, using: &random))"
    case .flag: return random.chance(50) ? "yes" : "no"
    case .bias:
      return random.chance(60) ? random.one(of: type.completions) : text(of: ArgumentType.start)
    case .name: return random.one(of: ["a", "skip", "x_1"])
    case .activation, .shortcut, .choice: return random.one(of: type.completions)
    }
  }

  /// Random arguments of a kind: those that are needed, and some of the others.
  mutating func arguments(_ kind: Kind) throws -> Arguments {
    var result = Arguments(kind)
    for parameter in kind.row.parameters
    where parameter.defaultText == nil || random.chance(40) {
      try result.set([(key: parameter.name, text: text(of: parameter.type))])
    }
    return result
  }

  private mutating func name(_ kind: Kind, beside siblings: [Block]) -> String {
    let automatic = Naming.fresh(kind.nameStem, among: siblings.map(\.name))
    guard hasOwnNames, random.chance(20) else { return automatic }
    let own = random.one(of: ["stem", "a_1", "conv7", "größe", "x9", "_", "12"])
    return siblings.contains { $0.name == own } ? automatic : own
  }

  /// A chain of blocks of all kinds, whose shapes need not agree.
  mutating func chain(depth: Int, atMost count: Int) throws -> [Block] {
    var blocks: [Block] = []
    for _ in 0..<random.number(0...count) {
      let kind = random.one(of: Kind.allCases)
      let name = name(kind, beside: blocks)
      if kind.row.blocks == nil {
        guard let layer = Layer(try arguments(kind)) else { continue }
        blocks.append(Block(name: self.name(layer.kind, beside: blocks), form: .layer(layer)))
      } else if depth > 0, let block = try container(kind, name: name, depth: depth) {
        var block = block
        if name == Naming.fresh(kind.nameStem, among: blocks.map(\.name)) {
          block.name = self.name(block.kind, beside: blocks)
        }
        blocks.append(block)
      }
    }
    for index in blocks.indices where random.chance(10) { blocks[index].isFrozen = true }
    return blocks
  }

  private mutating func container(_ kind: Kind, name: String, depth: Int) throws -> Block? {
    var arguments = try arguments(kind)
    if kind == .repeated { arguments["copies"] = .count(random.number(1...3)) }
    var count = 1
    if kind == .parallel { count = random.number(1...3) }
    if kind == .squeezeExcite || kind == .join { count = random.number(0...1) }
    if kind == .residual, random.chance(30), !arguments.isGiven("shortcut") { count = 2 }
    let bodies = try (0..<count).map { _ in try chain(depth: depth - 1, atMost: 3) }
    return Block(name: name, arguments, blocks: bodies)
  }

  /// A short text of blocks that fit many inputs of one or two spatial dimensions.
  mutating func fittingText(depth: Int) -> String {
    let channels = [4, 4, 6, 8]
    if random.chance(6) {
      return random.one(of: ["conv 4 3 frozen=yes", "bn frozen=yes", "seq frozen=yes { conv 4 1 }"])
    }
    switch random.number(0...(depth > 0 ? 14 : 8)) {
    case 0, 1:
      let pad = random.one(of: ["", "", "", " pad=0", " pad=1:0"])
      return
        "conv \(random.one(of: channels)) \(random.number(1...4)) stride=\(random.number(1...2))\(pad)"
    case 2: return "bn"
    case 3: return "relu"
    case 4: return "maxpool 2 ceil=yes"
    case 5: return "leaky 0.1"
    case 6: return "dropout 0.2"
    case 7: return random.chance(20) ? "dense 4" : "tanh"
    case 8:
      return random.one(of: [
        "se reduction=2", "scale 0.5", "conv 4 1 bias=-2 act=sigmoid", "dense 4 bias=0.5",
        "prelu", "prelu 0.1 shared=no",
        "ln", "ln over=all", "rmsnorm", "gn 2", "instnorm affine=yes", "lrn 3", "layerscale 0.1",
        "glu", "droppath 0.2", "spatialdropout 0.2", "noise 0.1", "relu6",
        "pad 1 mode=replicate", "pad 0:1", "tap a", "tap b", "tap a", "upsample 2",
        "upsample 2 mode=linear",
        "deconv 4 3", "deconv 4 4 stride=2", "pixelshuffle 2", "channelshuffle 2", "permute",
        "slice 0:2", "slice 1: over=positions", "reshape _x2",
      ])
    case 9 where random.chance(30):
      let kind = random.one(of: ["seq", "residual", "repeat 2", "parallel join=add", "highway"])
      return "\(kind) checkpoint=yes { \(fittingText(depth: depth - 1)) }"
    case 9: return "seq { \(fittingText(depth: depth - 1)); \(fittingText(depth: depth - 1)) }"
    case 10:
      let shared = random.chance(40) ? " shared=yes" : ""
      return "repeat \(random.number(1...3))\(shared) { \(fittingText(depth: depth - 1)) }"
    case 11:
      let kind = random.one(of: ShortcutKind.choices).rawValue
      return
        "residual shortcut=\(kind) { \(fittingText(depth: depth - 1)); \(fittingText(depth: depth - 1)) }"
    case 12:
      let kind = random.one(of: ["rezero", "preact", "se reduction=2", "highway"])
      return "\(kind) { \(fittingText(depth: depth - 1)) }"
    case 13 where random.chance(50):
      return random.one(of: [
        "tap a; conv 4 3; join a concat", "tap a; relu; join a", "join b concat { gap }",
        "tap b; bn; tap a; join b mul", "join a", "tap a; gap; join a mul",
      ])
    case 13:
      return "parallel join=mul { \(fittingText(depth: depth - 1)) } { gap; dense 4 act=sigmoid }"
    default:
      let join = random.one(of: Parallel.Join.allCases).rawValue
      return
        "parallel join=\(join) { \(fittingText(depth: depth - 1)) } { \(fittingText(depth: depth - 1)) }"
    }
  }
}
