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
      ("4x8x8", "conv 8 3x5", 488),
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
      ("1x64", "residual { conv 10 3 stride=2 }", 10 * 32 * 3 + 10 * 32),
    ])
  func multiplyAdds(input: String, layers: String, count: Int) throws {
    #expect(try network(input, layers).multiplyAdds == count)
  }
}
