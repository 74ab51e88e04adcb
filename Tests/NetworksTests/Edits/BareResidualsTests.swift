import Networks
import Testing

/// Residual blocks whose sums grow from block to block, and the pattern that fits them.
struct BareResidualsTests {
  @Test(
    "the pattern of bodies without normalization or a factor",
    arguments: [
      ("residual { conv 4 3; relu }", "res1"),
      ("residual { conv 4 3 }; relu; residual { conv 4 3 }", "res*"),
      ("conv 4 3; repeat 3 { residual { conv 4 3 } }", "rep1.*.res1"),
      ("repeat 2 { residual { conv 4 3 }; residual { conv 4 3 } }", "rep1.*.res*"),
      ("residual { conv 4 3; residual { conv 4 1 } }", "res1"),
    ])
  func patterns(layers: String, pattern: String) throws {
    #expect(try network("4x8", layers).bareResiduals == pattern)
  }

  @Test(
    "none where bodies are normalized or silent, or where others would fit too",
    arguments: [
      "conv 4 3", "residual { conv 4 3; bn }", "residual { bn; conv 4 3 }",
      "residual { conv 4 3; scale 0 }", "residual scale=0.1 { conv 4 3 }",
      "residual { seq { conv 4 3; bn; relu } }", "residual { }",
      "residual { conv 4 3 }; residual { conv 4 3; bn }; residual { conv 4 3 }",
    ])
  func none(layers: String) throws {
    #expect(try network("4x8", layers).bareResiduals == nil)
  }
}
