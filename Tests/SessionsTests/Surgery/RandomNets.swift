import Training

/// Networks drawn at random, of all that channels can pass on their way.
struct RandomNets {
  private var random: SeededGenerator
  let hasDropout: Bool

  init(seed: UInt64, hasDropout: Bool = false) {
    random = SeededGenerator(seed: seed)
    self.hasDropout = hasDropout
  }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[random.below(elements.count)]
  }

  private mutating func activation() -> String {
    one(of: ["relu", "relu", "relu", "tanh", "leaky 0.1", "elu", "gelu", "identity"])
  }

  private mutating func convolution(_ channels: Int) -> String {
    let kernel = one(of: ["1", "2", "3", "3", "4", "5"])
    let more = one(of: [
      "", "", "", " bias=no", " act=relu", " act=tanh", " dilation=2", " groups=2", " bias=0.5",
    ])
    return "conv \(channels) \(kernel)\(more)"
  }

  private mutating func body(_ channels: Int, depth: Int) -> String {
    (0..<1 + random.below(3)).map { _ in block(channels, depth: depth) }.joined(separator: "; ")
      + "; conv \(channels) 3"
  }

  /// A block that keeps its positions and gives so many channels.
  private mutating func block(_ channels: Int, depth: Int) -> String {
    switch random.below(depth > 0 ? 15 : 5) {
    case 0, 1: return convolution(channels)
    case 2: return convolution(channels) + "; bn; " + activation()
    case 3: return convolution(channels) + "; bn scale=no; prelu 0.1 shared=no; identity"
    case 4:
      return "conv \(channels) 3; " + activation()
        + (hasDropout ? "; dropout 0.2" : "; scale 0.7; layerscale 0.7")
    case 13:
      let more = one(of: ["", " bias=no", " act=relu", " groups=2", " dilation=2"])
      return "conv \(channels) 1; deconv \(channels) \(one(of: ["2", "3"]))\(more); " + activation()
        + one(of: ["", "; channelshuffle 2", "; slice :-1 over=positions; pad 0:1"])
    case 5 where random.below(2) == 0:
      let kind = one(of: ["seq", "repeat 2", "repeat 2 shared=yes", "residual"])
      return "conv \(channels) 1; \(kind) checkpoint=yes { \(body(channels, depth: depth - 1)) }"
    case 5: return "seq { \(body(channels, depth: depth - 1)) }"
    case 6: return "repeat 2 { \(body(channels, depth: depth - 1)) }"
    case 12:
      return "conv \(channels) 1; repeat 2 shared=yes { \(body(channels, depth: depth - 1)) }"
    case 14:
      let join = one(of: [
        "a", "a concat; conv \(channels) 1", "a mul", "a add { conv \(channels) 1 }",
      ])
      return "conv \(channels) 3; tap a; \(body(channels, depth: depth - 1)); join \(join)"
    case 7:
      let shortcut = one(of: ["auto", "identity", "A", "B", "C"])
      return
        "conv \(channels) 1; residual act=relu shortcut=\(shortcut) { \(body(channels, depth: depth - 1)); bn }"
    case 8:
      return "parallel { \(body(channels, depth: depth - 1)) } { conv 3 1; relu } { identity }"
    case 9:
      return "parallel join=add { \(body(channels, depth: depth - 1)); bn } { conv \(channels) 1 }"
    case 10:
      return
        "parallel join=mul { \(body(channels, depth: depth - 1)) } { gap; dense \(channels) act=sigmoid }"
    default: return "conv \(channels) 3; bn; relu; se reduction=2; conv \(channels) 1"
    }
  }

  /// Blocks for a series or an image, with three outputs at the end.
  mutating func text() -> String {
    var blocks = (0..<1 + random.below(3)).map { _ in block(one(of: [4, 6]), depth: 2) }
    blocks.append(one(of: ["maxpool 2", "avgpool 2", "identity", "conv 4 3 stride=2"]))
    blocks.append(one(of: ["gap", "flatten", "gmp", "identity", "flatten; dense 6 act=relu"]))
    blocks.append(one(of: ["dense 8 act=relu", "dense 5; bn; relu", "dense 4 act=tanh"]))
    return (blocks + ["dense 3"]).joined(separator: "; ")
  }
}
