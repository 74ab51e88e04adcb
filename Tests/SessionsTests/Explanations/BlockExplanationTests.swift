import Language
import Networks
import Testing

@testable import Sessions

/// The sums of blocks come to what the network's facts say.
@Suite struct BlockExplanationTests {
  @Test("a convolution does its sums")
  func convolution() {
    let session = Session()
    session.answer("input 8x64x64; add conv 16 3 stride=2; add conv 16 5 groups=4 dilation=2")
    #expect(
      session.answer("explain conv1").text == """
        conv1  conv 16 3 stride=2
          8×64×64 → 16×32×32
          each output is a sum over 3×3 positions of 8 channels
          height and width  ⌊(64 + 2·1 − 3)/2⌋ + 1 = 32
          learned           16·8·3·3 weights + 16 biases = 1,168
          receptive field   1 + (3 − 1)·1 = 3
          multiply-adds     16·32·32 · 8·3·3 = 1,179,648
          explain conv
        """)
    #expect(
      session.answer("explain conv2").text == """
        conv2  conv 16 5 dilation=2 groups=4
          16×32×32 → 16×32×32
          each output is a sum over 5×5 positions of 4 channels
          height and width  32 + 2·4 − 2·(5 − 1) − 1 + 1 = 32
          learned           16·4·5·5 weights + 16 biases = 1,616
          receptive field   3 + (5 − 1)·2·2 = 19
          multiply-adds     16·32·32 · 4·5·5 = 1,638,400
          explain conv
        """)
  }

  @Test("a residual block says why it is projected")
  func residual() {
    let session = Session()
    session.answer("input 8x32; add residual act=relu { conv 16 3 stride=2; bn }")
    #expect(
      session.answer("explain res1").text == """
        res1  residual act=relu
          8×32 → 16×16
          y = relu(body(x) + shortcut(x))
          shortcut=auto: channels 8 ≠ 16, positions 32 ≠ 16
          its layers: conv 16 1 stride=2 bias=no + bn
          learned          432 body + 160 shortcut = 592
          running          32 body + 32 shortcut = 64
          multiply-adds    6,144 body + 2,048 shortcut = 8,192
          receptive field  3
          explain residual
        """)
    session.answer("add residual { conv 16 3 }")
    #expect(
      session.answer("explain res2").text == """
        res2  residual
          16×16 → 16×16
          y = body(x) + shortcut(x)
          shortcut: x as it is, for the body leaves the shape 16×16
          learned          784
          multiply-adds    12,288
          receptive field  7
          explain residual
        """)
  }

  @Test("layers without windows")
  func others() {
    let session = Session()
    session.answer("input 8x32; add bn; add relu; add dropout 0.5; add gap; add dense 4")
    #expect(
      session.answer("explain *").text == """
        bn1  bn
          8×32 → 8×32
          a mean and a variance for each channel, over the batch, and 32 positions
          evaluate normalizes by the running statistics instead
          learned  8 gamma + 8 beta = 16
          running  8 means + 8 variances = 16
          explain bn
        relu1  relu
          8×32 → 8×32
          max(x, 0), value by value; the shape stays
          explain relu
        dropout1  dropout
          8×32 → 8×32
          training zeroes 50.0 % of the values at random
          what is kept goes times 1/(1 − 0.5) = 2, so the mean stays
          evaluate leaves all values as they are
          explain dropout
        gap1  gap
          8×32 → 8
          the mean over 32 positions, for each of 8 channels
          explain gap
        dense1  dense 4
          8 → 4
          each output is a sum over all 8 features
          learned        4·8 weights + 4 biases = 36
          multiply-adds  4·8 = 32
          explain dense
        """)
  }

  @Test("one of each, and what is frozen")
  func singular() {
    let session = Session()
    session.answer("input 16; add dense 1; add prelu; freeze *")
    #expect(
      session.answer("explain *").text == """
        dense1  dense 1 frozen=yes
          16 → 1
          each output is a sum over all 16 features
          frozen: training leaves what is learned as it is
          learned        1·16 weights + 1 bias = 17
          multiply-adds  1·16 = 16
          explain dense
        prelu1  prelu frozen=yes
          1 → 1
          x where positive, slope · x elsewhere; the slope is learned
          frozen: training leaves what is learned as it is
          learned  1 slope = 1
          explain prelu
        """)
  }

  private static let networks = [
    "input 3x32x32; add resnet20 10", "input 3x32x32; add resnet8 10 shortcut=B",
    "input 3x64x64; add resnet18 10", "input 3x65x47; add resnet50 10",
    "input 1x150; add wang 2", "input 1x150; add wang_fcn 3", "input 1x28x28; add lenet",
    "input 20; add mlp", "input 1x64; add RES_CNN1D 10 3 2 chain_length=3",
    "input 16x9x7; add seblock 16; add preactblock 32 stride=2; add bottleneck 8",
    "input 16x9x7; add densestep 12; add highway { conv 28 3 }; add rezero { conv 28 3x5 }",
    "input 4x33; add conv 8 4 stride=3 pad=1:3; add avgpool 3 stride=2 ceil=yes; add prelu shared=no",
    "input 4x33; add conv 8 3 pad=causal dilation=3; add residual shortcut=pool { conv 8 3 stride=2 }",
    "input 4x33; add residual shortcut=A { conv 8 3 stride=2 }; repeat 3 { conv 8 3; bn }; add last",
    "input 4x8x9; add deconv 6 4 stride=2; add deconv 5 3x2 stride=1x3 dilation=2x1 outpad=1x2 pad=0",
    "input 6x9; add deconv 8 3 groups=2 stride=2; add pixelshuffle 2; add slice 1:; add permute",
    "input 12x4x6; add pixelshuffle 2; add slice 1:-1x:9 over=positions; add reshape _; add glu",
    "input 4x8x9; add parallel { conv 3 1 } { conv 5 3 } { identity }; add maxpool 3 pad=1; add flatten",
  ]

  @Test("every formula comes to its value, and that is the fact", arguments: networks)
  func formulas(commands: String) throws {
    let session = Session()
    #expect(session.answer(commands).outcome == .done)
    let network = try #require(session.state.current?.network)
    var count = 0
    for path in network.paths {
      let located = try #require(network.blocks(matching: path).first)
      let explanation = try #require(BlockExplanation(located, in: network))
      let facts = explanation.facts
      for formula in explanation.formulas {
        count += 1
        let found = try #require(Sum.value(of: formula.terms), "\(path): \(formula.terms)")
        #expect(found == Double(formula.value), "\(path): \(formula.terms)")
        let fact: [Int] =
          switch formula.subject {
          case "length", "height", "height and width": [facts.output.spatial[0]]
          case "width": [facts.output.spatial[1]]
          case "features", "channels": [facts.output.channels]
          case "learned": [facts.learnable]
          case "running": [facts.running]
          case "multiply-adds": [facts.multiplyAdds]
          case "receptive field": facts.receptiveField.size ?? []
          default: []
          }
        #expect(fact.contains(formula.value), "\(path): \(formula.subject) \(formula.value)")
      }
      #expect(facts.learnable == 0 || explanation.formulas.contains { $0.subject == "learned" })
      let lines = explanation.lines(.unicode).map(\.text)
      #expect(lines.count <= 10, "\(lines)")
      for line in lines { #expect(DisplayWidth.columns(of: line) <= 80, "\(line)") }
    }
    #expect(count > 0)
  }
}

/// Sums as they are printed: + − · / ( ) ⌊ ⌋ ⌈ ⌉ over whole numbers; words are left out.
private struct Sum {
  private var signs: [Character]

  private static let closing: [Character: Character] = ["(": ")", "⌊": "⌋", "⌈": "⌉"]

  static func value(of text: String) -> Double? {
    var sum = Sum(signs: Array(text.filter { !$0.isLetter && $0 != " " && $0 != "," }.reversed()))
    let value = sum.sum()
    return sum.signs.isEmpty ? value : nil
  }

  private mutating func sum() -> Double? {
    guard var total = product() else { return nil }
    while let sign = signs.last, sign == "+" || sign == "−" {
      signs.removeLast()
      guard let next = product() else { return nil }
      total += sign == "+" ? next : -next
    }
    return total
  }

  private mutating func product() -> Double? {
    guard var total = factor() else { return nil }
    while let sign = signs.last, sign == "·" || sign == "/" {
      signs.removeLast()
      guard let next = factor() else { return nil }
      total = sign == "·" ? total * next : total / next
    }
    return total
  }

  private mutating func factor() -> Double? {
    guard let first = signs.popLast() else { return nil }
    if let closing = Self.closing[first] {
      guard let inner = sum(), signs.popLast() == closing else { return nil }
      return first == "(" ? inner : first == "⌊" ? inner.rounded(.down) : inner.rounded(.up)
    }
    var digits = String(first)
    while let next = signs.last, next.isWholeNumber { digits.append(signs.removeLast()) }
    return Double(digits)
  }
}
