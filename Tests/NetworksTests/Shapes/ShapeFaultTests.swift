import Networks
import Testing

/// What is no network, and what is said of it.
struct ShapeFaultTests {
  private static let line = Shape([1, 64])
  private static let image = Shape([3, 8, 8])

  @Test(
    "layers that want other spatial dimensions",
    arguments: [
      ("10", "conv 3 3", ShapeFault.rank(kind: "conv", wanted: [1, 2], input: Shape([10]))),
      ("10", "conv1d 3 3", .rank(kind: "conv1d", wanted: [1], input: Shape([10]))),
      ("1x64", "conv2d 3 3", .rank(kind: "conv2d", wanted: [2], input: line)),
      ("3x8x8", "conv1d 3 3", .rank(kind: "conv1d", wanted: [1], input: image)),
      ("10", "maxpool", .rank(kind: "maxpool", wanted: [1, 2], input: Shape([10]))),
      ("10", "avgpool", .rank(kind: "avgpool", wanted: [1, 2], input: Shape([10]))),
      ("10", "gap", .rank(kind: "gap", wanted: [1, 2], input: Shape([10]))),
      ("10", "pad 1", .rank(kind: "pad", wanted: [1, 2], input: Shape([10]))),
      ("10", "upsample 2", .rank(kind: "upsample", wanted: [1, 2], input: Shape([10]))),
      ("10", "deconv 3 3", .rank(kind: "deconv", wanted: [1, 2], input: Shape([10]))),
      ("10", "pixelshuffle 2", .rank(kind: "pixelshuffle", wanted: [1, 2], input: Shape([10]))),
      (
        "10", "slice 1: over=positions",
        .rank(kind: "slice over=positions", wanted: [1, 2], input: Shape([10]))
      ),
      ("3x8x8", "last", .rank(kind: "last", wanted: [1], input: Shape([3, 8, 8]))),
      ("1x64", "dense 4; gmp", .rank(kind: "gmp", wanted: [1, 2], input: Shape([4]))),
    ])
  func rank(input: String, layers: String, expected: ShapeFault) throws {
    #expect(try fault(input, layers) == expected)
  }

  @Test(
    "sizes for other dimensions than the input has",
    arguments: [
      ("1x64", "conv 3 3x3", "kernel", "3x3"), ("1x64", "conv 3 3x5", "kernel", "3x5"),
      ("1x64", "conv 3 3 stride=1x2", "stride", "1x2"),
      ("1x64", "conv 3 3 dilation=2x2", "dilation", "2x2"),
      ("1x64", "conv 3 3 pad=1x1", "pad", "1x1"), ("1x64", "conv 3 3 pad=0:1x2", "pad", "0:1x2"),
      ("1x64", "maxpool 2x2", "size", "2x2"), ("1x64", "maxpool 2 stride=2x1", "stride", "2x1"),
      ("1x64", "maxpool 2 pad=0x0", "pad", "0x0"),
      ("1x64", "subsample 3 stride=2x2", "stride", "2x2"),
      ("1x64", "pad 1x2", "amount", "1x2"), ("1x64", "upsample 2x2", "factor", "2x2"),
      ("1x64", "deconv 3 3x3", "kernel", "3x3"), ("1x64", "deconv 3 3 outpad=0x1", "outpad", "0x1"),
      ("1x64", "slice 1:x2: over=positions", "range", "1:x2:"),
    ])
  func dimensions(input: String, layers: String, parameter: String, given: String) throws {
    let expected = ShapeFault.dimensions(parameter: parameter, given: given, input: Self.line)
    #expect(try fault(input, layers) == expected)
  }

  @Test("causal padding looks along one dimension")
  func causal() throws {
    #expect(
      try fault("3x8x8", "conv 4 3 pad=causal") == .causalPadding(input: Self.image))
    #expect(
      try fault("3x8x8", "maxpool 2 pad=causal") == .causalPadding(input: Self.image))
  }

  @Test(
    "mirrored positions that are not there",
    arguments: [
      ("1x4", "pad 4 mode=reflect", 4, 4, 4), ("3x8x4", "pad 5:4 mode=reflect", 4, 5, 4),
      ("1x1", "pad 0:1 mode=reflect", 1, 0, 1),
    ])
  func mirrored(input: String, layers: String, extent: Int, before: Int, after: Int) throws {
    let sides = Padding.Sides(before: before, after: after)
    #expect(try fault(input, layers) == .mirroredWidth(extent: extent, padding: sides))
  }

  @Test(
    "positions that a transposed convolution cannot add",
    arguments: [
      ("1x4", "deconv 2 3 outpad=1", 1, 1, 1), ("1x4", "deconv 2 3 stride=2 outpad=2", 2, 2, 1),
      ("3x8x4", "deconv 2 3 stride=2x3 dilation=1x4 outpad=1x4", 4, 3, 4),
      ("1x4", "deconv 2 1 stride=3 outpad=2", 2, 3, 1),
    ])
  func outputPadding(
    input: String, layers: String, outpad: Int, stride: Int, dilation: Int
  ) throws {
    let expected = ShapeFault.outputPadding(outpad: outpad, stride: stride, dilation: dilation)
    #expect(try fault(input, layers) == expected)
  }

  @Test("what a layer that moves values cannot take")
  func moves() throws {
    #expect(
      try fault("1x4", "deconv 2 3 pad=3")
        == .nothingLeft(extent: 6, padding: Padding.Sides(before: 3, after: 3)))
    #expect(
      try fault("6x4x4", "pixelshuffle 2") == .undivided(kind: "pixelshuffle", channels: 6, by: 4))
    #expect(
      try fault("6x4", "channelshuffle 4")
        == .undivided(kind: "channelshuffle", channels: 6, by: 4))
    for range in ["3:3", "4:2", "0:7", "-7:", "6:"] {
      #expect(
        try fault("6x4", "slice \(range)") == .slice(range: range, extent: 6, unit: .channels))
    }
    #expect(
      try fault("6x4", "slice 0:5 over=positions")
        == .slice(range: "0:5", extent: 4, unit: .positions))
    #expect(
      try fault("6x4", "slice 0:1x0:1") == .slice(range: "0:1x0:1", extent: 6, unit: .channels))
    let series = Shape([6, 4])
    for shape in ["5x_", "7x4", "24x2", "_x4x7"] {
      #expect(try fault("6x4", "reshape \(shape)") == .reshape(shape: shape, input: series))
    }
    #expect(try fault("6x4", "permute 1 3 2") == .order(order: "1 3 2", input: series))
    #expect(try fault("6x4", "permute 1 1") == .order(order: "1 1 3", input: series))
    #expect(try fault("6", "permute") == .order(order: "2 1 3", input: Shape([6])))
  }

  @Test("three sizes fit no input")
  func threeSizes() throws {
    let expected = ShapeFault.dimensions(parameter: "kernel", given: "3x3x3", input: Self.image)
    #expect(try fault("3x8x8", "conv 4 3x3x3") == expected)
  }

  @Test(
    "windows wider than the padded input",
    arguments: [
      ("1x4", "conv 3 5 pad=0", 5, 1, 4, 0, 0), ("1x4", "conv 3 3 dilation=2 pad=0", 3, 2, 4, 0, 0),
      ("1x4", "conv 3 7 pad=1", 7, 1, 4, 1, 1), ("1x4", "conv 3 8 pad=0:3", 8, 1, 4, 0, 3),
      ("1x4", "maxpool 5", 5, 1, 4, 0, 0), ("3x8x4", "conv 2 5x7 pad=1", 7, 1, 4, 1, 1),
      ("3x4x8", "avgpool 6 pad=0:1", 6, 1, 4, 0, 1),
    ])
  func window(
    input: String, layers: String, kernel: Int, dilation: Int, extent: Int, before: Int, after: Int
  ) throws {
    let expected = ShapeFault.window(
      kernel: kernel, dilation: dilation, extent: extent,
      padding: Padding.Sides(before: before, after: after), input: ScriptReader.shape(input))
    #expect(try fault(input, layers) == expected)
  }

  @Test("pooling with more padding than its window is wide")
  func paddingWidth() throws {
    let both = ShapeFault.paddingWidth(kernel: 2, padding: Padding.Sides(before: 2, after: 2))
    let after = ShapeFault.paddingWidth(kernel: 3, padding: Padding.Sides(before: 0, after: 3))
    #expect(try fault("1x64", "maxpool 2 pad=2") == both)
    #expect(try fault("3x8x8", "avgpool 2x3 pad=0x0:3") == after)
    #expect(try network("1x64", "conv 3 1 pad=4").output == Shape([3, 72]))
  }

  @Test(
    "groups that do not divide the channels",
    arguments: [("4x8", 6, 3), ("6x8", 4, 3), ("4x8", 8, 5), ("4x8", 8, Int.max)])
  func groups(input: String, channels: Int, groups: Int) throws {
    let expected = ShapeFault.groups(
      groups: groups, inputChannels: ScriptReader.shape(input).channels, outputChannels: channels)
    #expect(try fault(input, "conv \(channels) 3 groups=\(groups)") == expected)
  }

  @Test("fewer channels than a subsampling reads")
  func subsample() throws {
    let expected = ShapeFault.subsampleChannels(input: Self.image, channels: 2)
    #expect(try fault("3x8x8", "subsample 2") == expected)
  }

  @Test(
    "branches that cannot be joined",
    arguments: [
      (
        "parallel join=add { conv 4 3 } { conv 5 3 }", Parallel.Join.add, "4x64", 2, "5x64"
      ),
      (
        "parallel { conv 4 3 } { conv 5 3 } { conv 4 3 stride=2 }", .concatenate, "4x64", 3,
        "4x32"
      ),
      ("parallel { gap } { conv 4 3 }", .concatenate, "1", 2, "4x64"),
    ])
  func branches(text: String, join: Parallel.Join, first: String, ordinal: Int, other: String)
    throws
  {
    let expected = ShapeFault.branches(
      join: join, first: ScriptReader.shape(first), ordinal: ordinal,
      other: ScriptReader.shape(other))
    #expect(try fault("1x64", text) == expected)
  }

  @Test(
    "branches that cannot be multiplied or mixed",
    arguments: [
      (
        "parallel join=mul { conv 4 3 } { conv 4 3 stride=2 }",
        ShapeFault.factors(
          ordinal: 1, shape: Shape([4, 64]), otherOrdinal: 2, other: Shape([4, 32]))
      ),
      (
        "parallel join=mul { gap; dense 4 } { conv 4 3 } { gap; dense 5 }",
        .factors(ordinal: 2, shape: Shape([4, 64]), otherOrdinal: 3, other: Shape([5]))
      ),
      (
        "parallel join=mul { gap; dense 4 } { dense 5 }",
        .factors(ordinal: 1, shape: Shape([4]), otherOrdinal: 2, other: Shape([5]))
      ),
      (
        "parallel join=mul { dense 4 } { conv 5 3 }",
        .factors(ordinal: 1, shape: Shape([4]), otherOrdinal: 2, other: Shape([5, 64]))
      ),
      ("parallel join=highway { relu }", .highwayBranches(count: 1)),
      ("parallel join=highway { relu } { relu } { relu }", .highwayBranches(count: 3)),
      (
        "parallel join=highway { conv 2 3 } { conv 1 1 }",
        .highway(isGate: false, output: Shape([2, 64]), input: line)
      ),
      (
        "parallel join=highway { gap } { conv 1 1 }",
        .highway(isGate: false, output: Shape([1]), input: line)
      ),
      (
        "parallel join=highway { relu } { gap; dense 2 }",
        .highway(isGate: true, output: Shape([2]), input: line)
      ),
      (
        "highway { conv 1 3 pad=0 }",
        .highway(isGate: false, output: Shape([1, 62]), input: line)
      ),
    ])
  func gates(text: String, expected: ShapeFault) throws {
    #expect(try fault("1x64", text) == expected)
  }

  @Test(
    "the path of the block at fault",
    arguments: [
      ("conv 4 3; conv2d 4 3", "conv2"), ("seq { relu; seq { dense 4; gap } }", "seq1.seq1.gap1"),
      ("repeat 3 { conv 4 3 pad=0; maxpool 5 }", "rep1.3.conv1"),
      ("residual { conv 4 3; conv2d 4 3 }", "res1.body.conv2"),
      ("parallel { relu } { conv2d 4 3 }", "par1.2.conv1"),
      ("parallel { conv 4 3 } { conv 4 3 stride=2 }", "par1"),
      ("residual { relu } { conv2d 4 3 }", "res1.shortcut.conv1"),
      ("seq { residual { conv 4 3 pad=0 } }", "seq1.res1"),
    ])
  func paths(text: String, path: String) throws {
    #expect(try shapeError("1x64", text)?.path == path)
  }

  @Test("the block at fault is named by its identity as well")
  func blockAtFault() throws {
    let child = try block("conv2d 4 3")
    let root = Block(name: "", form: .sequential([try block("relu"), child]))
    let error = #expect(throws: ShapeError.self) { try Network(input: Self.line, root: root) }
    #expect(error?.block == child.id)
    #expect(error?.offers == [])
  }
}
