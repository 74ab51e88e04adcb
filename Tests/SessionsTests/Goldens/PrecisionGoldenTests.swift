import Engine
import Networks
import Testing

/// Loss, outputs and gradients of networks whose products have operands in bfloat16, as PyTorch has them.
@Suite(.enabled(if: Precision.support.isThere)) struct PrecisionGoldenTests {
  private static let names = ["bottleneck", "dense", "residual", "series"]

  private func run(_ golden: GoldenCase, _ precision: Precision) throws -> GoldenRun {
    try GoldenRun(golden, convolutions: .library, precision: precision)
  }

  /// A value that lies between two numbers of bfloat16 may be rounded to the other one, since PyTorch's run is one
  /// in 64 bits; that shows in a few values, by far less than rounding all of them does.
  @Test("values and gradients are PyTorch's", arguments: names)
  func agrees(name: String) throws {
    let golden = try GoldenCase(name, in: "Precision")
    let rounded = try run(golden, .bfloat16).tensors
    let exact = try run(golden, .float32).tensors
    for (key, stray) in [("output", "output"), ("losses", "losses")] {
      let comparison = Comparison(try #require(rounded[key]), try golden.tensor(key))
      #expect(comparison.shapesAgree)
      let share = try #require(golden.strays[stray])
      #expect(comparison.difference < 0.1 * share, "\(comparison) in \(key)")
    }
    var (worst, plain) = (0.0, 0.0)
    for path in golden.paths(of: "gradient") {
      let key = "gradient/\(path)"
      let expected = try golden.tensor(key)
      let comparison = Comparison(try #require(rounded[key]), expected)
      #expect(comparison.shapesAgree, "\(key)")
      worst = max(worst, comparison.difference)
      plain = max(plain, Comparison(try #require(exact[key]), expected).difference)
    }
    #expect(worst < 0.1 * plain, "\(worst) of \(plain)")
  }
}
