import Networks
import Testing

/// Shapes that pooling gives.
struct PoolingShapeTests {
  /// Inputs, layers and the shapes that PyTorch 2.13 gives for the same numbers.
  private static let fromPyTorch: [(input: String, layer: String, output: String)] = [
    ("2x8x9", "maxpool 2x5 stride=3x5 pad=0x1 ceil=yes", "2x3x2"),
    ("2x7", "maxpool 4 stride=3 pad=0 ceil=yes", "2x2"),
    ("2x2", "maxpool 2 stride=3 pad=0 ceil=no", "2x1"),
    ("2x12", "maxpool 3 stride=2 pad=1 ceil=no", "2x6"),
    ("2x4", "maxpool 1 stride=4 pad=0 ceil=yes", "2x1"),
    ("2x4x3", "maxpool 4x5 stride=4x3 pad=1x0 ceil=yes", "2x2x1"),
    ("2x12", "maxpool 3 stride=1 pad=1 ceil=yes", "2x12"),
    ("2x7", "maxpool 3 stride=4 pad=0 ceil=yes", "2x2"),
    ("2x10x8", "maxpool 3x1 stride=3x1 pad=0x0 ceil=no", "2x3x8"),
    ("2x7x5", "maxpool 5x2 stride=1x5 pad=2x0 ceil=no", "2x7x1"),
    ("2x5", "maxpool 1 stride=2 pad=0 ceil=no", "2x3"),
    ("2x5x9", "maxpool 2x3 stride=4x5 pad=0x1 ceil=yes", "2x2x2"),
    ("2x4x9", "maxpool 4x2 stride=4x1 pad=2x1 ceil=yes", "2x2x10"),
    ("2x7x9", "maxpool 3x2 stride=2x3 pad=0x0 ceil=yes", "2x3x3"),
    ("2x3x11", "maxpool 5x4 stride=3x4 pad=0x1 ceil=yes", "2x1x3"),
    ("2x3x1", "maxpool 5x4 stride=5x2 pad=2x2 ceil=yes", "2x1x2"),
    ("2x1x11", "maxpool 1x5 stride=2x4 pad=0x0 ceil=yes", "2x1x3"),
    ("2x12", "maxpool 2 stride=2 pad=1 ceil=yes", "2x7"),
    ("2x2", "maxpool 4 stride=3 pad=0 ceil=yes", "2x1"),
    ("2x3", "maxpool 5 stride=3 pad=1 ceil=yes", "2x1"),
    ("2x4x11", "maxpool 4x3 stride=5x3 pad=1x1 ceil=yes", "2x1x4"),
    ("2x8", "maxpool 4 stride=4 pad=1 ceil=yes", "2x3"),
  ]

  @Test("as PyTorch, whole and partial windows", arguments: fromPyTorch)
  func asPyTorch(input: String, layer: String, output: String) throws {
    #expect(try network(input, layer).output == ScriptReader.shape(output))
    let average = "avg" + layer.dropFirst(3)
    #expect(try network(input, average).output == ScriptReader.shape(output))
  }

  @Test("a window too wide even for a part of it, as PyTorch refuses it")
  func tooWideForAPart() throws {
    let expected = ShapeFault.window(
      kernel: 2, dilation: 1, extent: 1, padding: Padding.Sides(before: 0, after: 0),
      input: Shape([2, 1]))
    #expect(try fault("2x1", "maxpool 2 stride=1 ceil=yes") == expected)
    #expect(try fault("2x1", "maxpool 2 stride=2 ceil=no") == expected)
    #expect(try network("2x1", "maxpool 2 stride=2 ceil=yes").output == Shape([2, 1]))
  }

  @Test(
    "defaults: windows of 2 beside each other, without padding",
    arguments: [
      ("1x64", "maxpool", "1x32"), ("1x65", "maxpool", "1x32"),
      ("1x65", "avgpool ceil=yes", "1x33"),
      ("3x32x32", "maxpool", "3x16x16"), ("3x32x32", "maxpool 3", "3x10x10"),
      ("3x32x32", "maxpool 2x4", "3x16x8"), ("64x112x112", "maxpool 3 stride=2 pad=1", "64x56x56"),
      ("5x9", "maxpool 3 stride=2 pad=same", "5x5"), ("5x10", "avgpool 4 pad=same", "5x3"),
      ("64x256x256", "maxpool 3 stride=1 pad=same", "64x256x256"),
      ("5x9", "maxpool 3 pad=valid", "5x3"),
      ("5x9", "maxpool 3 stride=2 pad=0:1", "5x4"), ("5x10", "maxpool 3 stride=2 pad=0:1", "5x5"),
    ])
  func defaults(input: String, layer: String, output: String) throws {
    #expect(try network(input, layer).output == ScriptReader.shape(output))
  }

  @Test("without rounding up every window lies whole in the padded input")
  func positionsCounted() throws {
    var random = RandomSource(seed: 12)
    for _ in 0..<1_000 {
      let length = random.number(1...20)
      let size = random.number(1...6)
      let step = random.number(1...5)
      let before = random.number(0...size - 1)
      let after = random.number(0...size - 1)
      let starts = Array(stride(from: -before, through: length + after - size, by: step))
      let layer = "avgpool \(size) stride=\(step) pad=\(before):\(after)"
      if starts.isEmpty { continue }
      #expect(try network("2x\(length)", layer).output == Shape([2, starts.count]))
      let rounded = try network("2x\(length)", layer + " ceil=yes").output
      let covering = Array(
        stride(from: -before, to: min(length, length + after - size + step), by: step))
      #expect(rounded == Shape([2, max(covering.count, starts.count)]), "\(length): \(layer)")
    }
  }
}
