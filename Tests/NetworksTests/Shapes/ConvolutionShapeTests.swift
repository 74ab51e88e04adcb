import Networks
import Testing

/// Shapes that convolutions give.
struct ConvolutionShapeTests {
  /// Inputs, layers and the shapes that PyTorch 2.13 gives for the same numbers.
  private static let fromPyTorch: [(input: String, layer: String, output: String)] = [
    ("2x10", "conv 3 7 stride=1 pad=5 dilation=1", "3x14"),
    ("2x24", "conv 3 1 stride=2 pad=0 dilation=1", "3x12"),
    ("2x27", "conv 3 2 stride=2 pad=5 dilation=1", "3x18"),
    ("2x4", "conv 3 2 stride=2 pad=5 dilation=1", "3x7"),
    ("2x32", "conv 3 1 stride=2 pad=0 dilation=2", "3x16"),
    ("2x28", "conv 3 5 stride=4 pad=2 dilation=2", "3x6"),
    ("2x14", "conv 3 8 stride=2 pad=1 dilation=1", "3x5"),
    ("2x10", "conv 3 5 stride=3 pad=2 dilation=2", "3x2"),
    ("2x34", "conv 3 6 stride=2 pad=5 dilation=1", "3x20"),
    ("2x15", "conv 3 4 stride=4 pad=0 dilation=2", "3x3"),
    ("2x15", "conv 3 8 stride=2 pad=0 dilation=2", "3x1"),
    ("2x38", "conv 3 8 stride=2 pad=1 dilation=3", "3x10"),
    ("2x7", "conv 3 8 stride=1 pad=2 dilation=1", "3x4"),
    ("2x26x4", "conv 3 4x1 stride=2x3 pad=5x0 dilation=3x1", "3x14x2"),
    ("2x20x36", "conv 3 3x2 stride=2x3 pad=5x0 dilation=1x1", "3x14x12"),
    ("2x14x32", "conv 3 7x6 stride=4x4 pad=0x0 dilation=2x2", "3x1x6"),
    ("2x16x6", "conv 3 5x8 stride=3x4 pad=0x5 dilation=2x1", "3x3x3"),
    ("2x16x26", "conv 3 7x8 stride=1x2 pad=5x1 dilation=3x3", "3x8x4"),
    ("2x36x26", "conv 3 7x7 stride=4x1 pad=0x0 dilation=3x3", "3x5x8"),
    ("2x8x36", "conv 3 1x6 stride=4x1 pad=0x1 dilation=1x1", "3x2x33"),
  ]

  @Test("explicit padding: as PyTorch", arguments: fromPyTorch)
  func explicitPadding(input: String, layer: String, output: String) throws {
    #expect(try network(input, layer).output == ScriptReader.shape(output))
  }

  @Test(
    "sides that differ, and defaults",
    arguments: [
      ("1x64", "conv 10 3", "10x64"),
      ("1x64", "conv 10 3 stride=2", "10x32"),
      ("1x64", "conv 10 3 pad=0", "10x62"),
      ("1x64", "conv 10 4 pad=1:2", "10x64"),
      ("1x64", "conv 10 4 pad=0:3", "10x64"),
      ("1x64", "conv 10 4 pad=3:0 stride=2", "10x32"),
      ("1x64", "conv 10 3 pad=valid", "10x62"), ("1x64", "conv 10 3 pad=causal", "10x64"),
      ("1x64", "conv 10 3 pad=causal dilation=4 stride=2", "10x32"),
      ("3x32x32", "conv 16 3", "16x32x32"),
      ("3x32x32", "conv 16 3 stride=1x2", "16x32x16"),
      ("3x32x32", "conv 16 3 pad=0:2x1", "16x32x32"),
      ("3x32x32", "conv 16 3 pad=1x0", "16x32x30"),
      ("3x32x32", "conv2d 16 3", "16x32x32"),
      ("1x64", "conv1d 10 3", "10x64"),
      ("4x9", "conv 8 3 groups=4", "8x9"),
    ])
  func sidesAndDefaults(input: String, layer: String, output: String) throws {
    #expect(try network(input, layer).output == ScriptReader.shape(output))
  }

  @Test("pad=same gives ⌈n / stride⌉ positions for every kernel, stride and dilation")
  func sameKeepsPositions() throws {
    for length in 1...20 {
      for kernel in 1...9 {
        for stride in 1...5 {
          for dilation in 1...3 {
            let layer = "conv 3 \(kernel) stride=\(stride) dilation=\(dilation)"
            let output = try network("2x\(length)", layer).output
            #expect(output == Shape([3, (length + stride - 1) / stride]), "\(length): \(layer)")
          }
        }
      }
    }
  }

  @Test("positions are those at which a window fits, counted one by one")
  func positionsCounted() throws {
    var random = RandomSource(seed: 11)
    for _ in 0..<2_000 {
      let length = random.number(1...40)
      let kernel = random.number(1...7)
      let dilation = random.number(1...3)
      let stride = random.number(1...5)
      let before = random.number(0...6)
      let after = random.number(0...6)
      let reach = (kernel - 1) * dilation
      let counted = starts(from: -before, through: length + after - reach - 1, by: stride)
      let layer =
        "conv 3 \(kernel) stride=\(stride) dilation=\(dilation) pad=\(before):\(after)"
      if counted.isEmpty {
        let expected = ShapeFault.window(
          kernel: kernel, dilation: dilation, extent: length,
          padding: Padding.Sides(before: before, after: after), input: Shape([2, length]))
        #expect(try fault("2x\(length)", layer) == expected, "\(length): \(layer)")
      } else {
        let output = try network("2x\(length)", layer).output
        #expect(output == Shape([3, counted.count]), "\(length): \(layer)")
      }
    }
  }

  private func starts(from: Int, through: Int, by step: Int) -> [Int] {
    Array(Swift.stride(from: from, through: through, by: step))
  }

  @Test(
    "pad=same puts the smaller half before",
    arguments: [
      (kernel: 1, dilation: 1, before: 0, after: 0), (2, 1, 0, 1), (3, 1, 1, 1), (4, 1, 1, 2),
      (5, 1, 2, 2), (8, 1, 3, 4), (3, 2, 2, 2), (2, 3, 1, 2), (4, 2, 3, 3), (6, 3, 7, 8),
    ])
  func sidesOfSame(kernel: Int, dilation: Int, before: Int, after: Int) {
    let sides = Padding.same.resolved(kernel: [kernel], dilation: [dilation])
    #expect(sides == [Padding.Sides(before: before, after: after)])
  }
}
