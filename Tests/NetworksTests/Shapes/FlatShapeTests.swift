import Networks
import Testing

/// Shapes of layers without windows.
struct FlatShapeTests {
  @Test(
    "layers that flatten, pool globally or keep the shape",
    arguments: [
      ("10", "dense 5", "5"), ("1x64", "dense 5", "5"), ("3x8x8", "dense 5", "5"),
      ("1x64", "flatten", "64"), ("3x8x8", "flatten", "192"), ("10", "flatten", "10"),
      ("3x8", "gap", "3"), ("3x8x8", "gap", "3"), ("3x8x8", "gmp", "3"), ("3x8", "last", "3"),
      ("3x8x8", "bn", "3x8x8"), ("10", "bn", "10"), ("3x8", "relu", "3x8"),
      ("3x8", "softmax", "3x8"), ("3x8", "dropout 0.3", "3x8"), ("3x8", "identity", "3x8"),
      ("3x8", "subsample 5 stride=2", "5x4"), ("3x9", "subsample 5 stride=2", "5x5"),
      ("3x9", "pad 2:1", "3x12"), ("3x9x8", "pad 1x0:2 mode=replicate", "3x11x10"),
      ("3x9", "pad 8 mode=reflect", "3x25"), ("3x9", "upsample 3", "3x27"),
      ("3x4x5", "upsample 2x1 mode=linear", "3x8x5"),
      ("3x9", "maxpool 3 stride=1 pad=causal", "3x9"),
      ("3x9", "avgpool pad=causal", "3x5"),
      ("3x9", "subsample 3", "3x9"), ("3x9x8", "subsample 4 stride=3x2", "4x3x4"),
      ("3", "subsample 7", "7"), ("3x9", "", "3x9"),
      ("8x5", "pixelshuffle 2", "4x10"), ("9x4x5", "pixelshuffle 3", "1x12x15"),
      ("6x4x5", "channelshuffle 3", "6x4x5"), ("6", "channelshuffle 2", "6"),
      ("3x9", "permute", "9x3"), ("3x4x5", "permute", "4x3x5"),
      ("3x4x5", "permute 3 1 2", "5x3x4"), ("3x4x5", "permute 1 3 2", "3x5x4"),
      ("3", "permute 1 2 3", "3"), ("8x9", "slice 2:6", "4x9"), ("8", "slice -3:", "3"),
      ("8x9", "slice :-1", "7x9"), ("8x9", "slice 2: over=positions", "8x7"),
      ("8x9x7", "slice 1:-1 over=positions", "8x7x5"),
      ("8x9x7", "slice 1:x:3 over=positions", "8x8x3"), ("8x9", "slice :", "8x9"),
      ("256", "reshape 16x4x4", "16x4x4"), ("3x8", "reshape 2x_x4", "2x3x4"),
      ("3x8x8", "reshape _", "192"), ("6x4", "reshape -1x3", "8x3"),
    ])
  func flat(input: String, layer: String, output: String) throws {
    #expect(try network(input, layer).output == ScriptReader.shape(output))
  }

  @Test(
    "parameters: dense layers count every value of their input",
    arguments: [
      ("10", "dense 5", 55), ("1x64", "dense 5", 325), ("3x8x8", "dense 5 bias=no", 960),
      ("3x8x8", "gap; dense 5", 20), ("3x8x8", "flatten; dense 5", 965),
      ("3x8", "bn", 6), ("3x8", "bn scale=no", 3), ("3x8", "bn scale=no center=no", 0),
      ("3x8", "relu; dropout; gap; softmax", 0), ("3x8", "subsample 9 stride=2", 0),
      ("4x8", "conv 8 3 groups=4", 32), ("4x8", "conv 8 3 groups=4 bias=no", 24),
      ("4x8x8", "conv 8 3x5", 488), ("4x8", "deconv 6 3", 78), ("4x8", "deconv 6 3 bias=no", 72),
      ("4x8x8", "deconv 6 3x2 groups=2 stride=2", 4 * 3 * 6 + 6),
      ("8x8", "pixelshuffle 2; channelshuffle 2; permute; slice 1:; reshape _", 0),
    ])
  func counts(input: String, layer: String, count: Int) throws {
    #expect(try network(input, layer).learnableCount == count)
  }

  @Test("running statistics are counted apart from what is learned")
  func running() throws {
    let net = try network("3x8", "bn; conv 5 3; bn scale=no center=no")
    #expect(net.learnableCount == 6 + 50)
    #expect(net.runningCount == 6 + 10)
  }

  @Test(
    "multiply-adds: those of convolutions and dense layers",
    arguments: [
      ("1x64", "conv 10 3 stride=2", 10 * 32 * 3), ("4x8x8", "conv 8 3 groups=4", 8 * 64 * 9),
      ("3x8", "dense 5", 120), ("3x8", "bn; relu; maxpool", 0),
      ("1x64", "repeat 2 { conv 1 3 }", 2 * 64 * 3),
      ("4x8x8", "deconv 6 3 stride=2 groups=2", 64 * 4 * 3 * 9),
      ("4x8", "deconv 6 3 pad=0 outpad=1 stride=2; permute; slice 0:4", 8 * 4 * 6 * 3),
      ("1x64", "residual { conv 10 3 stride=2 }", 10 * 32 * 3 + 10 * 32),
    ])
  func multiplyAdds(input: String, layers: String, count: Int) throws {
    #expect(try network(input, layers).multiplyAdds == count)
  }
}
