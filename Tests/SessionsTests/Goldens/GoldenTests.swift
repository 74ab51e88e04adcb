import Engine
import Networks
import Sessions
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Networks trained by PyTorch: the same losses, gradients, weights and outputs here.
@Suite struct GoldenTests {
  @Test func casesAreThere() { #expect(GoldenCase.names.count >= 110) }

  /// Every tensor against PyTorch's run in 64 bits.
  @Test(arguments: GoldenCase.names, Convolutions.allCases)
  func agreesWithPyTorch(name: String, convolutions: Convolutions) throws {
    let golden = try GoldenCase(name)
    let run = try GoldenRun(golden, convolutions: convolutions)
    for kind in ["gradient", "final"] {
      #expect(run.paths(of: kind) == golden.paths(of: kind))
    }
    for (key, found) in run.tensors {
      let comparison = Comparison(found, try golden.tensor(key))
      #expect(comparison.shapesAgree, "\(key)")
      if key == "losses" {
        #expect(comparison.greatestRatio <= 1e-4, "\(comparison) in \(key)")
      } else if comparison.isVanishing || Self.cancelling.contains("\(name)/\(key)") {
        let stray = try #require(golden.strays["gradient"])
        #expect(key.hasPrefix("gradient/"))
        #expect(comparison.difference <= 4 * stray, "\(comparison) in \(key)")
      } else {
        #expect(comparison.relativeDifference <= 1e-4, "\(comparison) in \(key)")
      }
    }
  }

  /// Gradients that are small differences of large sums.
  ///
  /// Batch normalization undoes any factor of its input, and a convolution with one weight per output is such
  /// a factor. Like those that vanish, they are held to the rounding of PyTorch's own run in 32 bits.
  private static let cancelling: Set = ["wang_narrow/gradient/par1.2.conv1.weight"]

  /// The only gradients that vanish are those of biases, whose shifts a normalization of each channel undoes.
  @Test(arguments: GoldenCase.names)
  func onlyBiasesBeforeNormalizationsVanish(name: String) throws {
    let golden = try GoldenCase(name)
    let normalized = golden.blocksBeforeNormalizations
    for path in golden.paths(of: "gradient") {
      let values = try golden.tensor("gradient/" + path)
      let block = path.split(separator: ".").dropLast().joined(separator: ".")
      let vanishes = path.hasSuffix(".bias") && normalized.contains(block)
      #expect(Comparison(values, values).isVanishing == vanishes, "\(path)")
    }
  }

  @Test(arguments: GoldenCase.names)
  func sameBitsAgainAndWithMoreThreads(name: String) throws {
    let golden = try GoldenCase(name)
    let first = try GoldenRun(golden)
    #expect(try GoldenRun(golden).tensors == first.tensors)
    // So little work is never shared out, so that no thread waits for another.
    #expect(try GoldenRun(golden, threads: 2).tensors == first.tensors)
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["ESPALIER_NO_ONEDNN"] == nil, "oneDNN is switched off"
    ), .enabled(if: InstructionSet.current != .baseline, "oneDNN has no convolution worth using")
  )
  func bothKindsOfConvolutionAreMeant() throws {
    let golden = try GoldenCase("plain")
    let kernels = try Convolutions.allCases.map { convolutions in
      let model = try golden.model(convolutions: convolutions)
      return try model.report(batch: golden.batchSize, runs: 1).lines.map(\.kernel)
        .filter { $0.contains("convolution") }
    }
    #expect(kernels[0].allSatisfy { !$0.hasPrefix("convolution direct") })
    #expect(kernels[1].allSatisfy { $0.hasPrefix("convolution direct") })
    #expect(kernels.allSatisfy { !$0.isEmpty })
  }
}
