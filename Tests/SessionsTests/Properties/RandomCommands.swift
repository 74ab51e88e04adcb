import Networks
import Training

/// Commands drawn at random: many that do something, some that are refused.
struct RandomCommands {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(random.next() % UInt64(range.count))
  }

  mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[number(0...elements.count - 1)]
  }

  /// A text that a parameter takes, most of the time.
  private mutating func text(of type: ArgumentType) -> String {
    switch type {
    case .count: "\(number(1...6))"
    case .countOrAuto: one(of: ["auto", "1", "3"])
    case .extents: chance(90) ? "\(number(1...3))" : "\(number(1...3))x\(number(1...3))"
    case .padding: one(of: ["same", "same", "0", "1", "1:2", "x", "valid", "causal"])
    case .offsets: one(of: ["0", "1", "0x1", "x"])
    case .ranges: one(of: ["0:2", ":-1", "1:", "-2:", "0:1x1:", "2:1"])
    case .shape: one(of: ["_", "_x2", "2x_", "4x2x_", "16", "2x3x4"])
    case .sides: one(of: ["0", "1", "0:1", "1x2", "same"])
    case .number: one(of: ["0", "0.5", "1", "0.001", "7"])
    case .share: one(of: ["0", "0.5", "0.25"])
    case .flag: one(of: ["yes", "no"])
    case .bias: one(of: ["yes", "no", "-2", "0.5"])
    case .name: one(of: ["a", "b", "a"])
    case .activation, .shortcut, .choice: one(of: type.completions)
    }
  }

  /// A block as it stands inside braces: any kind, with arguments, names and braces.
  mutating func block(depth: Int) -> String {
    if chance(10) {
      return one(of: ["cnn 4 3", "basicblock 4", "densestep 2", "twin 4", "rescnn 4 3 2 2"])
    }
    let kinds = Kind.allCases.filter { depth > 0 || $0.row.blocks == nil }
    let kind =
      chance(50) ? one(of: [.convolution, .batchNormalization, .function(.relu)]) : one(of: kinds)
    var words = [kind.rawValue]
    for parameter in kind.row.parameters where parameter.isPositional {
      words.append(text(of: parameter.type))
    }
    var braces = kind.row.blocks == nil ? 0 : 1
    if kind == .parallel { braces = number(1...3) }
    if kind == .squeezeExcite || kind == .join { braces = depth > 0 ? number(0...1) : 0 }
    let hasShortcut = kind == .residual && chance(30)
    if hasShortcut { braces = 2 }
    for parameter in kind.row.parameters where !parameter.isPositional && chance(25) {
      if hasShortcut, parameter.name == "shortcut" { continue }
      words.append("\(parameter.name)=\(text(of: parameter.type))")
    }
    if chance(15) { words.append("name=\(one(of: ["stem", "a_1", "conv7", "x9", "größe"]))") }
    if chance(8) { words.append("frozen=yes") }
    for _ in 0..<braces {
      let inner = (0..<number(kind == .residual ? 1...3 : 0...3)).map { _ in
        block(depth: depth - 1)
      }
      words.append("{ \(inner.joined(separator: "; ")) }")
    }
    return words.joined(separator: " ")
  }

  /// A command, about a network with these paths.
  mutating func command(paths: [String]) -> String {
    let path = paths.isEmpty || chance(5) ? "nothing" : one(of: paths)
    let other = paths.isEmpty ? "nothing" : one(of: paths)
    switch number(0...28) {
    case 27: return "freeze \(one(of: [path, "*", "res*", "conv1..relu1"]))"
    case 28: return "unfreeze \(one(of: [path, "*"]))"
    case 0...6: return "add " + block(depth: 3)
    case 7: return "insert \(block(depth: 2)) \(one(of: ["before", "after"])) \(path)"
    case 8: return "wrap \(one(of: ["residual", "seq", "parallel", "repeat", "se", "preact"]))"
    case 9:
      return "wrap \(one(of: ["residual", "seq", "repeat", "highway", "rezero", "se"])) \(path)"
    case 10: return "unwrap \(path)"
    case 11:
      let kind = one(of: Kind.allCases)
      guard let parameter = kind.row.parameters.first else { return "set \(path)" }
      return "set \(path) \(parameter.name)=\(text(of: parameter.type))"
    case 12: return "set \(path) \(one(of: ["channels=4", "act=relu", "copies=2", "shortcut=B"]))"
    case 13: return "replace \(path) \(block(depth: 1))"
    case 14: return "remove \(path)"
    case 15: return "move \(path) \(one(of: ["before", "after"])) \(other)"
    case 16: return "rename \(path) \(one(of: ["first", "second", "bad name", "x1"]))"
    case 17: return one(of: ["net main", "net other", "net third", "fork fourth", "drop fourth"])
    case 18: return "let x\(number(1...3)) = \(number(1...9)) * 2"
    case 19: return "def twin n { dense $n; dense \(number(1...5)) }"
    case 20: return "defaults conv \(one(of: ["pad=0", "pad=same", "bias=no", "act=relu"]))"
    case 21:
      return one(of: [
        "seed 3", "batch 8", "lr 0.5", "threads 1", "optimizer adam", "init he", "lr 0.2 cosine",
        "lr step 2 4 unit=steps", "clip norm=1", "batch accumulate=2 mixup=0.2",
        "optimizer nadam on=weights ema=0.9", "loss smoothing=0.1", "classweights balanced",
      ])
    case 22:
      return one(of: ["loss l2", "loss auto", "data moons count=20", "split 0.5", "normalize"])
    case 23: return "input \(one(of: ["3x32", "3x12x10", "1x64", "8", "0"]))"
    case 24: return "for i in 1..\(number(0...3)) { add conv $(i + 1) 3; add relu }"
    case 25: return "try { \(block(depth: 1)); add \(block(depth: 1)) }"
    default:
      return one(of: ["nonsense", "add", "set", "tree", "summary", "show \(path)", "script"])
    }
  }
}
