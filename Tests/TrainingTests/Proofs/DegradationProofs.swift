import Engine
import Networks
import Testing

@testable import Training

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What residual blocks are for, measured on the handwritten digits.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["ESPALIER_PROVE"] == "1",
    "takes some tens of seconds; ESPALIER_PROVE=1 runs it"))
struct DegradationProofs {
  /// Twenty layers of weights: a convolution, nine pairs of them and a classifier, after He and others (2015).
  private func deepNetwork(isResidual: Bool) throws -> Network {
    func plainConv(_ name: String) -> Block {
      var convolution = Convolution(channels: 16, kernel: Extents(3))
      convolution.hasBias = false
      return leaf(name, .convolution(convolution))
    }
    var blocks = [plainConv("conv1"), bn("bn1"), relu("relu1")]
    for number in 1...9 {
      let pair = [
        plainConv("conv1"), bn("bn1"), relu("relu1"), plainConv("conv2"), bn("bn2"),
      ]
      let form: Block.Form =
        isResidual
        ? .residual(Residual(body: pair, kind: .identity, activation: .relu))
        : .sequential(BlockList(pair + [relu("relu2")]))
      blocks.append(Block(name: "pair\(number)", form: form))
    }
    return try network(
      [1, 8, 8], blocks + [leaf("gap1", .globalPooling(.average)), dense("dense1", 10)])
  }

  private func train(
    _ network: Network, epochs: Int, batch: Int, rate: Double, seed: UInt64, scheme: Initializer
  ) throws -> EpochSummary {
    var request = request(
      .epochs(epochs), network: network, data: Digits.dataset, batch: batch,
      optimizer: Optimizer(.sgd(momentum: 0.9, nesterov: false), learningRate: rate))
    request.recipe.seed = seed
    request.recipe.scheme = scheme
    return try #require(Trainer().run(request).epochs.last)
  }

  /// Deeper is worse without shortcuts though normalization keeps the signal alive: after twelve epochs the
  /// training loss is at least five times that of the same layers with shortcuts.
  ///
  /// Ratios of single runs scatter between 1 and 100 at a step of this size, here as in other frameworks, and
  /// change with the last bit: the geometric mean of many seeds is what is held.
  @Test func twentyLayersLearnWithShortcutsOnly() throws {
    let networks = try [false, true].map { try deepNetwork(isResidual: $0) }
    #expect(networks[0].learnableCount == networks[1].learnableCount)
    #expect(networks[0].learnableCount == 42_394)
    let ratios = try (1...10 as ClosedRange<UInt64>).map { seed in
      let losses = try networks.map {
        try train($0, epochs: 12, batch: 64, rate: 0.1, seed: seed, scheme: .he).loss
      }
      return losses[0] / losses[1]
    }
    let leastProduct = ratios.reduce(1.0) { product, _ in 5 * product }
    #expect(ratios.reduce(1.0, *) >= leastProduct, "\(ratios)")
  }

  /// With Gluon's own default initial values the gradient of eight dense layers is gone before it arrives.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func eightDenseLayersLearnWithShortcutsOnly(seed: UInt64) throws {
    func dense8(isResidual: Bool) throws -> Network {
      var blocks = [dense("dense1", 64), relu("relu1")]
      for number in 2...8 {
        let layers = [dense("dense\(number)", 64), relu("relu\(number)")]
        blocks.append(
          Block(
            name: "pair\(number)",
            form: isResidual
              ? .residual(Residual(body: layers, kind: .identity)) : .sequential(BlockList(layers)))
        )
      }
      return try network([1, 8, 8], blocks + [dense("dense9", 10)])
    }
    let plain = try train(
      try dense8(isResidual: false), epochs: 20, batch: 32, rate: 0.05, seed: seed, scheme: .gluon)
    let residual = try train(
      try dense8(isResidual: true), epochs: 20, batch: 32, rate: 0.05, seed: seed, scheme: .gluon)
    #expect(abs(plain.loss - 2.302585) <= 0.01, "\(plain.loss)")
    #expect(abs(try #require(plain.testAccuracy) - 0.1) <= 0.03)
    #expect(try #require(residual.testAccuracy) > 0.85)
  }
}
