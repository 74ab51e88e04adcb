import Training

/// Commands that build networks at random, of every kind of layer and block; some of them do not fit and are skipped.
struct SketchedNets {
  private var random: SeededGenerator
  private let rank: Int

  /// Whether values may be tapped and joined.
  private let hasTaps: Bool

  /// Networks over series, images or features.
  init(seed: UInt64, hasTaps: Bool = true) {
    self.hasTaps = hasTaps
    random = SeededGenerator(seed: seed)
    rank = [1, 2, 2, 1, 0][random.below(5)]
  }

  private mutating func one(of texts: [String]) -> String { texts[random.below(texts.count)] }
  private mutating func happens(_ percent: Int) -> Bool { random.below(100) < percent }

  private mutating func function() -> String {
    one(of: [
      "relu", "leaky 0.1", "sigmoid", "tanh", "elu", "selu", "gelu", "silu", "mish", "hardswish",
      "softplus", "softsign", "softmax",
    ])
  }

  private mutating func convolution() -> String {
    let isImage = rank == 2
    let kernel = one(of: ["1", "2", "3", "4", "5"] + (isImage ? ["3x2", "1x3"] : []))
    let stride = one(of: ["", "", " stride=2"] + (isImage ? [" stride=2x1"] : []))
    let pad = one(
      of: ["", "", "", "", " pad=0", " pad=1", " pad=1:2"]
        + [isImage ? " pad=1x2" : " pad=causal"])
    let groups =
      happens(15) ? "conv 4 \(kernel) groups=2" : "conv \(one(of: ["2", "3", "4", "6"])) \(kernel)"
    return groups + stride + pad + (happens(15) ? " dilation=2" : "")
      + (happens(30) ? " bias=no" : "")
      + (happens(30) ? " act=" + one(of: ["relu", "tanh", "gelu", "silu", "softplus"]) : "")
  }

  private mutating func layer() -> String {
    if rank == 0 {
      return one(of: [
        "dense 5", "dense 4 bias=no act=relu", "bn", function(), "prelu", "prelu shared=no",
        "scale 0.7", "identity", "flatten", "ln", "rmsnorm", "layerscale 0.5", "relu6", "gn 1",
      ])
    }
    switch random.below(19) {
    case 0..<6: return convolution()
    case 6..<9:
      return "bn"
        + one(of: [
          "", "", "", "", " momentum=0.8 eps=0.001", " scale=no", " center=no",
          " scale=no center=no", " statistics=running", " sync=yes",
        ])
    case 9..<12: return function()
    case 12:
      return one(of: ["maxpool", "avgpool"])
        + one(of: [
          " 2", " 3 stride=2 pad=1", " 3 stride=2 pad=same", " 3 stride=1 pad=same", " 2 ceil=yes",
          " 3 stride=2 ceil=yes",
        ])
    case 13: return one(of: ["prelu", "prelu 0.1 shared=no", "scale 0.5", "identity"])
    case 14: return exampleNorm()
    case 15: return deconvolution()
    case 16: return rearrangement()
    case 17: return sequence()
    default: return "subsample \(one(of: ["8", "12"])) stride=\(one(of: ["1", "2"]))"
    }
  }

  private mutating func deconvolution() -> String {
    let isImage = rank == 2
    let kernel = one(of: ["1", "2", "3", "4"] + (isImage ? ["3x2", "1x3"] : []))
    let more = one(of: [
      "", "", " stride=2", " stride=2 outpad=1", " pad=1", " pad=0:1", " pad=2:0 stride=2",
      " dilation=2 pad=1", " groups=2", " stride=3 pad=0" + (isImage ? " outpad=2x0" : " outpad=2"),
      isImage ? " stride=2x1" : " pad=causal stride=2",
    ])
    return "deconv \(one(of: ["2", "4"])) \(kernel)\(more)"
      + one(of: ["", "", " bias=no", " act=relu", " act=gelu", " bias=0.5"])
  }

  private mutating func sequence() -> String {
    one(
      of: [
        "attention 1", "attention 2", "seq { conv 4 1; attention 2 }", "attention 2 causal=yes",
        "attention 1 causal=yes bias=no", "seq { conv 6 1; attention 3 causal=yes bias=no }",
        "positions", "positions sinusoidal", "seq { cls; conv 4 1 }", "first",
        "residual { ln; attention 1 }", "residual { ln; conv 8 1 act=gelu; conv 4 1 }",
      ] + (rank == 1 ? ["lstm 4", "gru 3 directions=2"] : []))
  }

  private mutating func rearrangement() -> String {
    one(of: [
      "pixelshuffle 2", "seq { conv 8 1; pixelshuffle 2 }", "channelshuffle 2", "channelshuffle 3",
      "permute", "permute 1 3 2", "permute 3 1 2", "slice 0:2", "slice -2:", "slice 1:-1",
      "slice 1:-2 over=positions", "slice :5 over=positions", "reshape _x2", "reshape 2x_x3",
      "reshape 3x_", "seq { reshape _; dense 12; reshape 3x4 }",
    ])
  }

  private mutating func exampleNorm() -> String {
    one(of: [
      "ln", "ln affine=no eps=0.001", "rmsnorm", "rmsnorm affine=no eps=0.01", "gn 2",
      "gn 1 affine=no", "instnorm", "instnorm affine=yes", "lrn 3 alpha=0.5", "layerscale 0.5",
      "glu", "relu6", "hardsigmoid",
    ])
  }

  private mutating func chain(_ most: Int, depth: Int) -> String {
    (0...random.below(most)).map { _ in block(depth: depth) }.joined(separator: "; ")
  }

  private mutating func block(depth: Int) -> String {
    if depth == 0 || happens(60) { return layer() }
    switch random.below(hasTaps ? 10 : 9) {
    case 9:
      let join = one(of: ["a", "a concat", "a mul", "a add { identity }"])
      return "seq { tap a; \(chain(2, depth: depth - 1)); join \(join) }"
    case 0..<3:
      let more = one(of: [
        "", " act=relu", " act=tanh", " scale=0.3", " shortcut=A", " shortcut=C",
        " shortcut=pool act=relu",
      ])
      return "residual\(more) { \(chain(3, depth: depth - 1)) }"
    case 3:
      let branches = (0...random.below(3)).map { _ in "{ \(chain(2, depth: depth - 1)) }" }
      return "parallel join=\(one(of: ["concat", "add", "mul"])) \(branches.joined(separator: " "))"
    case 4:
      return "se \(one(of: ["reduction=2", "reduction=4", "units=3 act=silu gate=hardsigmoid"]))"
    case 5: return "highway bias=-1 { \(chain(1, depth: depth - 1)) }"
    case 6: return "repeat \(one(of: ["2", "3"])) { \(chain(3, depth: depth - 1)) }"
    case 7: return "seq { \(chain(3, depth: depth - 1)) }"
    default:
      if rank == 0 {
        return one(of: [
          "seq { dense 5; bn }", "seq { dense 5; repeat 3 shared=yes { dense 5; relu } }",
        ])
      }
      return one(of: [
        "rescnn 6 3", "rescnn 4 3 2 chain_length=3", "rescnn 4 4 1 2", "basicblock 8",
        "basicblock 8 stride=2", "bottleneck 4 expansion=2", "bottleneck 2 stride=2",
        "preactblock 6", "seblock 8 reduction=4", "densestep 4", "cnn 5 3",
        "rezero { conv 4 3; relu; conv 4 3 }", "preact { conv 4 3; bn; relu }",
        "residual act=relu { conv 5 3 stride=2; bn sync=yes; relu; conv 5 3; bn sync=yes }",
        "residual { conv 4 3; bn statistics=running }",
        "parallel join=mul { conv 4 3 } { gap; dense 4 act=sigmoid }",
        "seq { conv 6 3; repeat 2 shared=yes { conv 6 3; bn; relu } }",
        "seq { conv 6 3; repeat 2 checkpoint=yes { conv 6 3; bn; relu } }",
        "seq { conv 4 1; repeat 3 shared=yes { rezero { conv 4 3; relu; conv 4 3 } } }",
        "seq { conv 4 1; repeat 2 shared=yes { conv 4 3; repeat 2 shared=yes { basicblock 4 } } }",
      ])
    }
  }

  /// The lines that build one.
  mutating func lines() -> [String] {
    var lines = ["input \(["9", "3x17", "2x9x8"][rank])"]
    for _ in 0..<3 + random.below(5) { lines.append("try { add \(block(depth: 2)) }") }
    if happens(20) { lines.append("try { freeze conv1 }") }
    if happens(30) {
      let path = one(of: ["res1", "rep1", "seq1", "par1", "highway1"])
      lines.append("try { set \(path) checkpoint=yes }")
    }
    if rank > 0, happens(70) {
      lines.append(
        "try { add \(one(of: ["gap", "gmp", "flatten"] + (rank == 1 ? ["last"] : []))) }")
      lines.append("try { add dense 4 }")
    }
    return lines
  }
}
